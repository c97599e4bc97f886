/** How far the player trusts its wall clock: a floor that time never falls below, and whether the system says that it is synchronised. */
import { existsSync } from 'node:fs';
import type { ClockState } from '@tieng-loa/protocol/report.ts';
import type { Clock } from './clock.ts';
import { CLOCK_SLACK_MS, DRIFT_PER_MS, FLOOR_EVERY_MS, SYNCHRONISED_ERROR_MS } from './limits.ts';
import type { Store } from './store.ts';

export interface ClockTrust {
  state: ClockState;
  /** how far off it may be; null where that is not known */
  errorMs: number | null;
}
export interface Timekeeper {
  trust(): ClockTrust;
  /** until when the wall clock was of no use since the program began; 0 where it was right from the beginning */
  doubtedUntil(): number;
  /** a document with this `issuedAt` was verified: it is at least that late */
  notEarlierThan(at: number): void;
  close(): void;
}
export interface TimekeeperParts {
  clock: Clock;
  store: Store;
  /** the youngest instant known when the program was made */
  builtAt: number;
  /** whether the system says that its clock is synchronised */
  synchronised: () => boolean;
}

/** systemd-timesyncd touches this once it has the time, and /run is empty after a start. */
export const systemdSynchronised = (): boolean => existsSync('/run/systemd/timesync/synchronized');

export function openTimekeeper({ clock, store, builtAt, synchronised }: TimekeeperParts): Timekeeper {
  let floor = Math.max(builtAt, store.fact('floor') ?? 0);
  let doubtedUntil = 0;
  let doubted = false;
  let trustedAtMono: number | null = null;
  let cancel = () => {};

  const trust = (): ClockTrust => {
    const now = clock.now();
    if (now < floor - CLOCK_SLACK_MS) {
      doubted = true;
      return { state: 'unset', errorMs: null };
    }
    if (doubted) {
      // the clock was set while the program ran: what was planned before this instant could not be seen
      doubted = false;
      doubtedUntil = now;
    }
    const mono = clock.monotonic();
    if (synchronised()) {
      trustedAtMono = mono;
      return { state: 'trusted', errorMs: SYNCHRONISED_ERROR_MS };
    }
    const errorMs = trustedAtMono === null ? null : SYNCHRONISED_ERROR_MS + Math.ceil((mono - trustedAtMono) * DRIFT_PER_MS);
    return { state: 'estimated', errorMs };
  };
  const keep = (): void => {
    // only a clock that somebody vouches for raises the floor: a wrong one would lock the right time out
    if (trust().state === 'trusted') floor = Math.max(floor, clock.now());
    store.setFact('floor', floor);
    cancel = clock.after(FLOOR_EVERY_MS, keep);
  };
  keep();
  return {
    trust,
    doubtedUntil: () => doubtedUntil,
    notEarlierThan(at) {
      // kept with the next turn: the document itself lies on disk and says it again after a restart
      floor = Math.max(floor, at);
    },
    close: () => {
      cancel();
      store.setFact('floor', floor);
    },
  };
}
