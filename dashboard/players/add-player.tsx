/** A new player: its name, kind and place, then the code that it enrols with. */

import { Button, Checkbox, Radio, TextInput } from '@mantine/core';
import type { Player, Zone } from '@tieng-loa/protocol/views.ts';
import { type FormEvent, useRef, useState } from 'react';
import { useSend } from '../api/hub.ts';
import { newId } from '../api/ids.ts';
import { useStation } from '../session/me.tsx';
import { useDraft } from '../ui/draft.ts';
import { useFaults } from '../ui/faults.ts';
import { ProblemNote } from '../ui/page.tsx';
import { useWords } from '../words/index.tsx';
import { Enrolment } from './enrolment.tsx';
import css from './players.module.css';

/** What a cluster of horns begins with; all of it can be changed on the player's own page. */
const FIRST = { volume: 70, loudestVolume: 85, amplifierLeadMs: 2000 };

interface AddPlayerProps {
  zones: readonly Zone[];
  players: readonly Player[];
  close(): void;
}

export function AddPlayer({ zones, players, close }: AddPlayerProps) {
  const words = useWords();
  const station = useStation();
  const id = useRef(newId());
  const [draft, setDraft, forget] = useDraft('player.1', {
    name: '',
    kind: 'cluster' as Player['kind'],
    zones: zones.length === 1 ? [zones[0]!.id] : ([] as string[]),
  });
  const [incomplete, setIncomplete] = useState(false);
  const [made, setMade] = useState(false);
  const { send, sending, problem } = useSend('PUT /api/stations/:station/players/:player');
  const faults = useFaults(problem, { name: words.players.form.name });
  const chosen = draft.zones.filter((zone) => zones.some(({ id: known }) => known === zone));

  if (made) {
    return (
      <div className={css.form}>
        <Enrolment player={id.current} state={players.find((player) => player.id === id.current)?.state ?? 'slot'} atOnce />
        <div className={css.buttons}>
          <Button variant="default" onClick={close}>
            {words.shell.close}
          </Button>
        </div>
      </div>
    );
  }
  const add = async (event: FormEvent) => {
    event.preventDefault();
    setIncomplete(chosen.length === 0);
    if (chosen.length === 0) return;
    const body = { ...FIRST, name: draft.name.trim(), kind: draft.kind, zones: chosen };
    const player = await send({ params: { station: station.id, player: id.current }, body });
    if (!player) return;
    forget();
    setMade(true);
  };
  return (
    <form ref={faults.form} className={css.form} onSubmit={add}>
      <h2>{words.players.form.title}</h2>
      <TextInput
        label={words.players.form.name}
        {...faults.at('name')}
        description={words.players.form.nameExample}
        value={draft.name}
        onChange={({ currentTarget: { value } }) => setDraft((before) => ({ ...before, name: value }))}
        maxLength={120}
        required
        withAsterisk={false}
        data-autofocus
      />
      <Checkbox.Group
        label={words.players.form.zones}
        value={chosen}
        onChange={(value) => setDraft((before) => ({ ...before, zones: value }))}
        error={incomplete && chosen.length === 0 && words.players.form.needsZone}
      >
        {zones.map((zone) => (
          <Checkbox key={zone.id} value={zone.id} label={zone.name} />
        ))}
      </Checkbox.Group>
      <Kinds value={draft.kind} onChange={(kind) => setDraft((before) => ({ ...before, kind }))} />
      <ProblemNote problem={faults.rest} />
      <div className={css.buttons}>
        <Button type="submit" loading={sending}>
          {words.players.form.action}
        </Button>
        <Button variant="default" onClick={close}>
          {words.shell.cancel}
        </Button>
      </div>
    </form>
  );
}

const KINDS = ['cluster', 'cart', 'bridge'] as const satisfies readonly Player['kind'][];

export function Kinds({ value, onChange }: { value: Player['kind']; onChange(kind: Player['kind']): void }) {
  const words = useWords().players;
  return (
    <Radio.Group
      label={words.form.kind}
      description={words.kindHelp[value]}
      value={value}
      onChange={(kind) => onChange(kind as Player['kind'])}
    >
      {KINDS.map((kind) => (
        <Radio key={kind} value={kind} label={words.kinds[kind]} />
      ))}
    </Radio.Group>
  );
}
