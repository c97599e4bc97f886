/** The frame of every page, and what stands in it where there is nothing yet or something failed. */

import { Button } from '@mantine/core';
import type { ApiProblem } from '@tieng-loa/protocol/client.ts';
import { type ReactNode, type Ref, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useFormat, useWords } from '../words/index.tsx';
import { Icon } from './icons.tsx';
import css from './page.module.css';

interface PageProps {
  title: ReactNode;
  /** the one thing most often done here */
  action?: ReactNode;
  /** where this page was opened from */
  back?: { to: string; label: string };
  /** one quiet sentence under the title */
  lead?: ReactNode;
  children: ReactNode;
}

export function Page({ title, action, back, lead, children }: PageProps) {
  const name = useWords().shell.title;
  useEffect(() => {
    document.title = typeof title === 'string' ? `${title} · ${name}` : name;
  }, [title, name]);
  return (
    <article className={css.page}>
      {back && (
        <Link to={back.to} className={css.back}>
          <Icon name="back" /> {back.label}
        </Link>
      )}
      <header className={css.head}>
        <h1 className={css.title}>{title}</h1>
        {action && <div className={css.action}>{action}</div>}
      </header>
      {lead && <p className={css.lead}>{lead}</p>}
      {children}
    </article>
  );
}

interface SectionProps {
  title: ReactNode;
  action?: ReactNode;
  /** to lead back to it when something long in it was shut */
  ref?: Ref<HTMLElement>;
  children: ReactNode;
}

/** A part of a page under its own heading. */
export function Section({ title, action, ref, children }: SectionProps) {
  return (
    <section ref={ref} className={css.section}>
      <header className={css.head}>
        <h2 className={css.subtitle}>{title}</h2>
        {action && <div className={css.action}>{action}</div>}
      </header>
      {children}
    </section>
  );
}

/** An empty page teaches the first step. */
export function Empty({ title, text, action }: { title: ReactNode; text?: ReactNode; action?: ReactNode }) {
  return (
    <div className={css.empty}>
      <h2 className={css.emptyTitle}>{title}</h2>
      {text && <p className={css.emptyText}>{text}</p>}
      {action && <div>{action}</div>}
    </div>
  );
}

/** What the hub refused: what happened, that nothing is lost, what to do. */
export function ProblemNote({ problem, retry }: { problem: Pick<ApiProblem, 'code' | 'facts'> | null; retry?: () => void }) {
  const words = useWords().shell;
  const { problemText } = useFormat();
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) note.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  if (!problem) return null;
  return (
    <div ref={note} className={css.problem} role="alert">
      <p>{problemText(problem)}</p>
      {retry && (
        <Button variant="default" onClick={retry}>
          {words.retry}
        </Button>
      )}
    </div>
  );
}
