/** The places of the station: what each hears in which order, and when it must be quiet. */

import { Button } from '@mantine/core';
import type { Zone } from '@tieng-loa/protocol/views.ts';
import { useRef, useState } from 'react';
import { useAnswer } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { Icon } from '../ui/icons.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNote, Section } from '../ui/page.tsx';
import { Tags } from '../ui/tags.tsx';
import { useWords } from '../words/index.tsx';
import css from './settings.module.css';
import { ZoneForm } from './zone-form.tsx';

export function Zones() {
  const words = useWords().settings.zones;
  const station = useStation();
  const { data: zones, error } = useAnswer('GET /api/stations/:station/zones', { params: { station: station.id } });
  const [open, setOpen] = useState<string | null>(null);
  const section = useRef<HTMLElement>(null);
  const shut = () => {
    setOpen(null);
    section.current?.scrollIntoView({ block: 'nearest' });
  };
  if (!zones) return <Section title={words.title}>{error ? <ProblemNote problem={error} /> : <Loading />}</Section>;
  return (
    <Section
      ref={section}
      title={words.title}
      action={
        open !== 'new' && (
          <Button variant={zones.length === 0 ? 'filled' : 'default'} leftSection={<Icon name="add" />} onClick={() => setOpen('new')}>
            {words.add}
          </Button>
        )
      }
    >
      <p className={css.hint}>{zones.length === 0 ? words.none : words.lead}</p>
      {open === 'new' && <ZoneForm zone={null} close={shut} />}
      <ul className={css.rows}>
        {zones.map((zone) => (
          <li key={zone.id}>
            {open === zone.id ? <ZoneForm zone={zone} close={shut} /> : <ZoneRow zone={zone} edit={() => setOpen(zone.id)} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ZoneRow({ zone, edit }: { zone: Zone; edit(): void }) {
  const words = useWords().settings.zones;
  const { quietHours } = zone;
  return (
    <div className={css.row}>
      <div>
        <strong>{zone.name}</strong> <Tags languages={zone.languages} />
        <div className={css.dim}>
          {words.kinds[zone.kind]} · {words.players(zone.players)} ·{' '}
          {quietHours ? words.quietLine(quietHours.from, quietHours.to) : words.noQuiet}
        </div>
      </div>
      <Button variant="default" onClick={edit} aria-label={`${words.edit} ${zone.name}`}>
        {words.edit}
      </Button>
    </div>
  );
}
