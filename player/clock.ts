/** Time for the player: the only file here that asks the system what time it is. Stamps from the wall, durations from the monotonic clock. */
import { performance } from 'node:perf_hooks';

export interface Clock {
  /** milliseconds since 1970 UTC */
  now(): number;
  /** milliseconds that only ever rise */
  monotonic(): number;
  /** calls `act` once after `ms`; the returned function cancels that */
  after(ms: number, act: () => void): () => void;
}

/** Node's longest timer is 2^31-1 ms: a longer wait is cut, and its owner looks again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, Math.min(Math.max(ms, 0), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};
