import { DAY, MINUTE, SECOND } from '@tieng-loa/protocol/limits.ts';
import { expect, test } from 'vitest';
import { broadcastOf, bulletinOf, soundOf } from './support/bodies.ts';
import { SETTINGS } from './support/desk.ts';
import { playerWorld } from './support/world.ts';

const at = (time: string, day = '2026-11-24'): number => Date.parse(`${day}T${time}+07:00`);
const six = at('06:00:00');

test('a scheduled bulletin sounds at its instant in the order of the place, after the amplifier has warmed up, and is reported once', async () => {
  const world = await playerWorld(at('05:50:00'));
  const { desk, clock } = world;
  const bulletin = bulletinOf({ vi: soundOf(20 * SECOND), hmn: soundOf(30 * SECOND) });
  const [vi, hmn] = bulletin.parts.map(({ sound }) => sound.rendering.sha256);
  await world.planned([bulletin], [broadcastOf([bulletin], [six])]);

  await clock.passTo(six + 2 * MINUTE);
  await world.until(() => desk.reports.length > 0);
  expect(world.heard).toEqual([
    { what: hmn, at: six },
    { what: 'silence', at: six + 30_000 },
    { what: vi, at: six + 30_700 },
  ]);
  expect(world.amplifier).toEqual([
    { on: true, at: six - 1500 },
    { on: false, at: six + 50_700 + 700 },
  ]);
  expect(desk.reports).toHaveLength(1);
  expect(desk.reports[0]).toMatchObject({ result: 'aired', reason: null, plannedAt: six, startedAt: six, latenessMs: 0, volume: 80 });
  expect(desk.reports[0]!.parts.map(({ language, whole }) => ({ language, whole }))).toEqual([
    { language: 'hmn', whole: true },
    { language: 'vi', whole: true },
  ]);
});

test('its status says what sounds, in which tongue, and how far it is', async () => {
  const world = await playerWorld(at('05:59:00'));
  const bulletin = bulletinOf({ vi: soundOf(20 * SECOND) });
  const broadcast = broadcastOf([bulletin], [six]);
  await world.planned([bulletin], [broadcast]);
  await world.clock.passTo(six + 5000);
  await world.until(() => world.desk.statuses.at(-1)?.onAir !== null);
  const { onAir, volume, speaker, holds } = world.desk.statuses.at(-1)!;
  expect(onAir).toMatchObject({
    broadcast: broadcast.id,
    class: 'routine',
    plannedAt: six,
    startedAt: six,
    language: 'vi',
    totalMs: 20_000,
  });
  expect({ volume, speaker, renderings: holds.renderings }).toEqual({ volume: 80, speaker: 'ready', renderings: 1 });
});

test('thirty days without its hub, restarted in the middle: every airing sounds on time, and all are reported when it is back', async () => {
  const world = await playerWorld(at('05:00:00'));
  const { desk, clock } = world;
  const bulletin = bulletinOf({ vi: soundOf(20 * SECOND), hmn: soundOf(30 * SECOND) });
  const starts = Array.from({ length: 30 }, (_, day) => [six + day * DAY, at('17:30:00') + day * DAY]).flat();
  await world.planned([bulletin], [broadcastOf([bulletin], starts)]);
  desk.away();

  await clock.passTo(six + 11 * DAY);
  await world.restart();
  await clock.passTo(six + 30 * DAY);
  const first = bulletin.parts.find(({ language }) => language === 'hmn')!.sound.rendering.sha256;
  // the restart came at the instant of an airing: it began, was cut by the restart, and did not begin again
  expect(world.heard.filter(({ what }) => what === first).map((one) => one.at)).toEqual(starts);

  desk.back();
  await clock.pass(MINUTE);
  await world.until(() => desk.reports.length === starts.length);
  expect(new Set(desk.reports.map(({ id }) => id)).size).toBe(starts.length);
  expect(desk.reports.map(({ plannedAt }) => plannedAt)).toEqual(starts);
  expect(desk.reports.filter(({ result }) => result === 'aired')).toHaveLength(starts.length - 1);
}, 120_000);

test('the loudest volume holds, whatever the plan says', async () => {
  const world = await playerWorld(at('05:50:00'));
  const settings = { ...SETTINGS, volume: 100, loudestVolume: 60 };
  const bulletin = bulletinOf({ vi: soundOf(SECOND) });
  await world.planned([bulletin], [broadcastOf([bulletin], [six])], { settings });
  await world.clock.passTo(six + MINUTE);
  await world.until(() => world.desk.reports.length > 0);
  expect(world.desk.reports[0]!.volume).toBe(60);
});

test('what a player missed while it was off is reported, each airing once', async () => {
  const world = await playerWorld(at('05:50:00'));
  const { desk, clock } = world;
  const bulletin = bulletinOf({ vi: soundOf(SECOND) });
  await world.planned([bulletin], [broadcastOf([bulletin], [six, six + DAY, six + 2 * DAY])]);
  await world.player.close();
  clock.setWall(six + 3 * DAY);
  await world.restart();
  await world.until(() => desk.reports.length === 3);
  expect(desk.reports.map(({ result, reason }) => `${result} ${reason}`)).toEqual(Array(3).fill('missed late'));
  expect(world.heard).toEqual([]);
});
