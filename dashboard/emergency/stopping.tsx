/** The button that stops every emergency that sounds or is ordered: one press, silence, whoever ordered what. */
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ApiProblem } from '@tieng-loa/protocol/client.ts';
import { useState } from 'react';
import { renew, useHub } from '../api/hub.ts';
import { subjectOf } from '../api/subjects.ts';
import { useStation } from '../session/me.tsx';
import { Icon } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/page.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './emergency.module.css';
import { isWaiting, type Running } from './standing.ts';

const STOP = 'POST /api/broadcasts/:broadcast/stop';

interface StoppingProps {
  /** what sounds or is ordered */
  open: readonly Running[];
  onAgain?: () => void;
}

export function Stopping({ open, onAgain }: StoppingProps) {
  const words = useWords().emergency;
  const { formatNumber } = useFormat();
  const station = useStation();
  const stopping = useStopping();
  const waiting = open.filter((one) => isWaiting(one) && !stopping.stopped.includes(one.id));
  const stopped = stopping.stopped.length > 0 && open.every(({ id }) => stopping.stopped.includes(id));
  return (
    <div className={css.stopping}>
      {open.length > 0 && station.may('stop') && (
        <Button
          className={css.button ?? ''}
          color="red"
          leftSection={<Icon name="stop" />}
          loading={stopping.sending}
          onClick={() => void stopping.stop(open.map(({ id }) => id))}
        >
          {open.length > 1 ? words.stopAll(formatNumber(open.length)) : words.stop}
        </Button>
      )}
      {waiting.length > 0 && (open.length > 1 || stopping.stopped.length > 0) && (
        <StateMark state="waiting">{words.stillWaiting(formatNumber(waiting.length))}</StateMark>
      )}
      {stopped && <StateMark state="stopped">{words.stopped}</StateMark>}
      <ProblemNote problem={stopping.problem} />
      {open.length === 0 && onAgain && (
        <Button variant="default" onClick={onAgain}>
          {words.again}
        </Button>
      )}
      {open.length > 0 && !stopped && <p className={css.dim}>{words.notOnEvery}</p>}
    </div>
  );
}

function useStopping() {
  const { call } = useHub();
  const store = useQueryClient();
  const [stopped, setStopped] = useState<readonly string[]>([]);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const one = (broadcast: string): Promise<ApiProblem | null> =>
    call(STOP, { params: { broadcast }, body: { plannedAt: null } }).then(
      () => null,
      // what has ended meanwhile is as silent as what was stopped
      (refusal: ApiProblem) => (refusal.code === 'not-sounding' ? null : refusal),
    );
  return {
    stopped,
    sending,
    problem,
    stop: async (broadcasts: readonly string[]) => {
      setSending(true);
      const refusals = await Promise.all(broadcasts.map(one));
      setStopped((before) => [...before, ...broadcasts.filter((_, i) => refusals[i] === null)]);
      setProblem(refusals.find((refusal) => refusal !== null) ?? null);
      setSending(false);
      await renew(store, subjectOf(STOP));
    },
  };
}
