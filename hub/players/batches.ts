/** Writes what comes in bursts together: one flush of the disk for many things, never two at a time, and again where it failed. */
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { RETRY_MS } from './limits.ts';

export interface Batches<T> {
  /** Takes a thing; one of the same name that still waits gives way. @returns false where too many wait. */
  add(name: string, thing: T): boolean;
  /** Writes what still waits, and takes nothing more. */
  close(): Promise<void>;
}
interface Parts<T> {
  /** how long the first waits for others */
  afterMs: number;
  /** the most that are written together */
  most: number;
  /** the most that may wait */
  waiting: number;
  write: (things: T[]) => Promise<void>;
  clock: Clock;
  log: Logger;
}

/** @returns a place to put what is to be written together. */
export function batches<T>({ afterMs, most, waiting, write, clock, log }: Parts<T>): Batches<T> {
  const held = new Map<string, T>();
  let cancel: (() => void) | null = null;
  let writing: Promise<void> | null = null;
  let closed = false;

  const writeSome = async (): Promise<void> => {
    const taken = [...held].slice(0, most);
    for (const [name] of taken) held.delete(name);
    try {
      await write(taken.map(([, thing]) => thing));
      later(afterMs);
    } catch (error) {
      log.error({ error, things: taken.length }, 'What players said could not be stored; it is tried again.');
      // what came meanwhile under the same name is newer
      for (const [name, thing] of taken) if (!held.has(name) && held.size < waiting) held.set(name, thing);
      later(RETRY_MS);
    }
  };
  const later = (ms: number): void => {
    if (closed || cancel || held.size === 0) return;
    cancel = clock.after(ms, () => {
      cancel = null;
      writing = writeSome().finally(() => {
        writing = null;
        later(afterMs);
      });
    });
  };
  return {
    add: (name, thing) => {
      if (closed || (held.size >= waiting && !held.has(name))) return false;
      held.set(name, thing);
      if (!writing) later(afterMs);
      return true;
    },
    close: async () => {
      closed = true;
      cancel?.();
      cancel = null;
      await writing;
      // a store that fails now will not come back while the hub stops
      for (let before = Number.POSITIVE_INFINITY; held.size > 0 && held.size < before; ) {
        before = held.size;
        await writeSome();
      }
    },
  };
}
