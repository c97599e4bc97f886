/** Files in blocks: whole, only one's own, and never at another's cost. */
import { randomBytes } from 'node:crypto';
import { connect as connectTls } from 'node:tls';
import { topicOf } from '@tieng-loa/protocol/channels.ts';
import { sha256 } from '@tieng-loa/protocol/ids.ts';
import { BLOCK_BYTES } from '@tieng-loa/protocol/limits.ts';
import { pointerKind } from '@tieng-loa/protocol/plan.ts';
import { open, trustedKeys } from '@tieng-loa/protocol/seal.ts';
import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Enrolled, ears, openWorld, say, schedule, settled, until, type World } from './support/world.ts';

const MIB = 1024 * 1024;
let world: World;
const audio = [randomBytes(MIB + 100), randomBytes(3 * BLOCK_BYTES)] as const;
const names: string[] = [];

beforeAll(async () => {
  world = await openWorld();
  for (const bytes of audio) names.push(await world.addRendering(bytes));
  const at = Date.now() + 3_600_000;
  await schedule(world, names[0]!, { kind: 'once', at }, world.zones[0]);
  await schedule(world, names[1]!, { kind: 'once', at }, world.zones[1]);
  await world.room.planner.idle();
});
afterAll(() => world.close());

interface Puller {
  who: Enrolled;
  client: MqttClient;
  heard: ReturnType<typeof ears>;
}
const puller = async (zone: string): Promise<Puller> => {
  const who = await world.enrolled(zone);
  const client = world.connect(who);
  const heard = ears(client, { player: who.player, station: world.station });
  expect(await settled(client)).toBe('connected');
  await heard.ready;
  await until('its plan', () => heard.of('pointer').length > 0);
  return { who, client, heard };
};
/** Asks for one block. @returns its bytes. */
const pull = async ({ who, client, heard }: Puller, name: string, index: number): Promise<Uint8Array> => {
  const find = () => heard.of('block').find((block) => block.sha256 === name && block.index === index);
  await say(client, 'ask', who.player, { sha256: name, index });
  await until(`block ${index}`, () => find() !== undefined, 10_000);
  return find()!.bytes;
};
/** Pulls a whole file with two blocks under way, as a player does. */
const pullAll = async ({ who, client }: Puller, name: string, blocks: number): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  const ask = (index: number): unknown => index < blocks && say(client, 'ask', who.player, { sha256: name, index });
  return new Promise((resolve) => {
    const hear = (topic: string, bytes: Buffer): void => {
      if (topic !== topicOf('block', { player: who.player }) || bytes.toString('hex', 0, 32) !== name) return;
      parts[bytes.readUInt32BE(32)] = bytes.subarray(36);
      const count = parts.filter(Boolean).length;
      if (count < blocks) return void ask(count + 1);
      client.off('message', hear);
      resolve(Buffer.concat(parts));
    };
    client.on('message', hear);
    ask(0);
    ask(1);
  });
};

test('a player pulls its body and its audio, and both have the hashes they are named by', async () => {
  const one = await puller(world.zones[0]!);
  const { body } = open(pointerKind, one.heard.of('pointer').at(-1)!, trustedKeys(world.keys.schedule.publicKey)).document;
  const content = await pull(one, body.sha256, 0);
  expect(sha256(content)).toBe(body.sha256);
  expect(content.length).toBe(body.sizeBytes);
  const renderings = JSON.parse(Buffer.from(content).toString()).renderings as { sha256: string }[];
  expect(renderings.map((rendering) => rendering.sha256)).toEqual([names[0]]);
  expect(sha256(await pullAll(one, names[0]!, Math.ceil(audio[0].length / BLOCK_BYTES)))).toBe(names[0]);
  await one.client.endAsync(true);
});

test('audio of other places, other bodies, and files that are none are answered with nothing', async () => {
  const [one, other] = [await puller(world.zones[0]!), await puller(world.zones[1]!)];
  const foreign = open(pointerKind, other.heard.of('pointer').at(-1)!, trustedKeys(world.keys.schedule.publicKey)).document.body.sha256;
  for (const name of [names[1]!, foreign, 'ab'.repeat(32)]) expect(await pull(one, name, 0)).toHaveLength(0);
  expect(await pull(one, names[0]!, 1000)).toHaveLength(0);
  expect(await pull(other, names[1]!, 2)).toHaveLength(BLOCK_BYTES);
  for (const { client } of [one, other]) await client.endAsync(true);
});

test('a player that asks for everything at once is sent a few blocks, not all', async () => {
  const one = await puller(world.zones[0]!);
  for (let index = 0; index < 60; index += 1) void say(one.client, 'ask', one.who.player, { sha256: names[0]!, index });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const sent = one.heard.of('block').length;
  expect(sent).toBeGreaterThan(0);
  // what it did not get it may ask for again
  expect(await pull(one, names[0]!, 59)).toHaveLength(BLOCK_BYTES);
  await one.client.endAsync(true);
});

/** Logs in by hand, asks for blocks without end, and never reads: what a frozen link looks like from the hub. */
async function frozen(): Promise<{ close(): void }> {
  const who = await world.enrolled(world.zones[0]!);
  const packet = (kind: number, ...parts: (Buffer | string)[]): Buffer => {
    const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? text(part) : part)));
    const length = body.length < 128 ? [body.length] : [(body.length % 128) | 0x80, Math.floor(body.length / 128)];
    return Buffer.concat([Buffer.from([kind, ...length]), body]);
  };
  const text = (value: string): Buffer => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)]);
  const socket = connectTls({
    ...{ host: 'localhost', port: world.room.address.port, highWaterMark: 1024 },
    ...{ ca: world.authority.certificate, cert: who.certificate, key: who.tlsKey },
  });
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('secureConnect', resolve));
  socket.write(packet(0x10, 'MQTT', Buffer.from([4, 2, 0, 60]), who.player));
  socket.write(packet(0x82, Buffer.from([0, 1]), topicOf('block', { player: who.player }), Buffer.from([0])));
  // never a handler for data: the socket fills and stays full
  let index = 0;
  const asking = setInterval(() => {
    if (socket.destroyed) return;
    const ask = Buffer.from(JSON.stringify({ sha256: names[0]!, index: index++ % 60 }));
    socket.write(packet(0x30, topicOf('ask', { player: who.player }), ask));
  }, 2);
  return {
    close: () => {
      clearInterval(asking);
      socket.destroy();
    },
  };
}

test('three frozen players cost healthy ones nothing', async () => {
  const healthy = await Promise.all(Array.from({ length: 5 }, () => puller(world.zones[0]!)));
  const blocks = Math.ceil(audio[0].length / BLOCK_BYTES);
  const timed = async (): Promise<number> => {
    const began = performance.now();
    const files = await Promise.all(healthy.map((one) => pullAll(one, names[0]!, blocks)));
    for (const bytes of files) expect(sha256(bytes)).toBe(names[0]);
    return performance.now() - began;
  };
  const aloneMs = await timed();
  const cold = await Promise.all([frozen(), frozen(), frozen()]);
  // until their sockets are full
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const rounds: number[] = [];
  for (let round = 0; round < 3; round += 1) rounds.push(await timed());
  console.info(`5 players pull 1 MiB: alone ${Math.round(aloneMs)} ms, beside 3 frozen ones ${rounds.map(Math.round).join(', ')} ms`);
  expect(Math.min(...rounds)).toBeLessThan(aloneMs * 3 + 300);
  expect(Math.max(...rounds)).toBeLessThan(aloneMs * 5 + 1000);
  for (const one of cold) one.close();
  for (const { client } of healthy) await client.endAsync(true);
}, 60_000);
