/** Who goes first: a total order over airings that anyone can predict. */
import { type BroadcastClass, CLASSES } from '@tieng-loa/protocol/plan.ts';

export interface Ranked {
  class: BroadcastClass;
  plannedAt: number;
  broadcast: string;
}

/** Emergency before priority before routine; then the earlier start; then the lower id. Negative where `a` goes first. */
export function byRank(a: Ranked, b: Ranked): number {
  return (
    CLASSES.indexOf(b.class) - CLASSES.indexOf(a.class) ||
    a.plannedAt - b.plannedAt ||
    (a.broadcast < b.broadcast ? -1 : a.broadcast > b.broadcast ? 1 : 0)
  );
}

/** Whether `a` takes the place of `b` while `b` sounds: only a higher class does; a later emergency does not cut an earlier one. */
export const overrides = (a: Pick<Ranked, 'class'>, b: Pick<Ranked, 'class'>): boolean =>
  CLASSES.indexOf(a.class) > CLASSES.indexOf(b.class);

/** Longest duration in milliseconds of an airing of each class; the player ends it then. */
export const LONGEST_MS: Readonly<Record<BroadcastClass, number>> = { routine: 2 * 3_600_000, priority: 3_600_000, emergency: 1_800_000 };

/** How late an airing may begin where nobody said otherwise, in milliseconds. */
export const TOLERANCE_MS: Readonly<Record<BroadcastClass, number>> = { routine: 300_000, priority: 900_000, emergency: 1_800_000 };

/** An emergency that the machine broke off begins anew at most this often: what fails each time must come to an end. */
export const MOST_REPEATS = 5;
