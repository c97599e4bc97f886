/** One rule of the schedule as a sentence, and the press that cancels it, to be taken back for ten seconds. */

import { Button } from '@mantine/core';
import type { Broadcast } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { useSend } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { ProblemNote } from '../ui/page.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { useUndo } from '../ui/undo.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './schedule.module.css';
import { useSentence } from './sentence.ts';

export function RuleRow({ broadcast }: { broadcast: Broadcast }) {
  const words = useWords();
  const { formatMoment } = useFormat();
  const station = useStation();
  const undo = useUndo();
  const sentence = useSentence();
  const cancelling = useSend('DELETE /api/broadcasts/:broadcast');
  const [going, setGoing] = useState(false);
  if (going) return null;
  const cancel = () => {
    setGoing(true);
    undo.offer({
      text: words.schedule.cancelled(broadcast.title),
      undo: () => setGoing(false),
      later: () =>
        void cancelling.send({ params: { broadcast: broadcast.id } }).then((answer) => {
          if (answer === null) setGoing(false);
        }),
    });
  };
  const next = broadcast.next.slice(0, 3).map((at) => formatMoment(at, 0));
  return (
    <li className={css.rule}>
      <div className={css.what}>
        <p className={css.sentence}>{sentence(broadcast.title, broadcast.when, broadcast.zones, broadcast.class)}</p>
        {next.length > 0 && <p className={css.dim}>{words.schedule.sayNext(next)}</p>}
        <StateMark state={broadcast.state} />
        <ProblemNote problem={cancelling.problem} />
      </div>
      {station.may('schedule') && (
        <Button variant="default" aria-label={words.schedule.cancelNamed(broadcast.title)} onClick={cancel}>
          {words.schedule.cancel}
        </Button>
      )}
    </li>
  );
}
