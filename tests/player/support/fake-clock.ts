/** A clock that stands still until it is told to go on, for players whose days pass in seconds. */
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@tieng-loa/player/clock.ts';

export interface FakeClock extends Clock {
  /** lets time pass: each timer at its instant, with room for what it sets off */
  pass(ms: number): Promise<void>;
  passTo(at: number): Promise<void>;
  /** sets the wall clock; the monotonic one goes on */
  setWall(at: number): void;
  /** real time for real work (disk, sockets) while the clock stands */
  settle(ms?: number): Promise<void>;
}

export function fakeClock(start: number): FakeClock {
  let mono = 1000;
  let offset = start - mono;
  let timers: { at: number; act: () => void }[] = [];
  const settle = async (ms = 0): Promise<void> => {
    if (ms > 0) await wait(ms);
    // work on the disk runs in real time: it is let end, twice, since one piece sets off the next
    for (let idle = 0; idle < 3; idle++) {
      await turn();
      if (process.getActiveResourcesInfo().some((name) => /^FSReq/i.test(name))) idle = 0;
    }
  };
  const passToMono = async (end: number): Promise<void> => {
    for (;;) {
      const next = timers.reduce<(typeof timers)[number] | null>((a, b) => (a === null || b.at < a.at ? b : a), null);
      if (!next || next.at > end) break;
      mono = Math.max(mono, next.at);
      timers = timers.filter((timer) => timer !== next);
      next.act();
      await settle();
    }
    mono = end;
    await settle();
  };
  return {
    now: () => Math.round(mono + offset),
    monotonic: () => mono,
    after(ms, act) {
      const timer = { at: mono + Math.max(ms, 0), act };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    pass: (ms) => passToMono(mono + ms),
    passTo: (at) => passToMono(at - offset),
    setWall(at) {
      offset = at - mono;
    },
    settle,
  };
}
