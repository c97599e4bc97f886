/** One place: name, kind, languages in order, quiet hours. */

import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import type { Zone } from '@tieng-loa/protocol/views.ts';
import { type FormEvent, useState } from 'react';
import { useSend } from '../api/hub.ts';
import { newId } from '../api/ids.ts';
import { useStation } from '../session/me.tsx';
import { useDraft } from '../ui/draft.ts';
import { useFaults } from '../ui/faults.ts';
import { ProblemNote } from '../ui/page.tsx';
import { TimeField } from '../ui/time-field.tsx';
import { useUndo } from '../ui/undo.tsx';
import { timeOfDay } from '../words/format.ts';
import { useWords } from '../words/index.tsx';
import { LanguageOrder } from './language-order.tsx';
import css from './settings.module.css';

const KINDS = ['village', 'market', 'school', 'post', 'other'] as const satisfies readonly Zone['kind'][];
/** The customary night of a commune: QCVN 26:2010/BTNMT counts from 21:00, the morning programme begins at 05:30. */
const NIGHT = { from: '21:00', to: '05:30' };

const draftOf = (zone: Zone | null) => ({
  id: zone?.id ?? newId(),
  name: zone?.name ?? '',
  kind: zone?.kind ?? ('village' as Zone['kind']),
  languages: [...(zone?.languages ?? ['hmn', 'vi'])],
  quiet: zone ? zone.quietHours !== null : true,
  hours: zone?.quietHours ?? NIGHT,
});

export function ZoneForm({ zone, close }: { zone: Zone | null; close(): void }) {
  const words = useWords();
  const station = useStation();
  const [first] = useState(() => draftOf(zone));
  const [draft, setDraft, forget] = useDraft(`zone.1.${zone?.id ?? 'new'}`, first);
  const { send, sending, problem } = useSend('PUT /api/stations/:station/zones/:zone');
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const leave = () => {
    forget();
    close();
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const { name, kind, languages, quiet } = draft;
    const hours = hoursOf(draft.hours);
    if (languages.length === 0 || (quiet && hours === null)) return;
    const body = { name: name.trim(), kind, languages, quietHours: quiet ? hours : null };
    if (await send({ params: { station: station.id, zone: draft.id }, body })) leave();
  };
  const faults = useFaults(problem, { name: words.settings.zones.name });
  return (
    <form ref={faults.form} className={css.form} onSubmit={save}>
      <TextInput
        label={words.settings.zones.name}
        {...faults.at('name')}
        description={words.settings.zones.nameExample}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        maxLength={120}
        required
        withAsterisk={false}
      />
      <NativeSelect
        label={words.settings.zones.kind}
        value={draft.kind}
        onChange={(event) => change({ kind: event.currentTarget.value as Zone['kind'] })}
        data={KINDS.map((value) => ({ value, label: words.settings.zones.kinds[value] }))}
      />
      <LanguageOrder languages={draft.languages} onChange={(languages) => change({ languages })} />
      <Quiet quiet={draft.quiet} hours={draft.hours} onChange={change} />
      <ProblemNote problem={faults.rest} />
      <div className={css.buttons}>
        <Button type="submit" loading={sending}>
          {words.shell.save}
        </Button>
        <Button variant="default" onClick={leave}>
          {words.shell.cancel}
        </Button>
        {zone && <Remove zone={zone} close={leave} />}
      </div>
    </form>
  );
}

/** @returns the two times as the contract writes them; null where one is no time, or both are one (that would be no quiet at all). */
function hoursOf({ from, to }: { from: string; to: string }): { from: string; to: string } | null {
  const [begins, ends] = [timeOfDay(from), timeOfDay(to)];
  return begins === null || ends === null || begins === ends ? null : { from: begins, to: ends };
}

interface QuietProps {
  quiet: boolean;
  hours: { from: string; to: string };
  onChange(part: { quiet?: boolean; hours?: { from: string; to: string } }): void;
}

function Quiet({ quiet, hours, onChange }: QuietProps) {
  const words = useWords().settings.zones;
  const same = timeOfDay(hours.from) !== null && timeOfDay(hours.from) === timeOfDay(hours.to);
  return (
    <fieldset className={css.fieldset}>
      <legend>{words.quiet}</legend>
      <Checkbox label={words.quietOn} checked={quiet} onChange={(event) => onChange({ quiet: event.currentTarget.checked })} />
      {quiet ? (
        <div className={css.hours}>
          {(['from', 'to'] as const).map((end) => (
            <TimeField
              key={end}
              label={words[end]}
              value={hours[end]}
              onChange={(value) => onChange({ hours: { ...hours, [end]: value } })}
              error={end === 'to' && same && words.sameHours}
            />
          ))}
        </div>
      ) : (
        <p className={css.warning}>{words.noQuietWarning}</p>
      )}
    </fieldset>
  );
}

function Remove({ zone, close }: { zone: Zone; close(): void }) {
  const words = useWords().settings.zones;
  const { offer } = useUndo();
  const { send } = useSend('DELETE /api/zones/:zone');
  if (zone.players > 0) return <p className={css.dim}>{words.keep}</p>;
  const remove = () => {
    close();
    offer({ text: words.removing(zone.name), later: () => void send({ params: { zone: zone.id } }) });
  };
  return (
    <Button color="red" variant="outline" onClick={remove}>
      {words.remove}
    </Button>
  );
}
