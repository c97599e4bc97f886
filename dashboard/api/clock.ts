/** Time for the page: the hub's, as far as its answers tell it, since the clock of an old office PC is often wrong. */
import { useEffect, useState } from 'react';

export interface PageClock {
  /** milliseconds since 1970 by the hub's clock */
  now(): number;
  /** milliseconds that only ever rise, for measuring the page's own work */
  monotonic(): number;
  /** learns from the `Date` header of an answer that was asked for at `askedAt` (of `monotonic`) */
  learn(dateHeader: string | null, askedAt: number): void;
}

/** A `Date` header has whole seconds; below this much difference the device's own clock is as good. */
const NOTICEABLE_MS = 3000;

export function pageClock(): PageClock {
  let aheadMs = 0;
  return {
    now: () => Date.now() + aheadMs,
    monotonic: () => performance.now(),
    learn(dateHeader, askedAt) {
      const said = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
      if (Number.isNaN(said)) return;
      const middle = Date.now() - (performance.now() - askedAt) / 2;
      aheadMs = Math.abs(said + 500 - middle) < NOTICEABLE_MS ? 0 : said + 500 - middle;
    },
  };
}

/** @returns the time, renewed every `everyMs`; the component is drawn again each time. */
export function useTick(clock: PageClock, everyMs: number): number {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), everyMs);
    return () => clearInterval(timer);
  }, [clock, everyMs]);
  return now;
}
