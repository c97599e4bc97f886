/** What players are told, and when: only what differs, whole after a restart, urgent things first. */

import { type Clock, systemClock } from '@tieng-loa/hub/clock.ts';
import { removeOldBodies } from '@tieng-loa/hub/players/plans.ts';
import { newId, sha256 } from '@tieng-loa/protocol/ids.ts';
import { DAY, HOUR } from '@tieng-loa/protocol/limits.ts';
import { type Pointer, pointerKind } from '@tieng-loa/protocol/plan.ts';
import { open, trustedKeys } from '@tieng-loa/protocol/seal.ts';
import { boardKind } from '@tieng-loa/protocol/urgent.ts';
import type { MqttClient } from 'mqtt';
import { afterEach, expect, test } from 'vitest';
import { type Enrolled, ears, openWorld, schedule, settled, until, type World, type WorldOptions } from './support/world.ts';

const worlds: World[] = [];
const clients: MqttClient[] = [];
let aheadMs = 0;
const clock: Clock = { ...systemClock, now: () => systemClock.now() + aheadMs };

const opened = async (options: WorldOptions = {}): Promise<World> => {
  const world = await openWorld({ clock, ...options });
  worlds.push(world);
  return world;
};
afterEach(async () => {
  for (const client of clients.splice(0)) await client.endAsync(true);
  for (const world of worlds.splice(0)) await world.close();
  aheadMs = 0;
});

const listener = async (world: World, who: Enrolled) => {
  const client = world.connect(who);
  clients.push(client);
  const heard = ears(client, { player: who.player, station: world.station });
  expect(await settled(client)).toBe('connected');
  await heard.ready;
  await until('its plan and board', () => heard.of('pointer').length > 0 && heard.of('board').length > 0);
  return heard;
};
const pointers = (world: World, heard: ReturnType<typeof ears>): Pointer[] =>
  heard.of('pointer').map((envelope) => open(pointerKind, envelope, trustedKeys(world.keys.schedule.publicKey)).document);
const bodyOf = async (world: World, pointer: Pointer) => {
  const { content } = await world.database
    .selectFrom('bodies')
    .select('content')
    .where('sha256', '=', pointer.body.sha256)
    .executeTakeFirstOrThrow();
  return JSON.parse(content) as { broadcasts: { id: string }[] };
};

test('players of the same places share one body; a change reaches only the places it is for', async () => {
  const world = await opened();
  const whos = [await world.enrolled(world.zones[0]), await world.enrolled(world.zones[0]), await world.enrolled(world.zones[1])];
  const heard = await Promise.all(whos.map((who) => listener(world, who)));
  await world.room.planner.idle();
  const before = heard.map((one) => one.of('pointer').length);
  const audio = await world.addRendering(Buffer.from('audio'));
  const broadcast = await schedule(world, audio, { kind: 'once', at: clock.now() + HOUR }, world.zones[0]);
  await until(
    'both of the place are told',
    () => heard[0]!.of('pointer').length > before[0]! && heard[1]!.of('pointer').length > before[1]!,
  );
  await world.room.planner.idle();
  const [a, b, c] = heard.map((one) => pointers(world, one).at(-1)!) as [Pointer, Pointer, Pointer];
  expect(a.body).toEqual(b.body);
  expect((await bodyOf(world, a)).broadcasts.map(({ id }) => id)).toEqual([broadcast]);
  expect(heard[2]!.of('pointer')).toHaveLength(before[2]!);
  expect(c.body.sha256).not.toBe(a.body.sha256);
  // nothing more is said where nothing has changed
  const count = heard[0]!.of('pointer').length;
  world.room.planner.nudge();
  await world.room.planner.idle();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(heard[0]!.of('pointer')).toHaveLength(count);
});

test('revisions rise, and each pointer names the one before by the hash of its signed bytes', async () => {
  const world = await opened();
  const who = await world.enrolled();
  const heard = await listener(world, who);
  const audio = await world.addRendering(Buffer.from('audio'));
  for (let at = 1; at <= 3; at += 1) {
    const count = heard.of('pointer').length;
    await schedule(world, audio, { kind: 'once', at: clock.now() + at * HOUR });
    await until('told', () => heard.of('pointer').length > count);
  }
  const said = pointers(world, heard);
  const bytes = heard.of('pointer').map(({ payload }) => sha256(Buffer.from(payload, 'base64')));
  for (let at = 1; at < said.length; at += 1) {
    expect(said[at]!.revision).toBe(said[at - 1]!.revision + 1);
    expect(said[at]!.previous).toBe(bytes[at - 1]);
  }
  const last = said.at(-1)!;
  expect([last.softExpiresAt - last.issuedAt, last.hardExpiresAt - last.issuedAt]).toEqual([7 * DAY, 45 * DAY]);
  expect(last.settings).toMatchObject({ zones: [world.zones[0]], languages: ['hmn', 'vi'], timeZone: 'Asia/Ho_Chi_Minh', volume: 60 });
});

