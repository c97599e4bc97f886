/** The one-time code of a player with the command that uses it, until the player has enrolled. */

import { Button } from '@mantine/core';
import type { EnrolmentCode, Player } from '@tieng-loa/protocol/views.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useHub, useSend } from '../api/hub.ts';
import { Copy } from '../ui/copy.tsx';
import { ProblemNote } from '../ui/page.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './players.module.css';

interface EnrolmentProps {
  player: string;
  state: Player['state'];
  /** asks for the code without a further press */
  atOnce?: boolean;
}

export function Enrolment({ player, state, atOnce = false }: EnrolmentProps) {
  const words = useWords().players.code;
  const format = useFormat();
  const { clock } = useHub();
  const code = useCode(player, atOnce);
  if (code.answer && state !== 'slot') return <StateMark state="here">{words.arrived}</StateMark>;
  return (
    <>
      {code.answer && (
        <>
          <h2>{words.title}</h2>
          <p>{words.text(format.formatMoment(code.answer.expiresAt, clock.now()))}</p>
          <Copy label={words.command} text={code.answer.command} />
          <Copy label={words.code} text={code.answer.code} />
          <p role="status">
            <StateMark state="slot">{words.waiting}</StateMark>
          </p>
        </>
      )}
      <ProblemNote problem={code.problem} />
      {(!atOnce || code.problem) && (
        <div className={css.buttons}>
          <Button variant={code.answer ? 'default' : 'filled'} loading={code.sending} onClick={code.make}>
            {code.answer ? words.again : words.make}
          </Button>
        </div>
      )}
    </>
  );
}

function useCode(player: string, atOnce: boolean) {
  const [answer, setAnswer] = useState<EnrolmentCode | null>(null);
  const { send, sending, problem } = useSend('POST /api/players/:player/code');
  const sender = useRef(send);
  sender.current = send;
  const make = useCallback(async () => {
    const code = await sender.current({ params: { player } });
    if (code) setAnswer(code);
  }, [player]);
  // asked for once, also where React runs effects twice: each code makes the one before it void
  const asked = useRef(false);
  useEffect(() => {
    if (!atOnce || asked.current) return;
    asked.current = true;
    void make();
  }, [atOnce, make]);
  return { answer, sending, problem, make };
}
