import { airingId, newId } from '@tieng-loa/protocol/ids.ts';
import type { Result } from '@tieng-loa/protocol/report.ts';
import { checked } from '@tieng-loa/protocol/strict.ts';
import type { Airing } from '@tieng-loa/protocol/views.ts';
import { Airing as AiringSchema } from '@tieng-loa/protocol/views.ts';
import { expect, test } from 'vitest';
import { listAirings } from '../../../hub/broadcasts/airings.ts';
import { scheduleBroadcast, stopBroadcast } from '../../../hub/broadcasts/commands.ts';
import { gatherFacts } from '../../../hub/broadcasts/facts.ts';
import { recordDue, recordDueUntil } from '../../../hub/broadcasts/ledger.ts';
import { plannedFor } from '../../../hub/schedule/plan-for.ts';
import { local } from '../schedule/commune.ts';
import { onBothDatabases, type Town } from './town.ts';

const at0600 = local('2026-11-25 06:00');
const BODY = 'b'.repeat(64);

async function scheduled(town: Town, change: { bulletin?: string; zones?: string[]; now?: boolean } = {}): Promise<string> {
  const id = newId();
  const programme = await town.programme(change.bulletin ?? (await town.bulletin()));
  const weekly = { kind: 'weekly' as const, weekdays: [1, 2, 3, 4, 5, 6, 7], times: ['06:00'], from: '2026-11-24', until: null };
  const when = change.now ? { kind: 'now' as const } : weekly;
  const wish = { programme, class: 'routine' as const, when, zones: change.zones ?? [town.village] };
  await scheduleBroadcast(town.room, { station: town.station, id, by: town.editor, wish });
  return id;
}
const day = async (town: Town, change: object = {}): Promise<Airing[]> => {
  const span = { from: local('2026-11-25 00:00'), to: local('2026-11-26 00:00') };
  return await listAirings(town.database, { station: town.station, ...span, ...change, now: town.time.now });
};
const only = async (town: Town): Promise<Airing> => {
  const airings = await day(town);
  expect(airings).toHaveLength(1);
  return checked(AiringSchema, airings[0]);
};
async function record(town: Town): Promise<number> {
  return await recordDueUntil(town.database, await gatherFacts(town.database, town.station, town.time.now), town.time.now);
}
async function report(town: Town, id: string, result: Result): Promise<void> {
  const known = { result, startedAt: at0600 + 12, endedAt: at0600 + 120_000, latenessMs: 12, reportedAt: at0600 + 121_000 };
  await town.database.updateTable('airings').set(known).where('id', '=', id).execute();
}
/** tells the player its newest plan, and it says that it follows it */
async function follow(town: Town, change: Parameters<Town['say']>[1] = {}): Promise<void> {
  const pointer = { player: town.player, revision: 1, sha256: '', facts: '', envelope: '', body: BODY, issuedAt: 0 };
  await town.database.deleteFrom('pointers').where('player', '=', town.player).execute();
  await town.database.insertInto('pointers').values(pointer).execute();
  await town.say(town.player, { plan: { revision: 1, body: BODY, hardExpiresAt: local('2027-01-01 00:00') }, ...change });
}
const needed = async (town: Town): Promise<{ sha256: string; sizeBytes: number }[]> => {
  const facts = await gatherFacts(town.database, town.station, town.time.now);
  return plannedFor(facts, { from: at0600, to: at0600 + 1 })[0]!.renderings;
};