test('after a restart everything current is there when a player connects, and nothing is told anew', async () => {
  const before = await opened();
  const who = await before.enrolled();
  const audio = await before.addRendering(Buffer.from('audio'));
  await schedule(before, audio, { kind: 'once', at: clock.now() + HOUR });
  await before.room.planner.idle();
  const told = pointers(before, await listener(before, who)).at(-1)!;
  for (const client of clients.splice(0)) await client.endAsync(true);
  worlds.splice(0);
  await before.close({ keep: true });
  const after = await opened({ folder: before.folder });
  const heard = await listener(after, who);
  await after.room.planner.idle();
  expect(pointers(after, heard)).toEqual([told]);
});

test('a pointer is sealed anew after a day, so that its expiries move on', async () => {
  const world = await opened();
  const who = await world.enrolled();
  const heard = await listener(world, who);
  const first = pointers(world, heard).at(-1)!;
  aheadMs = DAY;
  world.room.planner.nudge();
  await until('a new one', () => heard.of('pointer').length > 1);
  const second = pointers(world, heard).at(-1)!;
  expect(second.revision).toBe(first.revision + 1);
  expect(second.hardExpiresAt - first.hardExpiresAt).toBeGreaterThanOrEqual(DAY);
});

test('a press of "now" is on the board at once, with its audio within reach; its end takes it off', async () => {
  const world = await opened();
  const who = await world.enrolled();
  const heard = await listener(world, who);
  const audio = await world.addRendering(Buffer.from('audio'));
  const count = heard.of('board').length;
  const began = performance.now();
  const broadcast = await schedule(world, audio, { kind: 'now' });
  await until('the board', () => heard.of('board').length > count);
  console.info(`now: on the board at the player ${Math.round(performance.now() - began)} ms after the first row was written`);
  const board = open(boardKind, heard.of('board').at(-1)!, trustedKeys(world.keys.urgent.publicKey)).document;
  expect(board.lanes.priority.orders.map((order) => order.broadcast.id)).toEqual([broadcast]);
  // what is asked for now travels on the board alone
  await world.room.planner.idle();
  expect((await bodyOf(world, pointers(world, heard).at(-1)!)).broadcasts).toEqual([]);
  await until('it is in the ledger', async () => (await world.database.selectFrom('airings').select('id').execute()).length === 1);
  aheadMs = 12 * HOUR;
  world.room.planner.nudge();
  await until('it leaves the board', () => heard.of('board').length > count + 1);
  const after = open(boardKind, heard.of('board').at(-1)!, trustedKeys(world.keys.urgent.publicKey)).document;
  expect(after.lanes.priority).toEqual({ counter: board.lanes.priority.counter + 1, orders: [] });
  expect(after.lanes.silence.counter).toBe(board.lanes.silence.counter);
});

test('a withdrawn bulletin leaves the body, and its audio is named as what must not sound any more', async () => {
  const world = await opened();
  const who = await world.enrolled();
  const heard = await listener(world, who);
  const audio = await world.addRendering(Buffer.from('audio'));
  await schedule(world, audio, { kind: 'once', at: clock.now() + HOUR });
  await until('planned', () => heard.of('pointer').length > 1);
  await world.database.updateTable('bulletins').set({ state: 'withdrawn' }).execute();
  world.changes.tell({ subject: 'bulletins', station: world.station, id: null });
  await until('told', () => heard.of('pointer').length > 2);
  const last = pointers(world, heard).at(-1)!;
  expect(last.revoked).toEqual([audio]);
  expect((await bodyOf(world, last)).broadcasts).toEqual([]);
});

