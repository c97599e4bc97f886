/** What the hub refused, shown at the field that it is about: marked, with its sentence, and in focus. */
import type { ApiProblem } from '@tieng-loa/protocol/client.ts';
import { useEffect, useRef } from 'react';
import { useFormat, useWords } from '../words/index.tsx';

/** Problems that are about one field by their nature; `bad-input` names its own. */
const fieldOfCode: Partial<Record<ApiProblem['code'], string>> = { 'name-taken': 'login', 'weak-password': 'password' };

/** @returns the field that a problem is about, as the form names it; null where it is about the whole. */
export function fieldOf({ code, facts }: Pick<ApiProblem, 'code' | 'facts'>): string | null {
  if (code !== 'bad-input') return fieldOfCode[code] ?? null;
  return typeof facts.field === 'string' ? (facts.field.split('.')[0] ?? null) : null;
}

interface Faults {
  /** for the form that holds the fields */
  form: React.RefObject<HTMLFormElement | null>;
  /** what a field takes: its name, and the sentence where it is at fault */
  at(field: string): { name: string; error?: string };
  /** what no field of the form is about */
  rest: ApiProblem | null;
}

/** `labels` are the fields of the form as people read them; a field's own `sentences` say what it takes. */
export function useFaults(
  problem: ApiProblem | null,
  labels: Readonly<Record<string, string>>,
  sentences: Readonly<Record<string, string>> = {},
): Faults {
  const words = useWords().shell;
  const { problemText } = useFormat();
  const form = useRef<HTMLFormElement>(null);
  const named = problem && fieldOf(problem);
  const field = named !== null && Object.hasOwn(labels, named) ? named : null;
  useEffect(() => {
    const input = problem && field !== null ? form.current?.elements.namedItem(field) : null;
    if (input instanceof HTMLElement) input.focus();
  }, [problem, field]);
  const sentence = (name: string): string => {
    if (problem!.code !== 'bad-input') return problemText(problem!);
    const { why } = problem!.facts;
    return sentences[name] ?? words.fault(labels[name]!, typeof why === 'string' ? why : '');
  };
  return {
    form,
    at: (name) => (field === name ? { name, error: sentence(name) } : { name }),
    rest: field === null ? problem : null,
  };
}
