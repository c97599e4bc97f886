/** One recording: its state, who made it, how loud it was and is, and the sound itself. */

import { Button } from '@mantine/core';
import type { ProblemCode } from '@tieng-loa/protocol/problems.ts';
import type { Recording } from '@tieng-loa/protocol/views.ts';
import { useNow } from '../api/hub.ts';
import { useGoing, useRemoval } from '../bulletins/removal.ts';
import { useStation } from '../session/me.tsx';
import { ProblemNote } from '../ui/page.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { Tags } from '../ui/tags.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './recordings.module.css';
import { Sound } from './sound.tsx';

export function RecordingItem({ recording }: { recording: Recording }) {
  const words = useWords().recordings;
  const { formatMoment } = useFormat();
  const now = useNow(60_000);
  const station = useStation();
  const removal = useRemoval('DELETE /api/recordings/:recording');
  const going = useGoing();
  if (going(recording.id)) return null;
  const remove = () => removal({ id: recording.id, options: { params: { recording: recording.id } }, says: words.removed(recording.name) });
  return (
    <li className={css.item}>
      <div className={css.line}>
        <h2 className={css.name}>{recording.name}</h2>
        <Tags languages={[recording.language]} />
      </div>
      <RecordingBody recording={recording} />
      <div className={css.line}>
        <div className={css.facts}>
          <span>{words.by(recording.by.name, formatMoment(recording.createdAt, now))}</span>
          {recording.loudness && <span>{words.levelled}</span>}
          <Loudness recording={recording} />
        </div>
        {station.may('record') && (
          <Button variant="subtle" color="red" onClick={remove}>
            {words.remove}
          </Button>
        )}
      </div>
    </li>
  );
}

/** What can be done with it now: wait, hear it, or read why it was refused. */
export function RecordingBody({ recording, onHeard, open = false }: { recording: Recording; onHeard?: () => void; open?: boolean }) {
  const words = useWords().recordings;
  if (recording.state === 'rendering') return <StateMark state="rendering">{words.rendering}</StateMark>;
  if (recording.state === 'ready') return <Sound recording={recording} open={open} {...(onHeard ? { onHeard } : {})} />;
  return (
    <>
      <StateMark state="refused">{words.refused}</StateMark>
      {recording.problem && (
        <ProblemNote problem={{ code: recording.problem.code as ProblemCode, facts: recording.problem.facts as Record<string, string> }} />
      )}
    </>
  );
}

/** That it was levelled, and behind a press how loud it was and is, in the unit that sound people know. */
function Loudness({ recording: { loudness } }: { recording: Recording }) {
  const words = useWords().recordings;
  const { formatNumber } = useFormat();
  if (!loudness) return null;
  const lufs = (value: number) => formatNumber(value, 1).replace('-', '−');
  const after = lufs(loudness.afterLufs);
  return (
    <details className={css.details}>
      <summary>{words.soundDetails}</summary>
      <p>
        {loudness.beforeLufs === null ? words.loudnessAfter(after) : words.loudness(lufs(loudness.beforeLufs), after)} ·{' '}
        {words.peak(lufs(loudness.truePeakDbtp))}
      </p>
      <p>{words.loudnessHelp}</p>
    </details>
  );
}
