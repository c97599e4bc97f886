/** Pulls files in blocks: two asked for at a time, written in order, resumed at the block after a restart, the soonest needed first. */
import { existsSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type Block, blockCount } from '@tieng-loa/protocol/blocks.ts';
import { BLOCK_BYTES, BLOCKS_IN_FLIGHT } from '@tieng-loa/protocol/limits.ts';
import type { Clock } from './clock.ts';
import { BLOCK_WAIT_MS, EARLY_BLOCKS, FILE_RETRY_MS, STALL_FIRST_MS, STALL_LONGEST_MS } from './limits.ts';
import type { Logger } from './log.ts';
import type { Want } from './wants.ts';

export interface Downloads {
  /** what lacks, in the order of fetching; a file that comes first overtakes the one under way, which keeps its blocks */
  want(lacking: readonly Want[]): void;
  receive(block: Block): void;
  connected(up: boolean): void;
  heldBytes(sha256: string): number;
  bytesPerSecond(): number | null;
  close(): Promise<void>;
}
export interface DownloadParts {
  folder: string;
  clock: Clock;
  ask: (sha256: string, index: number) => void;
  /** checks and keeps a whole file; @returns false where it was not what it should be */
  finish: (want: Want, part: string) => Promise<boolean>;
  makeRoom: (sizeBytes: number) => Promise<void>;
  log: Logger;
}

/** A file on its way: `next` blocks lie on disk in order; `early` ones came before their turn. */
interface Partial {
  want: Want;
  path: string;
  next: number;
  early: Map<number, Uint8Array>;
  /** by the monotonic clock: not asked for before */
  notBefore: number;
  writing: boolean;
}
interface Asked {
  sha256: string;
  index: number;
  cancel: () => void;
}

