/** Sees what a run of the tests left behind: each of its programs carries the run's own temporary folder in its environment. */
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Ground {
  /** every temporary file of the run lies here */
  folder: string;
  /** @returns one line for each process and file that is still there */
  leftovers(): string[];
  /** ends those processes and removes the folder */
  clear(): void;
}

/** Makes the run's folder and points TMPDIR at it, for this process and all that it starts. */
export async function openGround(env: NodeJS.ProcessEnv): Promise<Ground> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tl-')));
  await chmod(folder, 0o711); // PostgreSQL runs as another user inside
  env.TMPDIR = folder;
  return {
    folder,
    leftovers: () => [
      ...processesWith(`TMPDIR=${folder}`).map(({ pid, command }) => `process ${pid}: ${command}`),
      ...readdirSync(folder).map((name) => `file: ${join(folder, name)}`),
    ],
    clear() {
      for (const { pid } of processesWith(`TMPDIR=${folder}`)) process.kill(pid, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Processes other than this one whose environment holds an entry. Linux only; elsewhere none are seen. */
function processesWith(entry: string): { pid: number; command: string }[] {
  return read(() => readdirSync('/proc'), [])
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) =>
      read(() => readFileSync(`/proc/${pid}/environ`, 'latin1'), '')
        .split('\0')
        .includes(entry),
    )
    .map((pid) => ({ pid: Number(pid), command: read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'), '').replaceAll('\0', ' ') }));
}

/** A process may end between two looks. */
function read<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
