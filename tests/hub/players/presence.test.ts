/** How players are: here, late, lost, and what the hub still knows after a restart. */
import { type Clock, systemClock } from '@tieng-loa/hub/clock.ts';
import { topicOf } from '@tieng-loa/protocol/channels.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { STATUS_EVERY_MS } from '@tieng-loa/protocol/limits.ts';
import type { Player } from '@tieng-loa/protocol/views.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { status } from './support/reports.ts';
import { openWorld, say, settled, until, type World } from './support/world.ts';

let world: World;
let aheadMs = 0;
const clock: Clock = { ...systemClock, now: () => systemClock.now() + aheadMs };
const view = async (player: string, of = world): Promise<Player> => {
  const all = await of.room.handlers['GET /api/stations/:station/players']({ ...of.asked, params: { station: of.station } } as never);
  return (all as Player[]).find(({ id }) => id === player)!;
};

beforeAll(async () => {
  world = await openWorld({ clock });
});
afterAll(() => world.close());

test('a player is here by its birth, lost by its last will, and here again', async () => {
  const who = await world.enrolled();
  expect(await view(who.player)).toMatchObject({ state: 'lost', since: null });
  const boot = newId();
  const will = {
    topic: topicOf('presence', { player: who.player }),
    payload: Buffer.from(JSON.stringify({ player: who.player, boot, online: false })),
    qos: 1 as const,
    retain: true,
  };
  const first = world.connect(who, { will });
  await settled(first);
  await say(first, 'presence', who.player, { player: who.player, boot, online: true });
  await until('here', async () => (await view(who.player)).state === 'here');
  first.stream.destroy();
  await until('lost', async () => (await view(who.player)).state === 'lost');
  expect((await view(who.player)).since).toBeGreaterThan(0);
  const second = world.connect(who);
  await settled(second);
  await say(second, 'presence', who.player, { player: who.player, boot: newId(), online: true });
  await until('here again', async () => (await view(who.player)).state === 'here');
  // a will of the earlier session that comes late does not put it out
  await say(second, 'presence', who.player, { player: who.player, boot, online: false });
  await say(second, 'status', who.player, status(who.player));
  await until('its status is kept', async () => (await view(who.player)).status !== null);
  expect((await view(who.player)).state).toBe('here');
  await second.endAsync();
});

test('silence makes it late, then lost, and a word brings it back', async () => {
  const who = await world.enrolled();
  const client = world.connect(who);
  await settled(client);
  const word = status(who.player);
  await say(client, 'status', who.player, word);
  await until('here', async () => (await view(who.player)).state === 'here');
  aheadMs = 2 * STATUS_EVERY_MS + 1000;
  expect(await view(who.player)).toMatchObject({ state: 'late' });
  aheadMs = 10 * STATUS_EVERY_MS + 1000;
  expect(await view(who.player)).toMatchObject({ state: 'lost' });
  await say(client, 'status', who.player, { ...word, at: word.at + 1 });
  await until('here again', async () => (await view(who.player)).state === 'here');
  expect(clock.now() - (await view(who.player)).since!).toBeLessThan(5000);
  aheadMs = 0;
  await client.endAsync();
});

test('pages are told of what changed, not of each heartbeat', async () => {
  const who = await world.enrolled();
  const client = world.connect(who);
  await settled(client);
  const boot = newId();
  await say(client, 'status', who.player, status(who.player, { boot }));
  await until('here', async () => (await view(who.player)).state === 'here');
  await new Promise((resolve) => setTimeout(resolve, 700));
  const told: string[] = [];
  const unlisten = world.changes.listen(({ subject, id }) => told.push(`${subject} ${id}`));
  for (let at = 1; at <= 20; at += 1) {
    const holds = { renderings: 0, sizeBytes: 0, freeBytes: at };
    await say(client, 'status', who.player, status(who.player, { boot, at, uptimeMs: at, holds }));
  }
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(told).toEqual([]);
  for (let volume = 1; volume <= 20; volume += 1) await say(client, 'status', who.player, status(who.player, { boot, volume }));
  await until('told', () => told.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 700));
  unlisten();
  expect(told.length).toBeLessThanOrEqual(4);
  expect((await view(who.player)).status?.volume).toBe(20);
  await client.endAsync();
});

test('a restarted hub still knows the last word of each player', async () => {
  const before = await openWorld();
  const who = await before.enrolled();
  const client = before.connect(who);
  await settled(client);
  await say(client, 'status', who.player, status(who.player, { volume: 33 }));
  await client.endAsync();
  await until('kept', async () => (await view(who.player, before)).status !== null);
  await before.close({ keep: true });
  const after = await openWorld({ folder: before.folder });
  expect(await view(who.player, after)).toMatchObject({ state: 'here', status: { volume: 33 } });
  await after.close();
});

test('a status in another’s name, or that is not one, changes nothing', async () => {
  const [a, b] = [await world.enrolled(), await world.enrolled()];
  const client = world.connect(a);
  await settled(client);
  await client.publishAsync(topicOf('status', { player: a.player }), JSON.stringify(status(b.player)), { qos: 1, retain: true });
  await client.publishAsync(topicOf('status', { player: a.player }), '{"__proto__":1}', { qos: 1, retain: true });
  await client.publishAsync(topicOf('status', { player: a.player }), Buffer.from([0xff, 0xfe]), { qos: 1, retain: true });
  await say(client, 'presence', a.player, { player: a.player, boot: newId(), online: true });
  await until('the next good word is heard', async () => (await view(a.player)).state === 'here');
  expect(await view(a.player)).toMatchObject({ status: null });
  expect(await view(b.player)).toMatchObject({ status: null, state: 'lost' });
  await client.endAsync();
});
