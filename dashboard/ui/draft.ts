/** A form half filled is kept on this device until it is sent. */
import { createContext, useCallback, useContext, useEffect, useState } from 'react';

/** Whose drafts these are: on a shared PC nobody finds what another began. Empty before anybody is signed in. */
export const DraftOwner = createContext('');

const nameOf = (key: string): string => `tl.draft.${key}`;

function kept<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(nameOf(key));
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    // what an older page kept in another form is no draft any more
    return undefined;
  }
}

/**
 * @returns the draft, its setter, and what forgets it (after sending). `initial` counts while nothing was entered, so it
 * may be what the hub says now. A draft whose form may change names its version in the key.
 */
export function useDraft<T>(name: string, initial: T): [draft: T, set: (next: T | ((before: T) => T)) => void, forget: () => void] {
  const owner = useContext(DraftOwner);
  const key = owner === '' ? name : `${owner}.${name}`;
  const [state, setState] = useState(() => ({ key, entered: kept<T>(key) }));
  const current = state.key === key ? state : { key, entered: kept<T>(key) };
  if (current !== state) setState(current);
  useEffect(() => {
    if (current.entered === undefined) return;
    try {
      localStorage.setItem(nameOf(current.key), JSON.stringify(current.entered));
    } catch {
      // a full or forbidden store keeps nothing; the form itself still holds it
    }
  }, [current]);
  const set = (next: T | ((before: T) => T)) =>
    setState((before) => ({
      key: before.key,
      entered: typeof next === 'function' ? (next as (before: T) => T)(before.entered ?? initial) : next,
    }));
  const forget = useCallback(() => {
    localStorage.removeItem(nameOf(key));
    setState({ key, entered: undefined });
  }, [key]);
  return [current.entered ?? initial, set, forget];
}

export interface KeptDraft<T> {
  /** what follows the beginning of its name */
  rest: string;
  draft: T;
}

/** @returns the drafts on this device whose names begin so, what forgets one, and what keeps it again. */
export function useKeptDrafts<T>(beginning: string): { drafts: KeptDraft<T>[]; forget(rest: string): void; keep(one: KeptDraft<T>): void } {
  const owner = useContext(DraftOwner);
  const key = owner === '' ? beginning : `${owner}.${beginning}`;
  const [, look] = useState(0);
  const names = Object.keys(localStorage).filter((name) => name.startsWith(nameOf(key)));
  const rests = names.map((name) => name.slice(nameOf(key).length)).sort();
  return {
    drafts: rests.flatMap((rest) => {
      const draft = kept<T>(key + rest);
      return draft === undefined ? [] : [{ rest, draft }];
    }),
    forget: (rest) => {
      localStorage.removeItem(nameOf(key + rest));
      look((times) => times + 1);
    },
    keep: ({ rest, draft }) => {
      localStorage.setItem(nameOf(key + rest), JSON.stringify(draft));
      look((times) => times + 1);
    },
  };
}
