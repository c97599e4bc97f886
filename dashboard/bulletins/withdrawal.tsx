/** Taking an approval back: what it does is said before it is pressed. */

import { Button } from '@mantine/core';
import type { Bulletin } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { useSend } from '../api/hub.ts';
import { useWords } from '../words/index.tsx';
import { useKeepBulletin } from './keep.ts';
import { NotePanel } from './note-panel.tsx';

export function Withdrawal({ bulletin }: { bulletin: Bulletin }) {
  const words = useWords().bulletins;
  const keep = useKeepBulletin();
  const withdrawal = useSend('POST /api/bulletins/:bulletin/withdraw');
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <Button variant="subtle" color="red" onClick={() => setOpen(true)}>
        {words.withdraw}
      </Button>
    );
  }
  return (
    <NotePanel
      draft={`withdraw.1.${bulletin.id}`}
      says={words.withdrawSays}
      label={words.withdrawNote}
      send={words.withdrawSend}
      dangerous
      sending={withdrawal.sending}
      problem={withdrawal.problem}
      onCancel={() => setOpen(false)}
      onSend={async (note) => keep(await withdrawal.send({ params: { bulletin: bulletin.id }, body: { note } }))}
    />
  );
}
