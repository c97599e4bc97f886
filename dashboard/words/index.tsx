/** Which tongue the page speaks: its words, its formats, and the switch. Another tongue is one more row of `tongues`. */
import type { Tongue } from '@tieng-loa/protocol/sentences.ts';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useHub } from '../api/hub.ts';
import { type Format, formatsOf } from './format.ts';
import { vi, type Words } from './vi.ts';

/** The words of a tongue other than Vietnamese are loaded when they are asked for. Hmong waits for a native reader. */
const tongues: Readonly<Record<Tongue, { name: string; load(): Promise<Words> }>> = {
  vi: { name: 'Tiếng Việt', load: async () => vi },
  en: { name: 'English', load: async () => (await import('./en.ts')).en },
};
const KEPT_AS = 'tl.tongue';

/** @returns the tongue that was last chosen on this device, with its words; Vietnamese otherwise. */
export async function chosenTongue(): Promise<{ tongue: Tongue; words: Words }> {
  const kept = localStorage.getItem(KEPT_AS);
  const tongue = kept !== null && Object.hasOwn(tongues, kept) ? (kept as Tongue) : 'vi';
  return { tongue, words: await tongues[tongue].load() };
}

interface Spoken {
  tongue: Tongue;
  words: Words;
  format: Format;
  /** every tongue there is, with its own name for itself */
  choices: readonly { tongue: Tongue; name: string }[];
  speak(tongue: Tongue): void;
}
const SpokenContext = createContext<Spoken | null>(null);

export function TongueProvider({ first, children }: { first: { tongue: Tongue; words: Words }; children: ReactNode }) {
  const [spoken, setSpoken] = useState(first);
  const hub = useHub();
  useEffect(() => {
    document.documentElement.lang = spoken.tongue;
    hub.tell({ tongue: spoken.tongue });
  }, [spoken.tongue, hub]);
  const value = useMemo<Spoken>(
    () => ({
      ...spoken,
      format: formatsOf(spoken.tongue, hub.clock),
      choices: Object.entries(tongues).map(([tongue, { name }]) => ({ tongue: tongue as Tongue, name })),
      speak: (tongue) => {
        localStorage.setItem(KEPT_AS, tongue);
        void tongues[tongue].load().then((words) => setSpoken({ tongue, words }));
      },
    }),
    [spoken, hub],
  );
  return <SpokenContext.Provider value={value}>{children}</SpokenContext.Provider>;
}

export function useTongue(): Spoken {
  const spoken = useContext(SpokenContext);
  if (!spoken) throw new Error('useTongue stands outside TongueProvider');
  return spoken;
}
/** @returns the words of the page, by section. */
export const useWords = (): Words => useTongue().words;
/** @returns times, lengths, numbers, languages and problems as they are written in the tongue of the page. */
export const useFormat = (): Format => useTongue().format;
