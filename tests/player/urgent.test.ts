import { newId } from '@tieng-loa/protocol/ids.ts';
import { MINUTE, SECOND } from '@tieng-loa/protocol/limits.ts';
import type { PlannedBroadcast } from '@tieng-loa/protocol/plan.ts';
import type { Order, Silence } from '@tieng-loa/protocol/urgent.ts';
import { expect, test } from 'vitest';
import { approvalOf, type Bulletin, broadcastOf, bulletinOf, soundOf } from './support/bodies.ts';
import { playerWorld, type World } from './support/world.ts';

const six = Date.parse('2026-11-24T06:00:00+07:00');
const order = (bulletin: Bulletin, at: number, change: Partial<PlannedBroadcast> = {}): Order => ({
  id: newId(),
  broadcast: broadcastOf([bulletin], [at], { class: 'emergency', ...change }),
  renderings: bulletin.parts.map(({ sound }) => sound.rendering),
  approvals: [approvalOf(bulletin)],
  zones: null,
  issuedAt: at,
  expiresAt: at + 30 * MINUTE,
});
const silence = (broadcast: string, at: number): Silence => ({
  id: newId(),
  broadcast,
  plannedAt: null,
  zones: null,
  issuedAt: at,
  expiresAt: at + 10 * MINUTE,
});
/** A player on which a long routine bulletin sounds, and which holds an emergency in two tongues. */
async function sounding(): Promise<{ world: World; long: PlannedBroadcast; template: Bulletin }> {
  const world = await playerWorld(six - MINUTE);
  const news = bulletinOf({ vi: soundOf(10 * MINUTE) });
  const template = bulletinOf({ vi: soundOf(20 * SECOND), hmn: soundOf(20 * SECOND) });
  const long = broadcastOf([news], [six]);
  await world.planned([news, template], [long, broadcastOf([template], [], { class: 'emergency' })]);
  await world.clock.passTo(six + 30 * SECOND);
  expect(world.heard).toHaveLength(1);
  return { world, long, template };
}

test('an emergency takes the place of what sounds at once, without waiting for an amplifier that is on', async () => {
  const { world, template } = await sounding();
  const { desk, clock, heard } = world;
  const pressedAt = clock.now();
  await desk.board({ emergency: { counter: 1, orders: [order(template, pressedAt)] } });
  await world.until(() => heard.length > 1);
  expect(heard[1]!.at - pressedAt).toBeLessThan(200);
  await clock.pass(MINUTE);
  await world.until(() => desk.reports.length === 2);
  expect(desk.reports.map(({ class: kind, result, reason }) => `${kind} ${result} ${reason}`)).toEqual([
    'routine overridden outranked',
    'emergency aired null',
  ]);
  expect(desk.reports[0]!.parts).toMatchObject([{ language: 'vi', startedAt: six, whole: false }]);
});

test('a stop silences at once, what was stopped does not come back, and a restart does not wake it', async () => {
  const { world, long } = await sounding();
  const { desk, clock } = world;
  const stoppedAt = clock.now();
  await desk.board({ silence: { counter: 1, orders: [silence(long.id, stoppedAt)] } });
  await world.until(() => desk.reports.length === 1);
  expect(desk.reports[0]).toMatchObject({ result: 'stopped', reason: 'stopped' });
  expect(desk.reports[0]!.endedAt - stoppedAt).toBeLessThan(200);
  await world.restart();
  await clock.pass(10 * MINUTE);
  expect(world.heard).toHaveLength(1);
  expect(desk.reports).toHaveLength(1);
});

test('a board that is played back does nothing', async () => {
  const { world, template } = await sounding();
  const { desk, clock } = world;
  const old = await desk.board({ emergency: { counter: 1, orders: [order(template, clock.now())] } });
  await clock.pass(MINUTE);
  await desk.board({ emergency: { counter: 2, orders: [] } });
  await clock.pass(SECOND);
  await desk.board(old.lanes, old.issuedAt);
  await world.until(() => desk.statuses.at(-1)!.refusals.length > 0);
  expect(desk.statuses.at(-1)!.refusals).toMatchObject([{ document: 'board', refusal: 'ROLLBACK' }]);
  await clock.pass(MINUTE);
  // the long one once, and each tongue of the emergency once with the pause between
  expect(world.heard).toHaveLength(4);
});

test('an emergency whose audio is not here is fetched before everything and airs the tongue that comes', async () => {
  const { world } = await sounding();
  const { desk, clock } = world;
  const fresh = bulletinOf({ vi: soundOf(20 * SECOND), hmn: soundOf(20 * SECOND) });
  const vi = fresh.parts[0]!.sound;
  desk.files.set(vi.rendering.sha256, vi.bytes);
  await desk.board({ emergency: { counter: 1, orders: [order(fresh, clock.now())] } });
  await world.until(() => world.heard.length > 1);
  expect(world.heard[1]!.what).toBe(vi.rendering.sha256);
  await clock.pass(MINUTE);
  await world.until(() => desk.reports.length === 2);
  expect(desk.reports[1]).toMatchObject({ result: 'aired', reason: 'not-held', missingLanguages: ['hmn'], lackedBytes: 40_000 });
});

test('an order for another village is not heard here', async () => {
  const { world, template } = await sounding();
  await world.desk.board({ emergency: { counter: 1, orders: [{ ...order(template, world.clock.now()), zones: [newId()] }] } });
  await world.clock.pass(MINUTE);
  expect(world.heard).toHaveLength(1);
});

test('a stop of an emergency is reported as stopped although another emergency waits for its turn', async () => {
  const { world, template } = await sounding();
  const { desk, clock, heard } = world;
  const [first, second] = [order(template, clock.now()), order(template, clock.now() + 1)];
  await desk.board({ emergency: { counter: 1, orders: [first, second] } });
  await world.until(() => heard.length > 1);
  await clock.pass(2 * SECOND);
  await desk.board({ silence: { counter: 1, orders: [silence(first.broadcast.id, clock.now())] } });
  await world.until(() => desk.reports.length === 2);
  expect(desk.reports[1]).toMatchObject({ broadcast: first.broadcast.id, result: 'stopped', reason: 'stopped' });
  await clock.pass(MINUTE);
  await world.until(() => desk.reports.length === 3);
  expect(desk.reports[2]).toMatchObject({ broadcast: second.broadcast.id, result: 'aired' });
});
