/** The two stores of the hub, so that each test that touches rows runs on both. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '@tieng-loa/hub/store/database.ts';
import { afterAll, beforeAll, describe } from 'vitest';
import { startPostgres } from '../support/postgres.ts';

export interface OpenStore {
  database: Database;
  close(): Promise<void>;
}
export const STORES = ['sqlite', 'postgres'] as const;

/** @returns an empty, migrated store. */
export async function openStore(kind: (typeof STORES)[number]): Promise<OpenStore> {
  if (kind === 'postgres') {
    const postgres = await startPostgres();
    const database = await openDatabase({ kind, url: postgres.url });
    return { database, close: () => database.destroy().then(postgres.close) };
  }
  const folder = await mkdtemp(join(tmpdir(), 'tl-store-'));
  const database = await openDatabase({ kind, path: join(folder, 'hub.sqlite') });
  return { database, close: () => database.destroy().then(() => rm(folder, { recursive: true })) };
}

/** Describes the same behaviour on both stores; `store()` is the one under test. */
export function onEachStore(name: string, tests: (store: () => Database) => void): void {
  describe.each(STORES)(`${name} on %s`, (kind) => {
    let open: OpenStore;
    beforeAll(async () => {
      open = await openStore(kind);
    });
    afterAll(() => open.close());
    tests(() => open.database);
  });
}
