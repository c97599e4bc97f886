/** Allowances that refill with time: how often something may happen, and how much may be saved up. */
import type { Clock } from '../clock.ts';

export interface Allowance {
  /** @returns whether it may happen once more now. */
  take(): boolean;
}

/** @returns an allowance of `perSecond`, of which at most `atOnce` are saved up. */
export function allowance({ perSecond, atOnce, clock }: { perSecond: number; atOnce: number; clock: Clock }): Allowance {
  let saved = atOnce;
  let filledAt = clock.monotonic();
  return {
    take: () => {
      const now = clock.monotonic();
      saved = Math.min(atOnce, saved + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
      if (saved < 1) return false;
      saved -= 1;
      return true;
    },
  };
}

/** @returns one allowance for each name; of `remembered` names the one made first is forgotten first. */
export function allowances(each: { perSecond: number; atOnce: number; clock: Clock }, remembered: number): (name: string) => Allowance {
  const byName = new Map<string, Allowance>();
  return (name) => {
    const known = byName.get(name);
    if (known) return known;
    if (byName.size >= remembered) byName.delete(byName.keys().next().value!);
    const made = allowance(each);
    byName.set(name, made);
    return made;
  };
}
