/** An external broker in place of the embedded one: the same link, the same messages. */
import { randomBytes } from 'node:crypto';
import { sha256 } from '@tieng-loa/protocol/ids.ts';
import mqtt, { type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Mosquitto, openMosquitto } from '../../support/mosquitto.ts';
import { report, sealed } from './support/reports.ts';
import { dateBack, type Enrolled, ears, openWorld, say, schedule, settled, until, type World } from './support/world.ts';

let mosquitto: Mosquitto;
let world: World;
let who: Enrolled;
let client: MqttClient;
let heard: ReturnType<typeof ears>;

beforeAll(async () => {
  mosquitto = await openMosquitto();
  world = await openWorld({ broker: { kind: 'external', url: mosquitto.url, publicHost: null } });
  await until('the link', () => world.room.isUp());
  who = await world.enrolled();
  client = mqtt.connect(mosquitto.url, { clientId: who.player, keepalive: 30, reconnectPeriod: 0 });
  heard = ears(client, { player: who.player, station: world.station });
  expect(await settled(client)).toBe('connected');
  await heard.ready;
});
afterAll(async () => {
  await client.endAsync(true);
  await world.close();
  await mosquitto.close();
});

test('plans, boards, blocks, reports and receipts go through a mosquitto as they do through our own broker', async () => {
  expect(world.room.address).toEqual({ host: '127.0.0.1', port: mosquitto.port });
  const bytes = randomBytes(5000);
  const audio = await world.addRendering(bytes);
  const broadcast = await schedule(world, audio, { kind: 'once', at: Date.now() + 3_600_000 });
  await until('its plan', () => heard.of('pointer').length > 1 && heard.of('board').length > 0);
  await dateBack(world, broadcast);
  await say(client, 'ask', who.player, { sha256: audio, index: 0 });
  await until('the block', () => heard.of('block').length > 0);
  expect(sha256(heard.of('block')[0]!.bytes)).toBe(audio);
  await say(client, 'report', who.player, sealed(report({ player: who.player, station: world.station, broadcast }), who.sealKey));
  await until('the receipt', () => heard.of('receipt').length > 0);
});

test('whenever the link to the broker stands again, everything current is published again', async () => {
  const count = heard.of('pointer').length;
  // a second login under the hub's name makes the broker end the first
  const usurper = mqtt.connect(mosquitto.url, { clientId: 'hub', keepalive: 30, reconnectPeriod: 0 });
  await settled(usurper);
  await until('the link breaks', () => !world.room.isUp());
  await usurper.endAsync(true);
  await until('it stands again, and the plan comes again', () => world.room.isUp() && heard.of('pointer').length > count, 10_000);
  expect(heard.of('pointer').at(-1)).toEqual(heard.of('pointer')[count - 1]);
});

test('a revoked player’s messages are cleared from the broker', async () => {
  await world.room.handlers['DELETE /api/players/:player']({ ...world.asked, params: { player: who.player } } as never);
  await world.room.planner.idle();
  const late = mqtt.connect(mosquitto.url, { clientId: 'late', keepalive: 30, reconnectPeriod: 0 });
  const kept: string[] = [];
  late.on('message', (topic) => kept.push(topic));
  await late.subscribeAsync('#', { qos: 1 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(kept.filter((topic) => topic.includes(who.player))).toEqual([]);
  expect(kept).toHaveLength(1);
  await late.endAsync(true);
});
