/** One rule of the schedule as a sentence, and the press that cancels it, to be taken back for ten seconds. */

import { Button } from '@mantine/core';
import type { Broadcast } from '@tieng-loa/protocol/views.ts';
import { useGoing, useRemoval } from '../bulletins/removal.ts';
import { useStation } from '../session/me.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './schedule.module.css';
import { useSentence } from './sentence.ts';

export function RuleRow({ broadcast }: { broadcast: Broadcast }) {
  const words = useWords();
  const { formatMoment } = useFormat();
  const station = useStation();
  const sentence = useSentence();
  const cancelling = useRemoval('DELETE /api/broadcasts/:broadcast');
  const going = useGoing();
  if (going(broadcast.id)) return null;
  const cancel = () =>
    cancelling({ id: broadcast.id, options: { params: { broadcast: broadcast.id } }, says: words.schedule.cancelled(broadcast.title) });
  const next = broadcast.next.slice(0, 3).map((at) => formatMoment(at, 0));
  return (
    <li className={css.rule}>
      <div className={css.what}>
        <p className={css.sentence}>{sentence(broadcast.title, broadcast.when, broadcast.zones, broadcast.class)}</p>
        {next.length > 0 && <p className={css.dim}>{words.schedule.sayNext(next)}</p>}
        <StateMark state={broadcast.state} />
      </div>
      {station.may('schedule') && (
        <Button variant="default" aria-label={words.schedule.cancelNamed(broadcast.title)} onClick={cancel}>
          {words.schedule.cancel}
        </Button>
      )}
    </li>
  );
}
