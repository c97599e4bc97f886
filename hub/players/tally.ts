/** Counts what was refused and tells the log now and then, so that a flood of bad messages cannot fill the disk. */
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { REFUSALS_TOLD_MS } from './limits.ts';

export interface Tally {
  /** counts one refusal; `facts` of the first of its kind are kept for the log */
  add(why: string, facts: Readonly<Record<string, unknown>>): void;
  close(): void;
}

/** @returns a tally that says at most once in ten seconds what it counted, under the sentence `says`. */
export function tally(says: string, { clock, log }: { clock: Clock; log: Logger }): Tally {
  const fresh = new Map<string, { times: number; first: Readonly<Record<string, unknown>> }>();
  let cancel: (() => void) | null = null;
  const tell = (): void => {
    cancel = null;
    for (const [why, { times, first }] of fresh) log.warn({ why, times, first }, says);
    fresh.clear();
  };
  return {
    add: (why, facts) => {
      const counted = fresh.get(why);
      if (counted) counted.times += 1;
      else fresh.set(why, { times: 1, first: facts });
      cancel ??= clock.after(REFUSALS_TOLD_MS, tell);
    },
    close: () => {
      cancel?.();
      tell();
    },
  };
}
