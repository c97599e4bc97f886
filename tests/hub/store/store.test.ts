import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeExpired } from '@tieng-loa/hub/housekeeping.ts';
import { KEEP_MS, REVOKED_MS } from '@tieng-loa/hub/limits.ts';
import { recordDeed } from '@tieng-loa/hub/people/audit.ts';
import { openDatabase } from '@tieng-loa/hub/store/database.ts';
import { hubAddress, keepHubAddress } from '@tieng-loa/hub/store/facts.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { handClock } from '../clock.ts';
import { thingsIn } from '../http/things.ts';
import { onEachStore } from '../stores.ts';

onEachStore('the store', (store) => {
  /** @returns a player that was revoked at an instant and has left its last word. */
  async function revoked(revokedAt: number): Promise<string> {
    const { player } = await thingsIn(store(), newId());
    await store().updateTable('players').set({ revokedAt }).where('id', '=', player!).execute();
    await store().insertInto('statuses').values({ player: player!, online: 0, boot: newId(), seenAt: 0, since: 0 }).execute();
    return player!;
  }

  test('instants come back as the numbers they went in as', async () => {
    const id = newId();
    const createdAt = Date.UTC(9999, 11, 31);
    await store().insertInto('stations').values({ id, name: 'Đồn “Na Cô Sa” 🔊', timeZone: 'x', createdAt }).execute();
    expect(await store().selectFrom('stations').selectAll().where('id', '=', id).executeTakeFirst()).toEqual({
      id,
      name: 'Đồn “Na Cô Sa” 🔊',
      timeZone: 'x',
      createdAt,
    });
  });

  test('a transaction that fails leaves nothing', async () => {
    const id = newId();
    const failing = store()
      .transaction()
      .execute(async (transaction) => {
        await transaction.insertInto('stations').values({ id, name: 'x', timeZone: 'x', createdAt: 0 }).execute();
        throw new Error('power');
      });
    await expect(failing).rejects.toThrow('power');
    expect(await store().selectFrom('stations').select('id').where('id', '=', id).execute()).toEqual([]);
  });

  test('many transactions at once all happen, each whole', async () => {
    await keepHubAddress(store(), '0');
    const add = () =>
      store()
        .transaction()
        .execute(async (transaction) => {
          await sql`update facts set value = cast(cast(value as integer) + 1 as text) where name = 'hub.address'`.execute(transaction);
        });
    await Promise.all(Array.from({ length: 50 }, add));
    expect(await hubAddress(store())).toBe('50');
  });

  test('the audit log counts its rows in the order of the deeds', async () => {
    for (const action of ['a', 'b', 'c']) await recordDeed(store(), { at: 1, person: null, station: null, action, facts: {} });
    const rows = await store().selectFrom('audit').select(['id', 'action']).orderBy('id', 'desc').limit(3).execute();
    expect(rows.map((row) => row.action)).toEqual(['c', 'b', 'a']);
  });

  test('what nobody needs any more is removed, what is in force stays, and the audit log is never touched', async () => {
    const clock = handClock();
    const link = (expiresAt: number) => ({ id: newId(), person: null, purpose: 'invite' as const, expiresAt, usedAt: null });
    const [gone, stays] = [link(clock.now() - 1), link(clock.now() + 1)];
    await store().insertInto('links').values([gone, stays]).execute();
    const airing = (plannedAt: number) => ({
      id: newId(),
      station: newId(),
      broadcast: newId(),
      title: 'x',
      class: 'routine' as const,
      plannedAt,
      durationMs: 1,
      player: newId(),
      zone: newId(),
      languages: '[]',
      parts: '[]',
      missingLanguages: '[]',
    });
    const [old, recent] = [airing(clock.now() - KEEP_MS - 1), airing(clock.now() - KEEP_MS + 1)];
    await store().insertInto('airings').values([old, recent]).execute();
    const [lately, longAgo] = [await revoked(clock.now() - REVOKED_MS + 1), await revoked(clock.now() - REVOKED_MS - 1)];
    const deeds = await store().selectFrom('audit').select('id').execute();
    await removeExpired(store(), clock);
    expect(await store().selectFrom('links').select('id').execute()).toEqual([{ id: stays.id }]);
    expect(await store().selectFrom('airings').select('id').execute()).toEqual([{ id: recent.id }]);
    const words = await store().selectFrom('statuses').select('player').where('player', 'in', [lately, longAgo]).execute();
    expect(words).toEqual([{ player: lately }]);
    expect(await store().selectFrom('audit').select('id').execute()).toEqual(deeds);
  });
});

test('SQLite refuses values that it would bind wrongly in silence', async () => {
  const database = await openDatabase({ kind: 'sqlite', path: ':memory:' });
  const insert = (createdAt: unknown) =>
    database
      .insertInto('stations')
      .values({ id: newId(), name: 'x', timeZone: 'x', createdAt: createdAt as number })
      .execute();
  await expect(insert(new Date())).rejects.toThrow('cannot bind a Date');
  await expect(insert(true)).rejects.toThrow('cannot bind a Boolean');
  await database.destroy();
});

test('a store that is opened again keeps its rows and migrates nothing twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tl-store-'));
  const place = { kind: 'sqlite', path: join(folder, 'hub.sqlite') } as const;
  const first = await openDatabase(place);
  await keepHubAddress(first, 'http://127.0.0.1:1');
  await first.destroy();
  const again = await openDatabase(place);
  expect(await hubAddress(again)).toBe('http://127.0.0.1:1');
  const { rows } = await sql`pragma synchronous`.execute(again);
  expect(rows).toEqual([{ synchronous: 2 }]);
  await again.destroy();
  await rm(folder, { recursive: true });
});

test('a disk that is full under way is what is told of, not that there was nothing left to undo', async () => {
  const database = await openDatabase({ kind: 'sqlite', path: ':memory:' });
  const failing = database.transaction().execute(async (transaction) => {
    // as SQLite does by itself where a write finds no room
    await sql`rollback`.execute(transaction);
    throw new Error('database or disk is full');
  });
  await expect(failing).rejects.toThrow('database or disk is full');
  await database.transaction().execute((transaction) => sql`select 1`.execute(transaction));
  await database.destroy();
});
