/** The frame of what is seen before anybody is signed in. */
import { type ReactNode, useEffect } from 'react';
import { useTongue } from '../words/index.tsx';
import css from './door.module.css';

export function Door({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const { words, choices, tongue, speak } = useTongue();
  useEffect(() => {
    document.title = `${title} · ${words.shell.title}`;
  }, [title, words]);
  return (
    <main className={css.door}>
      <header className={css.head}>
        <span className={css.name}>{words.shell.title}</span>
        {choices
          .filter((choice) => choice.tongue !== tongue)
          .map((choice) => (
            <button key={choice.tongue} type="button" className={css.tongue} lang={choice.tongue} onClick={() => speak(choice.tongue)}>
              {choice.name}
            </button>
          ))}
      </header>
      <h1>{title}</h1>
      {lead && <p>{lead}</p>}
      {children}
    </main>
  );
}
