/** The people of the station: who does what, who was invited, who may not enter any more. */

import { Button } from '@mantine/core';
import type { Person, Role } from '@tieng-loa/protocol/people.ts';
import { useRef, useState } from 'react';
import { useAnswer, useNow } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { Icon } from '../ui/icons.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNote, Section } from '../ui/page.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { PersonForm } from './person-form.tsx';
import css from './settings.module.css';

export function People() {
  const words = useWords().settings.people;
  const station = useStation();
  const { data: people, error } = useAnswer('GET /api/stations/:station/people', { params: { station: station.id } });
  const [open, setOpen] = useState<string | null>(null);
  const section = useRef<HTMLElement>(null);
  const shut = () => {
    setOpen(null);
    section.current?.scrollIntoView({ block: 'nearest' });
  };
  if (!people) return <Section title={words.title}>{error ? <ProblemNote problem={error} /> : <Loading />}</Section>;
  return (
    <Section
      ref={section}
      title={words.title}
      action={
        open !== 'new' && (
          <Button variant="default" leftSection={<Icon name="add" />} onClick={() => setOpen('new')}>
            {words.invite}
          </Button>
        )
      }
    >
      {open === 'new' && <PersonForm person={null} close={shut} />}
      <ul className={css.rows}>
        {people.map((person) => (
          <li key={person.id}>
            {open === person.id ? (
              <PersonForm person={person} close={shut} />
            ) : (
              <PersonRow person={person} edit={() => setOpen(person.id)} />
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function PersonRow({ person, edit }: { person: Person; edit(): void }) {
  const words = useWords().settings.people;
  const { formatMoment } = useFormat();
  const station = useStation();
  const now = useNow();
  const here = person.grants.filter(({ station: at }) => at === station.id || at === null);
  const roles = here.map(({ role, station: at }: { role: Role; station: string | null }) =>
    at === null ? words.everywhere(words.roleNames[role]) : words.roleNames[role],
  );
  const seen = person.disabled
    ? words.disabled
    : person.lastSeenAt === null
      ? words.waiting
      : words.lastSeen(formatMoment(person.lastSeenAt, now));
  return (
    <div className={css.row}>
      <div>
        <strong>{person.name}</strong> {person.organisation !== '' && <span className={css.dim}>{person.organisation}</span>}
        <div>{roles.length > 0 ? roles.join(', ') : words.noRole}</div>
        <div className={css.dim}>{seen}</div>
      </div>
      <Button variant="default" onClick={edit} aria-label={`${words.edit} ${person.name}`}>
        {words.edit}
      </Button>
    </div>
  );
}
