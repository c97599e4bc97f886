/** Undo rather than "are you sure?": what was pressed can be taken back for ten seconds. */
import { Button } from '@mantine/core';
import { createContext, type ReactNode, type RefObject, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../words/index.tsx';
import css from './undo.module.css';

/** Long enough to read one sentence and to be frightened by it. */
const UNDO_MS = 10_000;

interface Offer {
  /** one sentence: what happens where; alone, it is only said */
  text: string;
  /** done after ten seconds, or at once where the page is left; never where it was taken back */
  later?: () => void;
  /** takes back what has been done already */
  undo?: () => void;
}
interface Undo {
  /** shows the sentence with the button; a second offer completes the first */
  offer(offer: Offer): void;
}
const UndoContext = createContext<Undo | null>(null);

export function UndoProvider({ children }: { children: ReactNode }) {
  const words = useWords().shell;
  const [shown, setShown] = useState<Offer | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const open = useRef<{ offer: Offer; timer: ReturnType<typeof setTimeout> } | null>(null);

  const end = useCallback((how: 'complete' | 'undo') => {
    const { offer, timer } = open.current ?? {};
    if (!offer) return;
    clearTimeout(timer);
    open.current = null;
    setShown(null);
    if (how === 'undo') offer.undo?.();
    else offer.later?.();
  }, []);
  const undo = useMemo<Undo>(
    () => ({
      offer: (offer) => {
        end('complete');
        open.current = { offer, timer: setTimeout(() => end('complete'), UNDO_MS) };
        setShown(offer);
      },
    }),
    [end],
  );
  useEffect(() => {
    // a closed page must not forget what was pressed on it
    const leave = () => document.visibilityState === 'hidden' && end('complete');
    document.addEventListener('visibilitychange', leave);
    return () => document.removeEventListener('visibilitychange', leave);
  }, [end]);

  useFocus(shown, button);

  return (
    <UndoContext.Provider value={undo}>
      {children}
      <div className={css.place} role="status">
        {shown && (
          <div className={css.toast}>
            <p>{shown.text}</p>
            {(shown.undo || shown.later) && (
              <Button ref={button} variant="white" onClick={() => end('undo')}>
                {words.undo}
              </Button>
            )}
          </div>
        )}
      </div>
    </UndoContext.Provider>
  );
}

/** What was pressed often goes with what it removed: the focus moves to the button that takes it back, and from there to the page. */
function useFocus(shown: Offer | null, button: RefObject<HTMLButtonElement | null>): void {
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    const at = document.activeElement;
    const page = document.getElementById('content');
    if (at && at !== document.body && at !== page) return;
    (button.current ?? page)?.focus({ preventScroll: true });
  }, [shown, button]);
}

export function useUndo(): Undo {
  const undo = useContext(UndoContext);
  if (!undo) throw new Error('useUndo stands outside UndoProvider');
  return undo;
}