test('a setting of one player is told to that player alone', async () => {
  const world = await opened();
  const whos = [await world.enrolled(), await world.enrolled()];
  const heard = await Promise.all(whos.map((who) => listener(world, who)));
  await world.room.planner.idle();
  const [mine, others] = heard.map((one) => one.of('pointer').length) as [number, number];
  const body = { name: 'Loa', kind: 'cluster', zones: [world.zones[0]], volume: 10, loudestVolume: 20, amplifierLeadMs: 0 };
  const params = { station: world.station, player: whos[0]!.player };
  await world.room.handlers['PUT /api/stations/:station/players/:player']({ ...world.asked, params, body } as never);
  await until('told', () => heard[0]!.of('pointer').length > mine);
  await world.room.planner.idle();
  expect(pointers(world, heard[0]!).at(-1)!.settings).toMatchObject({ volume: 10, loudestVolume: 20, name: 'Loa' });
  expect(heard[1]!.of('pointer')).toHaveLength(others);
});

test('bodies that no pointer names are removed, the others stay', async () => {
  const world = await opened();
  await world.enrolled();
  const audio = await world.addRendering(Buffer.from('audio'));
  await world.room.planner.idle();
  await schedule(world, audio, { kind: 'once', at: clock.now() + HOUR });
  await world.room.planner.idle();
  const names = async (): Promise<string[]> =>
    (await world.database.selectFrom('bodies').select('sha256').execute()).map((row) => row.sha256);
  expect(await names()).toHaveLength(2);
  expect(await removeOldBodies(world.database, clock)).toBe(0);
  aheadMs = 2 * DAY;
  expect(await removeOldBodies(world.database, clock)).toBe(1);
  const { body } = await world.database.selectFrom('pointers').select('body').executeTakeFirstOrThrow();
  expect(await names()).toEqual([body]);
});

test('a thousand players in twenty places are told a change within seconds, and a press of "now" does not wait for them', async () => {
  const world = await opened();
  const { database, station } = world;
  const zones = Array.from({ length: 20 }, () => newId());
  const place = { station, name: 'Bản', kind: 'village' as const, languages: '["hmn","vi"]', quietHours: null };
  await database
    .insertInto('zones')
    .values(zones.map((id) => ({ ...place, id })))
    .execute();
  const ids = Array.from({ length: 1000 }, () => newId());
  const common = {
    station,
    kind: 'cluster' as const,
    volume: 60,
    loudestVolume: 80,
    amplifierLeadMs: 0,
    certificate: 'none',
    codeTries: 0,
  };
  for (let at = 0; at < ids.length; at += 500) {
    const some = ids.slice(at, at + 500);
    await database
      .insertInto('players')
      .values(some.map((id) => ({ ...common, id, name: id, createdAt: 0 })))
      .execute();
    await database
      .insertInto('playerZones')
      .values(some.map((player, index) => ({ player, zone: zones[index % 20]!, position: 0 })))
      .execute();
  }
  const who = await world.enrolled();
  const heard = await listener(world, who);
  await world.room.planner.idle();
  const audio = await world.addRendering(Buffer.from('audio'));
  const weekly = { kind: 'weekly' as const, weekdays: [1, 2, 3, 4, 5, 6, 7], times: ['06:00', '17:30'], from: '2026-01-01', until: null };
  for (let at = 0; at < 30; at += 1) await schedule(world, audio, weekly, zones[at % 20]);
  await world.room.planner.idle();
  const told = async (): Promise<number> => {
    const { sum } = await database
      .selectFrom('pointers')
      .select((row) => row.fn.sum<number>('revision').as('sum'))
      .executeTakeFirstOrThrow();
    return Number(sum);
  };
  const before = await told();
  // a new quiet time of every place is told to every player
  await database.updateTable('zones').set({ quietHours: '{"from":"21:00","to":"05:30"}' }).execute();
  const began = performance.now();
  world.changes.tell({ subject: 'zones', station, id: null });
  const boards = heard.of('board').length;
  await new Promise((resolve) => setTimeout(resolve, 100));
  const pressed = performance.now();
  await schedule(world, audio, { kind: 'now' });
  await until('the board', () => heard.of('board').length > boards, 20_000);
  const boardMs = performance.now() - pressed;
  await world.room.planner.idle();
  const allMs = performance.now() - began;
  console.info(
    `1001 players: all told in ${Math.round(allMs)} ms; a press of "now" meanwhile on the board after ${Math.round(boardMs)} ms`,
  );
  expect((await told()) - before).toBeGreaterThanOrEqual(1001);
  expect(allMs).toBeLessThan(20_000);
  expect(boardMs).toBeLessThan(5_000);
}, 60_000);
