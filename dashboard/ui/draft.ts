/** A form half filled is kept on this device until it is sent. */
import { useCallback, useEffect, useState } from 'react';

const nameOf = (key: string): string => `tl.draft.${key}`;

function kept<T>(key: string, initial: T): T {
  try {
    const text = localStorage.getItem(nameOf(key));
    return text === null ? initial : (JSON.parse(text) as T);
  } catch {
    // what an older page kept in another form is no draft any more
    return initial;
  }
}

/**
 * @returns the draft, its setter, and what forgets it (after sending). A draft whose form may change names its
 * version in the key. `initial` counts only where nothing was kept.
 */
export function useDraft<T>(key: string, initial: T): [draft: T, set: (next: T | ((before: T) => T)) => void, forget: () => void] {
  const [state, setState] = useState(() => ({ key, draft: kept(key, initial), touched: false }));
  const current = state.key === key ? state : { key, draft: kept(key, initial), touched: false };
  if (current !== state) setState(current);
  useEffect(() => {
    if (!current.touched) return;
    try {
      localStorage.setItem(nameOf(current.key), JSON.stringify(current.draft));
    } catch {
      // a full or forbidden store keeps nothing; the form itself still holds it
    }
  }, [current]);
  const set = useCallback(
    (next: T | ((before: T) => T)) =>
      setState((before) => ({
        key: before.key,
        draft: typeof next === 'function' ? (next as (before: T) => T)(before.draft) : next,
        touched: true,
      })),
    [],
  );
  const forget = useCallback(() => {
    localStorage.removeItem(nameOf(key));
    setState({ key, draft: initial, touched: false });
    // `initial` is made anew at each drawing: the one of this drawing is meant
  }, [key, initial]);
  return [current.draft, set, forget];
}
