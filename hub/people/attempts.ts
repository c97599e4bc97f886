/** Wrong tries at signing in, counted alike for names that exist and names that do not, and for addresses. */
import { MINUTE } from '@tieng-loa/protocol/limits.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Clock } from '../clock.ts';
import { ATTEMPTS_REMEMBERED, FAILURES_PER_ADDRESS, FAILURES_PER_LOGIN, LOCK_MS } from '../limits.ts';

export interface Attempts {
  /** Counts a try as wrong until it proves right, so that many at once cannot slip past. @throws Problem `locked`. */
  begin(login: string, address: string): void;
  /** The try was right: the name's wrong tries are forgotten. */
  succeeded(login: string, address: string): void;
  /** Opens a locked name: its person came by a one-time link. */
  clear(login: string): void;
}

interface Count {
  failures: number;
  until: number;
}

/** @returns counters in memory: a restart forgives, and whoever can restart the hub needs no password. */
export function attemptCounter(clock: Pick<Clock, 'now'>): Attempts {
  const counts = new Map<string, Count>();
  const failuresOf = (key: string): number => {
    const count = counts.get(key);
    return count && count.until > clock.now() ? count.failures : 0;
  };
  const set = (key: string, failures: number): void => {
    counts.delete(key);
    if (failures > 0) counts.set(key, { failures, until: clock.now() + LOCK_MS });
    // insertion order is age: the oldest goes first
    if (counts.size > ATTEMPTS_REMEMBERED) counts.delete(counts.keys().next().value!);
  };
  return {
    begin(login, address) {
      const bounds: ReadonlyArray<[string, number]> = [
        [loginKey(login), FAILURES_PER_LOGIN],
        [addressKey(address), FAILURES_PER_ADDRESS],
      ];
      for (const [key, most] of bounds) {
        if (failuresOf(key) < most) continue;
        throw new Problem('locked', { minutes: Math.ceil((counts.get(key)!.until - clock.now()) / MINUTE) });
      }
      for (const [key] of bounds) set(key, failuresOf(key) + 1);
    },
    succeeded(login, address) {
      set(loginKey(login), 0);
      set(addressKey(address), failuresOf(addressKey(address)) - 1);
    },
    clear: (login) => set(loginKey(login), 0),
  };
}

const loginKey = (login: string): string => `login ${login}`;
const addressKey = (address: string): string => `address ${address}`;