export function openDownloads({ folder, clock, ask, finish, makeRoom, log }: DownloadParts): Downloads {
  const partials = new Map<string, Partial>();
  const asked = new Map<string, Asked>();
  let order: Partial[] = [];
  let up = false;
  let stallMs = 0;
  let cancelPump = () => {};
  let speed: { bytesPerSecond: number; at: number } | null = null;
  let work: Promise<void> = Promise.resolve();

  const partialOf = (want: Want): Partial => {
    let partial = partials.get(want.sha256);
    if (!partial) {
      const path = join(folder, want.sha256);
      const next = existsSync(path) ? Math.floor(statSync(path).size / BLOCK_BYTES) : 0;
      // the last block is asked for again, so that a whole file on disk is finished like any other
      const last = blockCount(want.sizeBytes) - 1;
      partial = { want, path, next: Math.min(next, last), early: new Map(), notBefore: 0, writing: false };
      partials.set(want.sha256, partial);
    }
    partial.want = want;
    return partial;
  };
  /** @returns the next block of a file that is neither on disk, nor in memory, nor asked for. */
  const nextIndex = ({ want, next, early }: Partial): number | null => {
    const end = Math.min(blockCount(want.sizeBytes), next + EARLY_BLOCKS);
    for (let index = next; index < end; index++) if (!early.has(index) && !asked.has(`${want.sha256} ${index}`)) return index;
    return null;
  };
  const pump = (): void => {
    cancelPump();
    if (!up) return;
    const now = clock.monotonic();
    for (const partial of order) {
      if (partial.notBefore > now) continue;
      for (let index = nextIndex(partial); index !== null && asked.size < BLOCKS_IN_FLIGHT; index = nextIndex(partial)) {
        askFor(partial, index);
      }
      // a slow disk holds its own file back, not the order: the next file begins when this one lacks nothing to ask for
      if (asked.size >= BLOCKS_IN_FLIGHT || partial.next + EARLY_BLOCKS < blockCount(partial.want.sizeBytes)) return;
    }
    const waits = order.filter((partial) => partial.notBefore > now).map((partial) => partial.notBefore - now);
    if (waits.length > 0) cancelPump = clock.after(Math.min(...waits), pump);
  };
  const askFor = ({ want }: Partial, index: number): void => {
    const key = `${want.sha256} ${index}`;
    const cancel = clock.after(BLOCK_WAIT_MS, () => {
      asked.delete(key);
      stallMs = Math.min(Math.max(stallMs * 2, STALL_FIRST_MS), STALL_LONGEST_MS);
      cancelPump();
      cancelPump = clock.after(stallMs, pump);
    });
    asked.set(key, { sha256: want.sha256, index, cancel });
    ask(want.sha256, index);
  };
  const forgetAsked = (sha256?: string): void => {
    for (const [key, one] of asked) {
      if (sha256 !== undefined && one.sha256 !== sha256) continue;
      one.cancel();
      asked.delete(key);
    }
  };
  const pause = (partial: Partial): void => {
    partial.notBefore = clock.monotonic() + FILE_RETRY_MS;
    partial.early.clear();
    forgetAsked(partial.want.sha256);
  };
  const measure = (bytes: number): void => {
    const at = clock.monotonic();
    if (speed && at > speed.at && at - speed.at < BLOCK_WAIT_MS) {
      const now = (bytes * 1000) / (at - speed.at);
      speed = { bytesPerSecond: speed.bytesPerSecond === 0 ? now : speed.bytesPerSecond * 0.8 + now * 0.2, at };
    } else speed = { bytesPerSecond: speed?.bytesPerSecond ?? 0, at };
  };

  /** Writes the blocks that are in turn; one file at a time, in the order in which they came. */
  const write = async (partial: Partial): Promise<void> => {
    const { want, path, early } = partial;
    if (partial.next === 0) await makeRoom(want.sizeBytes);
    const file = await open(path, existsSync(path) ? 'r+' : 'w+', 0o640);
    try {
      for (let bytes = early.get(partial.next); bytes; bytes = early.get(partial.next)) {
        await file.write(bytes, 0, bytes.length, partial.next * BLOCK_BYTES);
        early.delete(partial.next);
        partial.next += 1;
      }
      if (partial.next === blockCount(want.sizeBytes)) await file.truncate(want.sizeBytes);
    } finally {
      await file.close();
    }
    if (partial.next < blockCount(want.sizeBytes)) return;
    if (await finish(want, path)) {
      partials.delete(want.sha256);
      order = order.filter((one) => one !== partial);
      return;
    }
    partial.next = 0;
    pause(partial);
  };
  const enqueueWrite = (partial: Partial): void => {
    if (partial.writing) return;
    partial.writing = true;
    work = work
      .then(() => write(partial))
      .catch((error: unknown) => {
        log.error({ error, sha256: partial.want.sha256 }, 'a block could not be written');
        pause(partial);
      })
      .then(() => {
        partial.writing = false;
        if (partial.early.has(partial.next)) enqueueWrite(partial);
        pump();
      });
  };

  return {
    want(lacking) {
      order = lacking.map(partialOf);
      const wanted = new Set(lacking.map((want) => want.sha256));
      for (const [sha256, partial] of partials) if (!wanted.has(sha256) && !partial.writing) partials.delete(sha256);
      pump();
    },
    receive({ sha256, index, bytes }) {
      const key = `${sha256} ${index}`;
      asked.get(key)?.cancel();
      asked.delete(key);
      const partial = partials.get(sha256);
      if (partial) {
        const size = Math.min(BLOCK_BYTES, partial.want.sizeBytes - index * BLOCK_BYTES);
        if (bytes.length !== size) pause(partial);
        else if (index >= partial.next && index < partial.next + EARLY_BLOCKS) {
          stallMs = 0;
          measure(bytes.length);
          partial.early.set(index, Uint8Array.from(bytes));
          if (partial.early.has(partial.next)) enqueueWrite(partial);
        }
      }
      pump();
    },
    connected(now) {
      up = now;
      forgetAsked();
      stallMs = 0;
      if (up) pump();
      else cancelPump();
    },
    heldBytes: (sha256) => Math.min((partials.get(sha256)?.next ?? 0) * BLOCK_BYTES, partials.get(sha256)?.want.sizeBytes ?? 0),
    bytesPerSecond: () => (speed && speed.bytesPerSecond > 0 ? Math.round(speed.bytesPerSecond) : null),
    async close() {
      up = false;
      cancelPump();
      forgetAsked();
      await work;
    },
  };
}
