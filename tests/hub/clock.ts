/** A clock that a test moves by hand. */
import type { Clock } from '@tieng-loa/hub/clock.ts';

export interface HandClock extends Clock {
  /** Moves on, calling what comes due in its order. */
  pass(ms: number): void;
}

/** @returns a clock that stands at `at` until it is moved. */
export function handClock(at = Date.UTC(2026, 10, 24, 3)): HandClock {
  let now = at;
  const due = new Set<{ at: number; act: () => void }>();
  return {
    now: () => now,
    monotonic: () => now - at,
    after(ms, act) {
      const call = { at: now + ms, act };
      due.add(call);
      return () => due.delete(call);
    },
    pass(ms) {
      const until = now + ms;
      for (;;) {
        const [next] = [...due].filter((call) => call.at <= until).sort((a, b) => a.at - b.at);
        if (!next) break;
        due.delete(next);
        now = next.at;
        next.act();
      }
      now = until;
    },
  };
}
