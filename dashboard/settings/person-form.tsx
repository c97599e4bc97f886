/** One person: name, organisation, roles; the link that lets them in; and shutting them out. */

import { Button, Checkbox, TextInput } from '@mantine/core';
import type { Grant, Person, Role } from '@tieng-loa/protocol/people.ts';
import { type FormEvent, useState } from 'react';
import { useHub, useSend } from '../api/hub.ts';
import { newId } from '../api/ids.ts';
import { useMe, useStation } from '../session/me.tsx';
import { Copy } from '../ui/copy.tsx';
import { useDraft } from '../ui/draft.ts';
import { useFaults } from '../ui/faults.ts';
import { ProblemNote } from '../ui/page.tsx';
import { useUndo } from '../ui/undo.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './settings.module.css';

const ROLES = ['editor', 'approver', 'contributor', 'technician', 'auditor', 'keeper', 'administrator'] as const satisfies readonly Role[];

const draftOf = (person: Person | null, station: string) => ({
  id: person?.id ?? newId(),
  name: person?.name ?? '',
  organisation: person?.organisation ?? '',
  roles: person?.grants.filter(({ station: at }) => at === station).map(({ role }) => role) ?? ([] as Role[]),
});

export function PersonForm({ person, close }: { person: Person | null; close(): void }) {
  const words = useWords();
  const station = useStation();
  const me = useMe();
  const [first] = useState(() => draftOf(person, station.id));
  const [draft, setDraft, forget] = useDraft(`person.1.${person?.id ?? 'new'}`, first);
  const put = useSend('PUT /api/stations/:station/people/:person');
  const link = useSend('POST /api/stations/:station/people/:person/link');
  const [made, setMade] = useState<{ link: string; expiresAt: number } | null>(null);
  const params = { station: station.id, person: draft.id };
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const elsewhere = person?.grants.filter(({ station: at }) => at !== station.id) ?? [];
  const mayEnter = draft.roles.length > 0 || elsewhere.length > 0;
  const leave = () => {
    forget();
    close();
  };
  const body = (disabled: boolean) => ({
    name: draft.name.trim(),
    organisation: draft.organisation.trim(),
    grants: [...elsewhere, ...draft.roles.map((role): Grant => ({ station: station.id, role }))],
    disabled,
  });
  const makeLink = async () => {
    const answer = await link.send({ params });
    if (answer) setMade(answer);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!mayEnter || !(await put.send({ params, body: body(person?.disabled ?? false) }))) return;
    if (person) leave();
    else await makeLink();
  };

  const { name, organisation } = words.settings.people;
  const faults = useFaults(put.problem ?? link.problem, { name, organisation });

  if (made) return <Made name={draft.name} {...made} close={leave} />;
  return (
    <form ref={faults.form} className={css.form} onSubmit={save}>
      <TextInput
        label={name}
        {...faults.at('name')}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        maxLength={120}
        required
        withAsterisk={false}
      />
      <TextInput
        {...faults.at('organisation')}
        label={`${organisation} ${words.shell.optional}`}
        description={words.settings.people.organisationExample}
        value={draft.organisation}
        onChange={(event) => change({ organisation: event.currentTarget.value })}
        maxLength={120}
      />
      <Roles roles={draft.roles} onChange={(roles) => change({ roles })} needed={!mayEnter && draft.name !== ''} />
      <ProblemNote problem={faults.rest} />
      <div className={css.buttons}>
        <Button type="submit" loading={put.sending || link.sending}>
          {person ? words.shell.save : words.settings.people.send}
        </Button>
        <Button variant="default" onClick={leave}>
          {words.shell.cancel}
        </Button>
        {person && !person.disabled && (
          <Button variant="default" onClick={makeLink} loading={link.sending}>
            {words.settings.people.makeLink}
          </Button>
        )}
        {person && person.id !== me.person.id && <Door person={person} body={body} close={leave} />}
      </div>
    </form>
  );
}

/** The link, to be sent by the person's own means. */
function Made({ name, link, expiresAt, close }: { name: string; link: string; expiresAt: number; close(): void }) {
  const words = useWords();
  const { formatMoment } = useFormat();
  const { clock } = useHub();
  return (
    <div className={css.form}>
      <p>{words.settings.people.linkText(name, formatMoment(expiresAt, clock.now()))}</p>
      <Copy label={words.settings.people.link} text={link} />
      <div className={css.buttons}>
        <Button variant="default" onClick={close}>
          {words.shell.close}
        </Button>
      </div>
    </div>
  );
}

function Roles({ roles, onChange, needed }: { roles: readonly Role[]; onChange(roles: Role[]): void; needed: boolean }) {
  const words = useWords().settings.people;
  return (
    <Checkbox.Group
      label={words.roles}
      value={[...roles]}
      onChange={(value) => onChange(value as Role[])}
      error={needed && words.needsRole}
    >
      {ROLES.map((role) => (
        <Checkbox key={role} value={role} label={`${words.roleNames[role]}: ${words.roleHelp[role]}`} />
      ))}
    </Checkbox.Group>
  );
}

interface DoorProps {
  person: Person;
  body(disabled: boolean): { name: string; organisation: string; grants: Grant[]; disabled: boolean };
  close(): void;
}

/** Shutting somebody out happens at once, and can be taken back. */
function Door({ person, body, close }: DoorProps) {
  const words = useWords().settings.people;
  const station = useStation();
  const { offer } = useUndo();
  const { send } = useSend('PUT /api/stations/:station/people/:person');
  const put = (disabled: boolean) => send({ params: { station: station.id, person: person.id }, body: body(disabled) });
  const turn = async () => {
    if (!(await put(!person.disabled))) return;
    close();
    if (!person.disabled) offer({ text: words.disabling(person.name), undo: () => void put(false) });
  };
  return (
    <Button color={person.disabled ? 'blue' : 'red'} variant="outline" onClick={turn}>
      {person.disabled ? words.enable : words.disable}
    </Button>
  );
}
