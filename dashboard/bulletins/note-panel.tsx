/** One sentence to the people who wrote a bulletin, and the button that sends it. */

import { Button, Textarea } from '@mantine/core';
import type { ApiProblem } from '@tieng-loa/protocol/client.ts';
import { type FormEvent, useState } from 'react';
import { useDraft } from '../ui/draft.ts';
import { ProblemNote } from '../ui/page.tsx';
import { useWords } from '../words/index.tsx';
import css from './bulletins.module.css';

interface NotePanelProps {
  /** under which name a half-written note is kept */
  draft: string;
  says?: string;
  label: string;
  send: string;
  dangerous?: boolean;
  sending: boolean;
  problem: ApiProblem | null;
  onSend(note: string): Promise<void>;
  onCancel(): void;
}

export function NotePanel({ draft, says, label, send, dangerous = false, sending, problem, onSend, onCancel }: NotePanelProps) {
  const words = useWords().bulletins;
  const [note, setNote, forget] = useDraft(draft, '');
  const [tried, setTried] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (note.trim() === '') return;
    await onSend(note.trim());
    forget();
  };
  return (
    <form className={css.panel} onSubmit={(event) => void submit(event)}>
      {says && <p>{says}</p>}
      <Textarea
        label={label}
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        value={note}
        error={tried && note.trim() === '' ? words.noteNeeded : undefined}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <ProblemNote problem={problem} />
      <div className={css.buttons}>
        <Button type="submit" loading={sending} {...(dangerous ? { color: 'red' } : {})}>
          {send}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
