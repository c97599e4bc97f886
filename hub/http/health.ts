/** Health for a supervisor: `/healthz` says that the process lives, `/readyz` that it can do its work. */
import { statfs } from 'node:fs/promises';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import { DISK_FREE_BYTES, HEALTH_MS } from '../limits.ts';
import type { Database } from '../store/database.ts';

/** What must hold for the hub to do its work, by name. */
export type Checks = Readonly<Record<string, () => boolean | Promise<boolean>>>;

/** @returns whether the store answers. */
export const storeAnswers = (database: Database) => async (): Promise<boolean> => {
  await sql`select 1`.execute(database);
  return true;
};

/** @returns whether the folder's disk has room for another upload. */
export const diskHasRoom = (folder: string) => async (): Promise<boolean> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize > DISK_FREE_BYTES;
};

/** Adds both addresses. */
export function addHealth(app: FastifyInstance, checks: Checks, clock: Clock): void {
  app.get('/healthz', async () => ({ alive: true }));
  app.get('/readyz', async () => {
    const names = Object.keys(checks);
    const held = await Promise.all(names.map((name) => inTime(checks[name]!, clock)));
    const failing = names.filter((_, index) => !held[index]);
    if (failing.length > 0) throw new Problem('not-ready', { what: failing.join(', ') });
    return { ready: true, checked: names };
  });
}

/** A check that fails or hangs is one that does not hold. */
async function inTime(check: Checks[string], clock: Clock): Promise<boolean> {
  let cancel = (): void => {};
  const late = new Promise<boolean>((resolve) => {
    cancel = clock.after(HEALTH_MS, () => resolve(false));
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    cancel();
  }
}
