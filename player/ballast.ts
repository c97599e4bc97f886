/** A file of no use but its size, given up when the disk is full: what began, what ended and what was ordered can still be written down. */
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Disk, isFull } from './disk.ts';
import { BALLAST_BYTES, BALLAST_ROOM_BYTES } from './limits.ts';
import type { Logger } from './log.ts';

export interface Ballast {
  /** throws away what can be spared; @returns whether that gave room */
  give(): boolean;
  /** does `act`; on a full disk gives room and does it again. @throws what `act` threw last, once there is nothing left to give */
  withRoom<T>(act: () => T): T;
  /** lays it down, or down again, where there is room */
  lay(freeBytes: number): void;
  /** what can be thrown away before the ballast; `drop` returns how many bytes it freed */
  spare(drop: () => number): void;
}

export function openBallast(folder: string, log: Logger): Ballast {
  const path = join(folder, 'ballast');
  let drop = (): number => 0;
  const give = (): boolean => {
    if (drop() > 0) return true;
    if (!existsSync(path)) return false;
    rmSync(path, { force: true });
    log.error({ folder }, 'the disk is full: its reserve is given up');
    return true;
  };
  return {
    give,
    withRoom(act) {
      for (;;) {
        try {
          return act();
        } catch (error) {
          if (!isFull(error) || !give()) throw error;
        }
      }
    },
    lay(freeBytes) {
      if (freeBytes < BALLAST_ROOM_BYTES || existsSync(path)) return;
      try {
        // bytes that no file system can compress
        writeFileSync(path, randomBytes(BALLAST_BYTES), { mode: 0o600 });
      } catch (error) {
        rmSync(path, { force: true });
        log.warn({ error }, 'the disk has no room for its reserve');
      }
    },
    spare(next) {
      drop = next;
    },
  };
}

/** @returns the disk, which on a full one gives room before a whole file fails. */
export const diskWithBallast = (disk: Disk, ballast: Pick<Ballast, 'give'>): Disk => ({
  ...disk,
  async replace(path, bytes, mode) {
    for (;;) {
      try {
        await disk.replace(path, bytes, mode);
        return;
      } catch (error) {
        if (!isFull(error) || !ballast.give()) throw error;
      }
    }
  },
});
