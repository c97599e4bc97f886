/** The player's disk: a file is replaced whole (aside, fsync, rename, fsync of the folder), so that a power cut leaves the old or the new. */
import { mkdir, open, rename, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface Disk {
  /** whether what was written survives a power cut; a simulated fleet may do without */
  readonly durable: boolean;
  /** writes a file whole. `mode` 0o600 for keys */
  replace(path: string, bytes: string | Uint8Array, mode?: number): Promise<void>;
  /** puts a finished `part` in its place */
  settle(part: string, path: string): Promise<void>;
  freeBytes(folder: string): Promise<number>;
}

/** SQLite's words for it: SQLITE_FULL, and SQLITE_IOERR where the file system says it late. */
const SQLITE_FULL = 13;
const SQLITE_IOERR = 10;

/** @returns whether something failed because the disk has no room left. */
export function isFull(error: unknown): boolean {
  const { code, errcode } = error as { code?: string; errcode?: number };
  if (code === 'ENOSPC' || code === 'EDQUOT') return true;
  return errcode !== undefined && [SQLITE_FULL, SQLITE_IOERR].includes(errcode & 0xff);
}

/** @returns the disk of this machine; with `durable: false` it does not wait for the platter. */
export function localDisk({ durable = true } = {}): Disk {
  const sync = async (path: string, flags: string): Promise<void> => {
    if (!durable) return;
    const handle = await open(path, flags);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  };
  const settle = async (part: string, path: string): Promise<void> => {
    await sync(part, 'r+');
    await rename(part, path);
    await sync(dirname(path), 'r');
  };
  return {
    durable,
    settle,
    async replace(path, bytes, mode = 0o640) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const part = `${path}.part`;
      const handle = await open(part, 'w', mode);
      try {
        await handle.writeFile(bytes);
      } finally {
        await handle.close();
      }
      await settle(part, path);
    },
    async freeBytes(folder) {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
  };
}
