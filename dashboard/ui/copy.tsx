/** A text to carry elsewhere, with the button that copies it. */
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../words/index.tsx';
import css from './copy.module.css';

const SHOWN_MS = 3000;
/** Letters in a line of a narrow phone. */
const LINE = 24;

export function Copy({ label, text }: { label: string; text: string }) {
  const words = useWords().shell;
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // the text stands selected: the person copies it with the keyboard or a long press
    }
  };
  return (
    <div className={css.copy}>
      <label>
        {label}
        <textarea
          ref={field}
          readOnly
          rows={Math.ceil(text.length / LINE)}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <Button variant="default" onClick={copy} aria-live="polite">
        {copied ? words.copied : words.copy}
      </Button>
    </div>
  );
}
