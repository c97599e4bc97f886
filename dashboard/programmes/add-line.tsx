/** What can be added to a running order: bulletins, songs, tunes, a pause. */

import { Button, NativeSelect } from '@mantine/core';
import type { Chime } from '@tieng-loa/protocol/plan.ts';
import type { Bulletin, ProgrammeItem } from '@tieng-loa/protocol/views.ts';
import { newId } from '../api/ids.ts';
import { useFormat, useWords } from '../words/index.tsx';
import { useBulletinsById } from './bulletins-by-id.ts';
import { type Line, withLine } from './order.ts';
import css from './programmes.module.css';

/** A breath between two items. */
const PAUSE_MS = 2000;
const TUNES: readonly Chime[] = ['signature', 'attention', 'closing'];

export function AddLine({ lines, onChange }: { lines: readonly Line[]; onChange(lines: Line[]): void }) {
  const words = useWords().programmes;
  const add = (item: ProgrammeItem) => onChange(withLine(lines, { key: newId(), item }));
  const all = [...useBulletinsById().values()].filter(({ state }) => state !== 'withdrawn');
  const songs = all.filter(({ subject }) => subject === 'song');
  const spoken = all.filter(({ subject }) => subject !== 'song');
  const pick = (bulletin: string) => add({ kind: 'bulletin', bulletin });
  return (
    <div className={css.adding}>
      <Pick label={words.addBulletin} choose={words.chooseBulletin} none={words.noBulletins} choices={spoken} onPick={pick} />
      <Pick label={words.addSong} choose={words.chooseSong} none={words.noSongs} choices={songs} onPick={pick} />
      <div className={css.tunes}>
        {TUNES.map((chime) => (
          <Button key={chime} variant="default" onClick={() => add({ kind: 'chime', chime })}>
            + {words.chimes[chime]}
          </Button>
        ))}
        <Button variant="default" onClick={() => add({ kind: 'pause', durationMs: PAUSE_MS })}>
          + {words.addPause}
        </Button>
      </div>
    </div>
  );
}

interface PickProps {
  label: string;
  choose: string;
  none: string;
  choices: readonly Bulletin[];
  onPick(id: string): void;
}

function Pick({ label, choose, none, choices, onPick }: PickProps) {
  const words = useWords().shell.states;
  const { formatDuration } = useFormat();
  const data = choices.map(({ id, title, durationMs, state }) => ({
    value: id,
    label: [title, formatDuration(durationMs), words[state].toLowerCase()].join(' · '),
  }));
  return (
    <NativeSelect
      label={label}
      description={choices.length === 0 ? none : undefined}
      disabled={choices.length === 0}
      data={[{ value: '', label: choose }, ...data]}
      value=""
      onChange={(event) => event.currentTarget.value && onPick(event.currentTarget.value)}
    />
  );
}
