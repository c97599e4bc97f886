import { newId } from '@tieng-loa/protocol/ids.ts';
import { MINUTE, SECOND } from '@tieng-loa/protocol/limits.ts';
import { expect, test } from 'vitest';
import { approvalOf, broadcastOf, bulletinOf, soundOf } from './support/bodies.ts';
import { playerWorld } from './support/world.ts';

const six = Date.parse('2026-11-24T06:00:00+07:00');

test('a monotonic clock with fractions airs in a place with quiet hours, and its report has whole milliseconds', async () => {
  const world = await playerWorld(six - MINUTE);
  await world.clock.pass(0.37);
  const news = bulletinOf({ vi: soundOf(20 * SECOND) });
  await world.planned([news], [broadcastOf([news], [six])]);
  await world.clock.passTo(six + MINUTE);
  await world.until(() => world.desk.reports.length > 0);
  const [report] = world.desk.reports;
  expect(report).toMatchObject({ result: 'aired', reason: null });
  const { startedAt, endedAt, latenessMs, parts } = report!;
  const stamps = [startedAt, endedAt, latenessMs, ...parts.flatMap((part) => [part.startedAt, part.endedAt])];
  expect(stamps.filter((stamp) => !Number.isInteger(stamp))).toEqual([]);
});

/** A player on which an emergency has sounded for five seconds. */
async function alarmed() {
  const world = await playerWorld(six);
  const template = bulletinOf({ vi: soundOf(20 * SECOND) });
  await world.planned([template], [broadcastOf([template], [], { class: 'emergency' })]);
  const pressedAt = world.clock.now();
  const order = {
    id: newId(),
    broadcast: broadcastOf([template], [pressedAt], { class: 'emergency' }),
    renderings: template.parts.map(({ sound }) => sound.rendering),
    approvals: [approvalOf(template)],
    zones: null,
    issuedAt: pressedAt,
    expiresAt: pressedAt + 30 * MINUTE,
  };
  await world.desk.board({ emergency: { counter: 1, orders: [order] } });
  await world.until(() => world.heard.length > 0);
  await world.clock.pass(5 * SECOND);
  return world;
}

test('an emergency that a restart broke off sounds again from its beginning, and each beginning has its report', async () => {
  const world = await alarmed();
  await world.restart();
  await world.until(() => world.heard.length > 1);
  await world.clock.pass(MINUTE);
  await world.until(() => world.desk.reports.length > 1);
  expect(world.desk.reports.map(({ repeat, result, reason }) => ({ repeat, result, reason }))).toEqual([
    { repeat: 0, result: 'cut', reason: 'cut-short' },
    { repeat: 1, result: 'aired', reason: null },
  ]);
  await world.clock.pass(10 * MINUTE);
  expect(world.heard).toHaveLength(2);
});

test('an emergency that a power cut broke off sounds again', async () => {
  const world = await alarmed();
  await world.crash();
  await world.until(() => world.heard.length > 0);
  await world.clock.pass(MINUTE);
  await world.until(() => world.desk.reports.some(({ result }) => result === 'aired'));
  expect(world.desk.reports.map(({ repeat, result }) => `${repeat} ${result}`).sort()).toEqual(['0 cut', '1 aired']);
});
