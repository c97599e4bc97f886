/** What players report: stored once, receipted only then, refused alone. */
import { newId } from '@tieng-loa/protocol/ids.ts';
import { DAY } from '@tieng-loa/protocol/limits.ts';
import { type Receipt, receiptKind } from '@tieng-loa/protocol/report.ts';
import { newSigningKey, open, trustedKeys } from '@tieng-loa/protocol/seal.ts';
import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { report, sealed, startLongAgo } from './support/reports.ts';
import { dateBack, type Enrolled, ears, openWorld, say, schedule, settled, until, type World } from './support/world.ts';

let world: World;
let who: Enrolled;
let client: MqttClient;
let heard: ReturnType<typeof ears>;
let broadcast: string;
const here = () => ({ player: who.player, station: world.station, broadcast });
const opened = new WeakMap<object, Receipt>();
/** The receipts so far, each opened once. */
const receipts = (): Receipt[] =>
  heard.of('receipt').map((envelope) => {
    const known = opened.get(envelope) ?? open(receiptKind, envelope, trustedKeys(world.keys.schedule.publicKey)).document;
    opened.set(envelope, known);
    return known;
  });
const accepted = (): string[] => receipts().flatMap((receipt) => receipt.accepted);
const refused = () => receipts().flatMap((receipt) => receipt.refused);
const row = (id: string) => world.database.selectFrom('airings').selectAll().where('id', '=', id).executeTakeFirst();

beforeAll(async () => {
  world = await openWorld();
  const audio = await world.addRendering(Buffer.from('audio'));
  broadcast = await schedule(world, audio, { kind: 'once', at: Date.now() + 3_600_000 });
  await dateBack(world, broadcast);
});
beforeEach(async () => {
  await client?.endAsync(true);
  who = await world.enrolled();
  client = world.connect(who);
  heard = ears(client, { player: who.player, station: world.station });
  await settled(client);
  await heard.ready;
});
afterAll(async () => {
  await client.endAsync(true);
  await world.close();
});

test('a report is stored with the player’s seal, and receipted under the hub’s', async () => {
  const one = report(here());
  const changed: string[] = [];
  const unlisten = world.changes.listen(({ subject }) => changed.push(subject));
  await say(client, 'report', who.player, sealed(one, who.sealKey));
  await until('the receipt', () => accepted().includes(one.id));
  unlisten();
  expect(await row(one.id)).toMatchObject({
    result: 'aired',
    player: who.player,
    zone: world.zones[0],
    startedAt: one.startedAt,
    latenessMs: 3,
  });
  expect(JSON.parse((await row(one.id))!.envelope!)).toEqual(sealed(one, who.sealKey));
  expect(changed).toContain('airings');
});

test('a second report of the same airing is receipted, and what the first said stays', async () => {
  const one = report(here());
  await say(client, 'report', who.player, sealed(one, who.sealKey));
  await until('the receipt', () => accepted().length === 1);
  const other = report(here(), { result: 'missed', reason: 'late', startedAt: null, latenessMs: null });
  await say(client, 'report', who.player, sealed(other, who.sealKey));
  await until('the second receipt', () => accepted().length === 2);
  expect(await row(one.id)).toMatchObject({ result: 'aired', reason: null });
});

test('a report fills the row of what was due, and what the hub itself wrote there gives way', async () => {
  const one = report(here());
  await world.database
    .insertInto('airings')
    .values({
      ...{ id: one.id, station: world.station, broadcast, title: 'Tên cũ', class: 'routine', plannedAt: one.plannedAt, durationMs: 7000 },
      ...{
        player: who.player,
        zone: world.zones[0]!,
        languages: '["vi","hmn"]',
        result: 'missed',
        reason: 'not-approved',
        startedAt: null,
      },
      ...{ endedAt: null, latenessMs: null, parts: '[]', missingLanguages: '[]', reportedAt: null, envelope: null },
    })
    .execute();
  await say(client, 'report', who.player, sealed(one, who.sealKey));
  await until('the receipt', () => accepted().includes(one.id));
  expect(await row(one.id)).toMatchObject({ result: 'aired', reason: null, title: 'Tên cũ', durationMs: 7000, languages: '["vi","hmn"]' });
});

