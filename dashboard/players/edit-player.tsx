/** A player's name, kind, places and amplifier. */

import { Button, Checkbox, TextInput } from '@mantine/core';
import type { Player, Zone } from '@tieng-loa/protocol/views.ts';
import { type FormEvent, useState } from 'react';
import { useDraft } from '../ui/draft.ts';
import { useFaults } from '../ui/faults.ts';
import { ProblemNote } from '../ui/page.tsx';
import { useWords } from '../words/index.tsx';
import { Kinds } from './add-player.tsx';
import { usePlayerEdit } from './edit.ts';
import css from './players.module.css';

export function EditPlayer({ player, zones }: { player: Player; zones: readonly Zone[] }) {
  const words = useWords();
  const { name, kind, zones: at, amplifierLeadMs } = player;
  const [draft, setDraft, forget] = useDraft(`player.1.${player.id}`, {
    name,
    kind,
    zones: at as string[],
    leadSeconds: String(amplifierLeadMs / 1000),
  });
  const [saved, setSaved] = useState(false);
  const { edit, sending, problem } = usePlayerEdit(player);
  const faults = useFaults(problem, { name: words.players.form.name, amplifierLeadMs: words.players.detail.lead });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (draft.zones.length === 0) return;
    const lead = Math.round(Number(draft.leadSeconds.replace(',', '.')) * 1000);
    const done = await edit({
      name: draft.name.trim(),
      kind: draft.kind,
      zones: draft.zones,
      amplifierLeadMs: Number.isFinite(lead) ? lead : amplifierLeadMs,
    });
    if (!done) return;
    forget();
    setSaved(true);
  };
  const change = (part: Partial<typeof draft>) => {
    setSaved(false);
    setDraft((before) => ({ ...before, ...part }));
  };
  return (
    <form ref={faults.form} className={css.form} onSubmit={save}>
      <TextInput
        label={words.players.form.name}
        {...faults.at('name')}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        maxLength={120}
        required
        withAsterisk={false}
      />
      <Checkbox.Group
        label={words.players.form.zones}
        value={draft.zones}
        onChange={(value) => change({ zones: value })}
        error={draft.zones.length === 0 && words.players.form.needsZone}
      >
        {zones.map((zone) => (
          <Checkbox key={zone.id} value={zone.id} label={zone.name} />
        ))}
      </Checkbox.Group>
      <Kinds value={draft.kind} onChange={(value) => change({ kind: value })} />
      <TextInput
        label={words.players.detail.lead}
        {...faults.at('amplifierLeadMs')}
        description={words.players.detail.leadHelp}
        inputMode="decimal"
        pattern="[0-9]{1,2}([.,][0-9])?"
        value={draft.leadSeconds}
        onChange={(event) => change({ leadSeconds: event.currentTarget.value })}
      />
      <ProblemNote problem={faults.rest} />
      <div className={css.buttons}>
        <Button type="submit" loading={sending}>
          {saved ? words.shell.saved : words.shell.save}
        </Button>
      </div>
    </form>
  );
}
