/** Writes what comes in bursts together: one flush of the disk for many things, never two at a time, and again where it failed. */
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { FAILURES_IN_A_ROW, RETRY_MS, WRITE_TRIES } from './limits.ts';

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
  /** the most bytes that may wait, by what one thing has */
  bytes?: { most: number; of: (thing: T) => number };
  write: (things: T[]) => Promise<void>;
  /** told of one that failed time and again although others were written */
  giveUp?: (thing: T) => Promise<void>;
  clock: Clock;
  log: Logger;
}
interface Held<T> {
  thing: T;
  failures: number;
}

/** @returns a place to put what is to be written together. */
export function batches<T>({ afterMs, most, waiting, bytes, write, giveUp = async () => {}, clock, log }: Parts<T>): Batches<T> {
  const held = new Map<string, Held<T>>();
  let heldBytes = 0;
  const release = (name: string): void => {
    const one = held.get(name);
    if (one && bytes) heldBytes -= bytes.of(one.thing);
    held.delete(name);
  };
  /** @returns false where it has no room. */
  const hold = (name: string, one: Held<T>): boolean => {
    const size = bytes?.of(one.thing) ?? 0;
    if (!held.has(name) && (held.size >= waiting || heldBytes + size > (bytes?.most ?? 0))) return false;
    release(name);
    held.set(name, one);
    heldBytes += size;
    return true;
  };
  let cancel: (() => void) | null = null;
  let writing: Promise<void> | null = null;
  let closed = false;

  const writeSome = async (): Promise<void> => {
    const taken = [...held].slice(0, most);
    for (const [name] of taken) release(name);
    try {
      await write(taken.map(([, { thing }]) => thing));
      later(afterMs);
    } catch (error) {
      log.error({ error, things: taken.length }, 'What players said could not be stored together; it is tried one by one.');
      const some = await writeEach(taken);
      later(some ? afterMs : RETRY_MS);
    }
  };

  /** One bad thing must not hold up the others. @returns whether some of them were written. */
  const writeEach = async (taken: [string, Held<T>][]): Promise<boolean> => {
    const failed: [string, Held<T>][] = [];
    // what has failed before comes last, so that a few bad things do not make the store look down
    const order = taken.toSorted(([, a], [, b]) => a.failures - b.failures);
    let done = 0;
    while (order.length > 0 && (done > 0 || failed.length < FAILURES_IN_A_ROW)) {
      const [name, one] = order.shift()!;
      try {
        await write([one.thing]);
        done += 1;
      } catch (error) {
        failed.push([name, { ...one, failures: one.failures + 1 }]);
        log.error({ error, name }, 'What a player said could not be stored.');
      }
    }
    const bad = done > 0 ? failed.filter(([, { failures }]) => failures >= WRITE_TRIES) : [];
    for (const [, { thing }] of bad)
      await giveUp(thing).catch((error) => log.error({ error }, 'What could not be stored could not be refused.'));
    const again = failed.filter((one) => !bad.includes(one));
    // what came meanwhile under the same name is newer
    for (const [name, one] of [...order, ...again]) if (!held.has(name)) hold(name, one);
    return done > 0;
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
      if (closed || !hold(name, { thing, failures: 0 })) return false;
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