test('a bad report is refused alone, with a receipt for what the player itself sealed', async () => {
  const good = report(here(), { plannedAt: startLongAgo(1) });
  const wrong = [
    report(here(), { id: newId() }),
    report({ ...here(), station: newId() }),
    report({ ...here(), broadcast: newId() }),
    report({ ...here(), player: newId() }),
  ];
  await Promise.all([...wrong, good].map((one) => say(client, 'report', who.player, sealed(one, who.sealKey))));
  await until('all are answered', () => refused().length === wrong.length && accepted().length === 1);
  expect(accepted()).toEqual([good.id]);
  expect(
    refused()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(wrong.map(({ id }) => id).sort());
  expect(await world.database.selectFrom('airings').select('id').where('player', '=', who.player).execute()).toEqual([{ id: good.id }]);
});

test('a player says what became of an airing, not what it was', async () => {
  const one = report(here(), { title: 'Tin giả', class: 'emergency' });
  await say(client, 'report', who.player, sealed(one, who.sealKey));
  await until('the receipt', () => accepted().includes(one.id));
  expect(await row(one.id)).toMatchObject({ title: 'Buổi phát thanh', class: 'routine' });
});

test('a player cannot invent airings: only the starts of a broadcast of its station, from when it was made until now, are reported', async () => {
  const audio = await world.database.selectFrom('renderings').select('sha256').executeTakeFirstOrThrow();
  const soon = Date.now() + 3_600_000;
  const [ahead, pressed] = [
    await schedule(world, audio.sha256, { kind: 'once', at: soon }),
    await schedule(world, audio.sha256, { kind: 'now' }),
  ];
  const { startedNowAt } = await world.database
    .selectFrom('broadcasts')
    .select('startedNowAt')
    .where('id', '=', pressed)
    .executeTakeFirstOrThrow();
  await world.database.updateTable('broadcasts').set({ cancelledAt: 1 }).where('id', '=', pressed).execute();
  const at = (name: string, plannedAt: number) => report({ ...here(), broadcast: name }, { plannedAt });
  const invented = [
    at(broadcast, startLongAgo(0) + 1),
    at(broadcast, startLongAgo(0) - DAY),
    at(ahead, soon),
    at(ahead, startLongAgo(0)),
    at(pressed, startedNowAt! + 1),
  ];
  // that it was cancelled meanwhile, the player may not have heard
  const good = at(pressed, startedNowAt!);
  await Promise.all([...invented, good].map((one) => say(client, 'report', who.player, sealed(one, who.sealKey))));
  await until('all are answered', () => refused().length === invented.length && accepted().length === 1);
  expect(accepted()).toEqual([good.id]);
  expect(await world.database.selectFrom('airings').select('id').where('player', '=', who.player).execute()).toEqual([{ id: good.id }]);
});

test('a report that the player did not seal is neither stored nor receipted: a forger could make it forget a true one', async () => {
  const one = report(here());
  await say(client, 'report', who.player, sealed(one, newSigningKey().key));
  const other = report(here(), { plannedAt: startLongAgo(2) });
  await say(client, 'report', who.player, sealed(other, who.sealKey));
  await until('the true one is receipted', () => accepted().includes(other.id));
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect([...accepted(), ...refused().map(({ id }) => id)]).toEqual([other.id]);
  expect(await row(one.id)).toBeUndefined();
});

test('a player that floods makes neither a neighbour’s report wait nor the hub lose its own link', async () => {
  const neighbour = await world.enrolled();
  const link = world.connect(neighbour);
  await settled(link);
  let downs = 0;
  const envelope = { payload: 'A'.repeat(58_000), payloadType: 'x', signatures: [{ keyid: 'x', sig: 'x' }] };
  const flood = Promise.all(Array.from({ length: 80 }, () => say(client, 'report', who.player, envelope)));
  const watch = setInterval(() => {
    if (!world.room.isUp()) downs += 1;
  }, 20);
  const one = report({ ...here(), player: neighbour.player });
  await say(link, 'report', neighbour.player, sealed(one, neighbour.sealKey));
  await until('the neighbour’s report is stored', async () => (await row(one.id)) !== undefined);
  await flood;
  clearInterval(watch);
  expect([downs, client.connected]).toEqual([0, true]);
  await link.endAsync(true);
}, 30_000);

test('five thousand reports in a burst are all stored, receipted in few messages, and other players are served meanwhile', async () => {
  const others = await Promise.all(Array.from({ length: 4 }, () => world.enrolled()));
  const links = others.map((one) => world.connect(one));
  await Promise.all(links.map(settled));
  const all = Array.from({ length: 5000 }, (_, at) => report(here(), { plannedAt: startLongAgo(at) }));
  const envelopes = all.map((one) => sealed(one, who.sealKey));
  const began = performance.now();
  for (const envelope of envelopes) void say(client, 'report', who.player, envelope);
  const boots = await Promise.all(
    links.map(async (link, at) => {
      const player = others[at]!.player;
      await say(link, 'presence', player, { player, boot: newId(), online: true });
      await until('a neighbour is heard', async () => {
        const found = await world.database.selectFrom('statuses').select('online').where('player', '=', player).executeTakeFirst();
        return found?.online === 1;
      });
      return performance.now() - began;
    }),
  );
  await until('all are receipted', () => accepted().length === 5000, 30_000);
  const tookMs = Math.round(performance.now() - began);
  console.info(
    `5000 reports: ${tookMs} ms, ${heard.of('receipt').length} receipts; neighbours heard after ${Math.round(Math.max(...boots))} ms`,
  );
  const { count } = await world.database
    .selectFrom('airings')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('player', '=', who.player)
    .executeTakeFirstOrThrow();
  expect(Number(count)).toBe(5000);
  expect(heard.of('receipt').length).toBeLessThan(2500);
  for (const link of links) expect(link.connected).toBe(true);
  await Promise.all(links.map((link) => link.endAsync(true)));
}, 60_000);