onBothDatabases('the ledger', (at) => {
  test('what is to come is derived: at each player of its places, by the id that the player derives too', async () => {
    const town = at();
    const broadcast = await scheduled(town);
    expect(await only(town)).toMatchObject({
      id: airingId({ broadcast, plannedAt: at0600, player: town.player, repeat: 0 }),
      broadcast,
      plannedAt: at0600,
      durationMs: 126_700,
      player: { id: town.player, name: 'Cụm loa' },
      zone: { id: town.village, name: 'Bản Huổi Lụ' },
      languages: ['hmn', 'vi'],
      state: 'planned',
      held: null,
    });
  });

  test('a player in two places airs once, in the first of its places that the broadcast is for', async () => {
    const town = at();
    await town.addPlayer([town.market, town.village], { name: 'Loa kéo' });
    await scheduled(town, { zones: [town.village, town.market] });
    const airings = await day(town);
    expect(airings.map(({ player, zone }) => `${player.name}: ${zone.name}`).sort()).toEqual(['Cụm loa: Bản Huổi Lụ', 'Loa kéo: Chợ']);
    expect(await day(town, { broadcast: newId() })).toEqual([]);
  });

  test('slots without a player and revoked ones are expected to air nothing', async () => {
    const town = at();
    await town.addPlayer([town.village], { certificate: null });
    await town.addPlayer([town.village], { revokedAt: 1 });
    await scheduled(town);
    expect(await day(town)).toHaveLength(1);
  });

  test('an airing is ready once the player follows the newest plan and holds all that it needs there', async () => {
    const town = at();
    await scheduled(town);
    const [first, second] = await needed(town);
    await follow(town, {
      lacks: [
        { sha256: 'f'.repeat(64), sizeBytes: 1000, heldBytes: 0 },
        { sha256: first!.sha256, sizeBytes: first!.sizeBytes, heldBytes: first!.sizeBytes - 4000 },
      ],
      lacksCount: 2,
      bytesPerSecond: 1000,
    });
    const total = first!.sizeBytes + second!.sizeBytes;
    expect(await only(town)).toMatchObject({
      state: 'planned',
      held: { heldBytes: total - 4000, totalBytes: total, readyAt: town.time.now + 5000 },
    });
    await follow(town);
    expect(await only(town)).toMatchObject({ state: 'ready', held: { heldBytes: total, totalBytes: total, readyAt: null } });
    await follow(town, { speaker: 'failed' });
    expect((await only(town)).state).toBe('planned');
    await follow(town, { plan: { revision: 1, body: BODY, hardExpiresAt: at0600 - 1 } });
    expect((await only(town)).state).toBe('planned');
    await follow(town, { plan: { revision: 1, body: 'c'.repeat(64), hardExpiresAt: at0600 * 2 } });
    expect(await only(town)).toMatchObject({ state: 'planned', held: null });
  });

  test('on air by the player’s word, with how far it is; then aired, late by so much', async () => {
    const town = at();
    await scheduled(town);
    town.time.now = at0600 + 30_000;
    expect(await record(town)).toBe(1);
    const { id, broadcast } = await only(town);
    const onAir = {
      airing: id,
      broadcast,
      class: 'routine',
      plannedAt: at0600,
      startedAt: at0600,
      language: 'hmn',
      elapsedMs: 30_000,
      totalMs: 126_700,
    } as const;
    await town.say(town.player, { onAir });
    expect(await only(town)).toMatchObject({
      state: 'on-air',
      onAir: { elapsedMs: 30_000, totalMs: 126_700, language: 'hmn', at: town.time.now },
    });
    await report(town, id, 'aired');
    expect(await only(town)).toMatchObject({ state: 'aired', result: 'aired', latenessMs: 12, onAir: null });
  });

  test.each([
    ['aired', 'aired'],
    ['overridden', 'overridden'],
    ['stopped', 'stopped'],
    ['cut', 'stopped'],
    ['missed', 'missed'],
  ] as const)('a report of %s is shown as %s', async (result, state) => {
    const town = at();
    await scheduled(town);
    town.time.now = at0600;
    await record(town);
    town.time.now = at0600 + 200_000;
    await report(town, (await only(town)).id, result);
    expect(await only(town)).toMatchObject({ state, result });
  });

  test('an airing of which nobody has heard is unknown, once all its time is over', async () => {
    const town = at();
    await scheduled(town);
    town.time.now = at0600 + 60_000;
    await record(town);
    expect((await only(town)).state).toBe('planned');
    town.time.now = at0600 + 300_000 + 126_700 + 120_001;
    expect((await only(town)).state).toBe('unknown');
    town.time.now = at0600 + 5 * 86_400_000;
    expect((await only(town)).state).toBe('unknown');
  });

  test('what was not approved in time is missed, and says so; before its time it says what it waits for', async () => {
    const town = at();
    await scheduled(town, { bulletin: await town.bulletin({ approved: false }) });
    expect(await only(town)).toMatchObject({ state: 'planned', reason: 'not-approved' });
    town.time.now = at0600 + 1;
    await record(town);
    expect(await only(town)).toMatchObject({ state: 'missed', result: 'missed', reason: 'not-approved' });
  });

  test('what was called off beforehand stands as stopped by a person', async () => {
    const town = at();
    await stopBroadcast(town.room, await scheduled(town), at0600, town.editor.id);
    expect(await only(town)).toMatchObject({ state: 'stopped', reason: 'stopped' });
    town.time.now = at0600 + 1;
    await record(town);
    expect(await only(town)).toMatchObject({ state: 'missed', reason: 'stopped' });
  });

  test('recorded once, however often it is looked at, and never over a report', async () => {
    const town = at();
    await scheduled(town);
    const facts = await gatherFacts(town.database, town.station, town.time.now);
    const span = { from: at0600, to: at0600 + 1 };
    expect(await recordDue(town.database, facts, span)).toBe(1);
    await report(town, (await only(town)).id, 'aired');
    expect(await recordDue(town.database, facts, span)).toBe(0);
    expect((await only(town)).state).toBe('aired');
  });

  test('after a stop of the hub, what was due meanwhile is written down', async () => {
    const town = at();
    await scheduled(town);
    await record(town);
    town.time.now = local('2026-11-28 12:00');
    expect(await record(town)).toBe(4);
    expect(await record(town)).toBe(0);
  });

  test('a press of now stands in the ledger at once, also where it was stored while the last round ran', async () => {
    const town = at();
    town.time.now = at0600;
    await scheduled(town, { now: true });
    town.time.now += 100;
    expect((await only(town)).plannedAt).toBe(at0600);
    await town.database
      .insertInto('facts')
      .values({ name: `ledger.recorded-until.${town.station}`, value: String(town.time.now) })
      .execute();
    expect(await record(town)).toBe(1);
    expect((await only(town)).state).toBe('planned');
  });

  test('a player that has not spoken since a press of now is not called ready for it', async () => {
    const town = at();
    town.time.now = at0600 - 1;
    await follow(town);
    town.time.now = at0600;
    await scheduled(town, { now: true });
    expect(await only(town)).toMatchObject({ state: 'planned', held: null });
    town.time.now += 50;
    await follow(town);
    expect((await only(town)).state).toBe('ready');
  });

  test('a player enrolled afterwards did not miss what was before it', async () => {
    const town = at();
    await scheduled(town);
    await record(town);
    town.time.now = at0600 + 3_600_000;
    await record(town);
    await town.addPlayer([town.village]);
    expect(await day(town)).toHaveLength(1);
  });

  test('a revoked player keeps its name in the ledger', async () => {
    const town = at();
    await scheduled(town);
    town.time.now = at0600 + 1;
    await record(town);
    await town.database.updateTable('players').set({ revokedAt: town.time.now }).where('id', '=', town.player).execute();
    expect((await only(town)).player).toEqual({ id: town.player, name: 'Cụm loa' });
  });

  test('the ledger answers for a week at most', async () => {
    const town = at();
    await expect(day(town, { to: local('2026-12-03 00:01') })).rejects.toMatchObject({ code: 'bad-input', facts: { field: 'to' } });
    await expect(day(town, { to: 0 })).rejects.toMatchObject({ code: 'bad-input' });
  });
});
