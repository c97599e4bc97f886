/**
 * The audio and plan bodies that a player holds: pulled block by block, resumed at the block, kept only when the
 * SHA-256 is right, and hashed again before they are aired.
 */
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Block } from '@tieng-loa/protocol/blocks.ts';
import type { Holding } from '@tieng-loa/timetable/playable.ts';
import type { Clock } from './clock.ts';
import type { Disk } from './disk.ts';
import { openDownloads } from './downloads.ts';
import { LEAST_FREE_BYTES, RESERVE_BYTES } from './limits.ts';
import type { Logger } from './log.ts';
import type { Want } from './wants.ts';

export interface Cache {
  holding(sha256: string): Exclude<Holding, 'revoked'>;
  pathOf(sha256: string): string;
  body(sha256: string): Promise<Buffer>;
  /** says what is needed, soonest first, held or not; what is not named may be thrown away when space is short */
  want(wants: readonly Want[]): void;
  receive(block: Block): void;
  connected(up: boolean): void;
  /** hashes files again; @returns those that are damaged or gone, which are then fetched anew */
  verify(sha256s: readonly string[]): Promise<string[]>;
  /** throws away at once what is not needed; @returns how many bytes that freed */
  dropUnneeded(): number;
  /** a body that was read is needed no longer */
  drop(sha256: string): Promise<void>;
  state(): CacheState;
  close(): Promise<void>;
}
export interface CacheState {
  renderings: number;
  sizeBytes: number;
  /** renderings needed and not held, soonest first */
  lacks: { sha256: string; sizeBytes: number; heldBytes: number }[];
  bytesPerSecond: number | null;
}
export interface CacheParts {
  folder: string;
  disk: Disk;
  clock: Clock;
  ask: (sha256: string, index: number) => void;
  /** a file came, or one turned out damaged */
  changed: (sha256: string) => void;
  /** a file came whole and its hash was wrong */
  refused: (kind: Want['kind']) => void;
  log: Logger;
}

/** @returns the SHA-256 of a file, or null where it cannot be read. */
export async function hashOfFile(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const bytes of createReadStream(path)) hash.update(bytes);
  } catch {
    return null;
  }
  return hash.digest('hex');
}

const NAME = /^([0-9a-f]{64})$/;

export function openCache({ folder, disk, clock, ask, changed, refused, log }: CacheParts): Cache {
  const parts = join(folder, 'parts');
  mkdirSync(parts, { recursive: true, mode: 0o750 });
  const pathOf = (sha256: string): string => join(folder, sha256);
  const held = new Map<string, number>();
  for (const name of readdirSync(folder)) if (NAME.test(name)) held.set(name, statSync(join(folder, name)).size);
  const damaged = new Set<string>();
  let wants: readonly Want[] = [];

  const finish = async (want: Want, part: string): Promise<boolean> => {
    if ((await hashOfFile(part)) !== want.sha256) {
      await rm(part, { force: true });
      refused(want.kind);
      log.warn({ sha256: want.sha256 }, 'a file came with a wrong hash and is fetched again');
      return false;
    }
    await disk.settle(part, pathOf(want.sha256));
    held.set(want.sha256, want.sizeBytes);
    damaged.delete(want.sha256);
    changed(want.sha256);
    return true;
  };
  const makeRoom = async (sizeBytes: number): Promise<void> => {
    const needed = new Set(wants.map((want) => want.sha256));
    let freeBytes = await disk.freeBytes(folder);
    for (const [sha256, size] of held) {
      if (freeBytes - sizeBytes >= RESERVE_BYTES) return;
      if (needed.has(sha256)) continue;
      held.delete(sha256);
      await rm(pathOf(sha256), { force: true });
      freeBytes += size;
    }
    if (freeBytes - sizeBytes < LEAST_FREE_BYTES) throw new Error('the disk has no room for it');
  };
  const downloads = openDownloads({ folder: parts, clock, ask, finish, makeRoom, log });
  const lacking = (): Want[] => wants.filter((want) => !held.has(want.sha256));

  return {
    pathOf,
    holding: (sha256) => (held.has(sha256) ? 'held' : damaged.has(sha256) ? 'damaged' : 'lacked'),
    body: (sha256) => readFile(pathOf(sha256)),
    want(next) {
      wants = next;
      downloads.want(lacking());
    },
    receive: (block) => downloads.receive(block),
    connected: (up) => downloads.connected(up),
    async verify(sha256s) {
      const bad: string[] = [];
      for (const sha256 of sha256s) {
        if ((await hashOfFile(pathOf(sha256))) === sha256) continue;
        held.delete(sha256);
        damaged.add(sha256);
        await rm(pathOf(sha256), { force: true });
        bad.push(sha256);
        log.error({ sha256 }, 'a file on this player is damaged and is fetched again');
      }
      if (bad.length > 0) {
        downloads.want(lacking());
        for (const sha256 of bad) changed(sha256);
      }
      return bad;
    },
    dropUnneeded() {
      const needed = new Set(wants.map((want) => want.sha256));
      let freedBytes = 0;
      for (const [sha256, size] of held) {
        if (needed.has(sha256)) continue;
        held.delete(sha256);
        rmSync(pathOf(sha256), { force: true });
        freedBytes += size;
      }
      return freedBytes;
    },
    async drop(sha256) {
      held.delete(sha256);
      await rm(pathOf(sha256), { force: true });
    },
    state() {
      const needed = wants.filter((want) => want.kind === 'rendering' && held.has(want.sha256));
      return {
        renderings: needed.length,
        sizeBytes: needed.reduce((sum, want) => sum + want.sizeBytes, 0),
        lacks: lacking()
          .filter((want) => want.kind === 'rendering')
          .map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes, heldBytes: downloads.heldBytes(sha256) })),
        bytesPerSecond: downloads.bytesPerSecond(),
      };
    },
    close: () => downloads.close(),
  };
}
