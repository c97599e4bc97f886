/** The approver's two ways on: approve exactly what was heard, or send it back with a sentence. */

import { Button } from '@mantine/core';
import type { Bulletin } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { useSend } from '../api/hub.ts';
import { ProblemNote } from '../ui/page.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './bulletins.module.css';
import type { Hearing } from './hearing.ts';
import { useKeepBulletin } from './keep.ts';
import { NotePanel } from './note-panel.tsx';

export function Approval({ bulletin, hearing }: { bulletin: Bulletin; hearing: Hearing }) {
  const words = useWords().bulletins;
  const { formatNumber } = useFormat();
  const keep = useKeepBulletin();
  const approval = useSend('POST /api/bulletins/:bulletin/approve');
  const giveBack = useSend('POST /api/bulletins/:bulletin/return');
  const [returning, setReturning] = useState(false);
  const params = { bulletin: bulletin.id };
  const approve = async () => {
    if (hearing.left > 0) {
      hearing.ask();
      document.querySelector<HTMLElement>('[data-unheard]')?.focus();
      return;
    }
    if (!bulletin.ready) return;
    const answer = await approval.send({ params, body: { revision: bulletin.revision } });
    if (!answer) return;
    hearing.forget();
    keep(answer);
  };
  if (returning) {
    return (
      <NotePanel
        draft={`return.1.${bulletin.id}`}
        label={words.giveBackNote}
        send={words.giveBackSend}
        sending={giveBack.sending}
        problem={giveBack.problem}
        onCancel={() => setReturning(false)}
        onSend={async (note) => keep(await giveBack.send({ params, body: { note } }))}
      />
    );
  }
  return (
    <>
      <ProblemNote problem={approval.problem} />
      <div className={css.foot}>
        <Button size="lg" loading={approval.sending} onClick={() => void approve()}>
          {words.approve}
        </Button>
        <Button variant="default" onClick={() => setReturning(true)}>
          {words.giveBack}
        </Button>
        <span className={css.dim} role="status">
          {!bulletin.ready ? words.waitsForRendering : hearing.left > 0 && words.approveNeeds(formatNumber(hearing.left))}
        </span>
      </div>
    </>
  );
}
