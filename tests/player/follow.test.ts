import { readFile, writeFile } from 'node:fs/promises';
import { DAY, MINUTE, SECOND } from '@tieng-loa/protocol/limits.ts';
import { pointerKind } from '@tieng-loa/protocol/plan.ts';
import { newSigningKey, seal } from '@tieng-loa/protocol/seal.ts';
import { expect, test } from 'vitest';
import { bodyOf, broadcastOf, bulletinOf, soundOf } from './support/bodies.ts';
import { SETTINGS } from './support/desk.ts';
import { playerWorld } from './support/world.ts';

const six = Date.parse('2026-11-24T06:00:00+07:00');

test('a plan that is refused is named in the status, and the last good one is aired', async () => {
  const world = await playerWorld(six - 5 * MINUTE);
  const { desk, clock } = world;
  const bulletin = bulletinOf({ vi: soundOf(10 * SECOND) });
  await world.planned([bulletin], [broadcastOf([bulletin], [six])]);
  const pointer = await desk.plan(bodyOf(desk.identity.station, [], []), { revision: 1, settings: { ...SETTINGS, volume: 1 } });
  await desk.publish('pointer', seal(pointerKind, { ...pointer, revision: 99 }, newSigningKey().key));
  await world.until(() => desk.statuses.at(-1)!.refusals.length === 2);
  expect(desk.statuses.at(-1)!.refusals.map(({ refusal }) => refusal)).toEqual(['FORK', 'SIGNATURE']);
  expect(desk.statuses.at(-1)!.plan!.revision).toBe(1);
  await clock.passTo(six + MINUTE);
  await world.until(() => desk.reports.length === 1);
  expect(desk.reports[0]).toMatchObject({ result: 'aired', volume: 80 });
});

test('a plan whose body does not come is not followed, not even its settings', async () => {
  const world = await playerWorld(six - 5 * MINUTE);
  const { desk, clock } = world;
  const bulletin = bulletinOf({ vi: soundOf(10 * SECOND) });
  await world.planned([bulletin], [broadcastOf([bulletin], [six])]);
  desk.answers.blocks = false;
  await desk.plan(bodyOf(desk.identity.station, [], []), { settings: { ...SETTINGS, volume: 1 } });
  await clock.passTo(six + MINUTE);
  await world.until(() => desk.reports.length === 1);
  expect(desk.reports[0]).toMatchObject({ result: 'aired', volume: 80 });
  expect(desk.statuses.at(-1)!.plan!.revision).toBe(1);
});

test('a plan that was changed on the disk is not followed', async () => {
  const world = await playerWorld(six - 5 * MINUTE);
  const bulletin = bulletinOf({ vi: soundOf(10 * SECOND) });
  await world.planned([bulletin], [broadcastOf([bulletin], [six])]);
  world.desk.away();
  await world.player.close();
  const path = `${world.folder}/${world.desk.identity.player}/plan.json`;
  await writeFile(path, (await readFile(path, 'utf8')).replace('Bản tin', 'Bản tán'));
  await world.restart();
  await world.clock.passTo(six + MINUTE);
  expect(world.heard).toEqual([]);
});

test('a plan stops at its hard expiry', async () => {
  const world = await playerWorld(six - 5 * MINUTE);
  const bulletin = bulletinOf({ vi: soundOf(10 * SECOND) });
  await world.planned([bulletin], [broadcastOf([bulletin], [six, six + DAY])], { hardExpiresAt: six + DAY });
  world.desk.away();
  await world.clock.passTo(six + DAY + MINUTE);
  world.desk.back();
  await world.clock.pass(MINUTE);
  await world.until(() => world.desk.reports.length === 2);
  expect(world.desk.reports.map(({ result, reason }) => `${result} ${reason}`)).toEqual(['aired null', 'missed expired']);
});

test('with a clock that is wrong it holds, and what passed meanwhile is put down to the clock', async () => {
  const world = await playerWorld(six - 5 * MINUTE);
  const { desk, clock } = world;
  const bulletin = bulletinOf({ vi: soundOf(10 * SECOND) });
  await world.planned([bulletin], [broadcastOf([bulletin], [six, six + DAY, six + 2 * DAY])]);
  // the battery of the clock is empty: it wakes in 1970
  await world.player.close();
  clock.setWall(1000);
  await world.restart();
  await clock.pass(2 * DAY - 10 * MINUTE);
  expect(world.heard).toEqual([]);
  expect(desk.statuses.at(-1)!.clock.state).toBe('unset');
  clock.setWall(six + 2 * DAY - MINUTE);
  await clock.pass(2 * MINUTE);
  await world.until(() => desk.reports.length === 3);
  expect(desk.reports.map(({ result, reason }) => `${result} ${reason}`)).toEqual(['missed clock', 'missed clock', 'aired null']);
  expect(world.heard.map(({ at }) => at)).toEqual([six + 2 * DAY]);
});

test('a wall clock that is set while something waits neither repeats nor skips an airing', async () => {
  const world = await playerWorld(six - 10 * MINUTE);
  const { desk, clock } = world;
  const bulletin = bulletinOf({ vi: soundOf(10 * SECOND) });
  await world.planned([bulletin], [broadcastOf([bulletin], [six, six + 10 * MINUTE])]);
  // over the first start, within its tolerance; then back before it; then on again
  clock.setWall(six + 2 * MINUTE);
  await clock.pass(2 * MINUTE);
  clock.setWall(six - MINUTE);
  await clock.pass(5 * MINUTE);
  clock.setWall(six + 9 * MINUTE);
  await clock.pass(5 * MINUTE);
  await world.until(() => desk.reports.length === 2);
  expect(desk.reports.map(({ result }) => result)).toEqual(['aired', 'aired']);
  expect(world.heard).toHaveLength(2);
});
