/** Who gets onto the broker, and what each may say and hear there, seen by what is delivered. */

import { mkdtemp, rm, stat } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@tieng-loa/hub/clock.ts';
import { openAuthority } from '@tieng-loa/hub/players/authority.ts';
import { topicOf } from '@tieng-loa/protocol/channels.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import mqtt, { type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { playerKeys } from './support/crypto.ts';
import { closing, ears, openWorld, say, settled, until, type World } from './support/world.ts';

let world: World;
const clients: MqttClient[] = [];
const held = (client: MqttClient): MqttClient => {
  clients.push(client);
  return client;
};
beforeAll(async () => {
  world = await openWorld();
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.endAsync(true);
});
afterAll(() => world.close());

test('a player with a certificate on the list connects, and is told its plan', async () => {
  const who = await world.enrolled();
  const client = held(world.connect(who));
  const heard = ears(client, { player: who.player, station: world.station });
  expect(await settled(client)).toBe('connected');
  await heard.ready;
  await until('plan and board', () => heard.of('pointer').length > 0 && heard.of('board').length > 0);
});

test('without a certificate, or with one of another authority, nobody connects', async () => {
  const who = await world.enrolled();
  const bare = held(
    mqtt.connect(`mqtts://localhost:${world.room.address.port}`, {
      clientId: who.player,
      ca: world.authority.certificate,
      reconnectPeriod: 0,
    }),
  );
  expect(await settled(bare)).not.toBe('connected');
  const folder = await mkdtemp(join(tmpdir(), 'tl-authority-'));
  const other = await openAuthority({ folder, clock: systemClock });
  const keys = await playerKeys();
  const forged = await other.clientCertificate(keys.csr, who.player);
  expect(await settled(held(world.connect({ ...who, certificate: forged.pem, tlsKey: keys.tlsKey })))).not.toBe('connected');
  await rm(folder, { recursive: true });
});

test('a certificate of the hub’s own authority that is not on the list is refused', async () => {
  const who = await world.enrolled();
  const keys = await playerKeys();
  const unlisted = await world.authority.clientCertificate(keys.csr, who.player);
  expect(await settled(held(world.connect({ ...who, certificate: unlisted.pem, tlsKey: keys.tlsKey })))).toMatch(/Not authorized/);
});

test('nobody connects under another’s client id, or with a session that outlives the connection', async () => {
  const [a, b] = [await world.enrolled(), await world.enrolled()];
  expect(await settled(held(world.connect(a, { clientId: b.player })))).toMatch(/Identifier rejected/);
  expect(await settled(held(world.connect(a, { clientId: 'hub' })))).toMatch(/Identifier rejected/);
  expect(await settled(held(world.connect(a, { clean: false })))).toMatch(/Not authorized/);
});

test('a second login with the same identity takes the place of the first', async () => {
  const who = await world.enrolled();
  const first = held(world.connect(who));
  expect(await settled(first)).toBe('connected');
  const gone = closing(first);
  const second = held(world.connect(who));
  expect(await settled(second)).toBe('connected');
  await gone;
  expect(second.connected).toBe(true);
});

test('a player hears only its own topics and its station’s board, whatever it subscribes to', async () => {
  const [a, b] = [await world.enrolled(), await world.enrolled()];
  const [spy, victim] = [held(world.connect(a)), held(world.connect(b))];
  await Promise.all([settled(spy), settled(victim)]);
  const overheard: string[] = [];
  spy.on('message', (topic) => overheard.push(topic));
  const own = ears(victim, { player: b.player, station: world.station });
  await own.ready;
  const wanted = [
    ...['#', '+/#', 'tl/#', 'tl/player/#', 'tl/player/+/down/pointer', '$SYS/#', `tl/player/${a.player}/#`, 'tl/station/+/board'],
    ...[topicOf('pointer', { player: b.player }), topicOf('report', { player: b.player }), `tl/station/${newId()}/board`],
    ...[`$share/x/${topicOf('pointer', { player: b.player })}`, `$share/x/tl/player/+/up/status`],
  ];
  // each alone: a client library gives up at the first refusal
  for (const topic of wanted) await spy.subscribeAsync(topic, { qos: 1 }).catch(() => {});
  await say(victim, 'presence', b.player, { player: b.player, boot: newId(), online: true });
  world.room.planner.republish();
  await until('the victim hears its plan again', () => own.of('pointer').length > 1);
  expect(spy.connected).toBe(true);
  expect(overheard).toEqual([]);
});

test('a player that speaks on another’s topic, as the hub, or otherwise than the table says, is cut off unheard', async () => {
  const [a, b] = [await world.enrolled(), await world.enrolled()];
  const birth = Buffer.from(JSON.stringify({ player: b.player, boot: newId(), online: true }));
  const tries: [string, 0 | 1 | 2, boolean][] = [
    [topicOf('presence', { player: b.player }), 1, true],
    [topicOf('pointer', { player: a.player }), 1, true],
    [topicOf('board', { station: world.station }), 1, true],
    [topicOf('presence', { player: a.player }), 1, false],
    [topicOf('presence', { player: a.player }), 2, true],
    ['$SYS/x', 0, false],
    ['anything', 0, false],
  ];
  for (const [topic, qos, retain] of tries) {
    const client = held(world.connect(a));
    expect(await settled(client)).toBe('connected');
    const closed = closing(client);
    client.publish(topic, birth, { qos, retain });
    await closed;
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await world.database.selectFrom('statuses').selectAll().where('player', 'in', [a.player, b.player]).execute()).toEqual([]);
});

test('a last will is held to the same rule', async () => {
  const [a, b] = [await world.enrolled(), await world.enrolled()];
  const will = (player: string) => ({
    topic: topicOf('presence', { player }),
    payload: Buffer.from(JSON.stringify({ player, boot: newId(), online: false })),
    qos: 1 as const,
    retain: true,
  });
  expect(await settled(held(world.connect(a, { will: will(b.player) })))).toMatch(/Not authorized/);
  expect(await settled(held(world.connect(a, { will: will(a.player) })))).toBe('connected');
});

test('a packet above 64 KiB ends the connection before it is collected', async () => {
  const who = await world.enrolled();
  const client = held(world.connect(who));
  expect(await settled(client)).toBe('connected');
  const closed = closing(client);
  client.publish(topicOf('report', { player: who.player }), Buffer.alloc(70 * 1024, 32), { qos: 1 });
  await closed;
  // the port still answers others
  expect(await settled(held(world.connect(await world.enrolled())))).toBe('connected');
});

test('the hub’s own door and keys are closed to other users of the machine, and to other names', async () => {
  const path = join(world.folder, 'run/broker.sock');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(world.folder, 'keys'))).mode & 0o777).toBe(0o700);
  expect((await stat(join(world.folder, 'keys/authority.pem'))).mode & 0o777).toBe(0o600);
  const stranger = held(mqtt.connect({ protocol: 'mqtt', unixSocket: true, path, clientId: newId(), keepalive: 60, reconnectPeriod: 0 }));
  expect(await settled(stranger)).toMatch(/Identifier rejected/);
});

test('a socket that never shows who it is does not keep others out', async () => {
  const sockets = Array.from({ length: 50 }, () => connectTcp(world.room.address.port, '127.0.0.1'));
  expect(await settled(held(world.connect(await world.enrolled())))).toBe('connected');
  for (const socket of sockets) socket.destroy();
});

test('a revoked player is cut off at once, its will unsaid, and nothing of it stays on the broker', async () => {
  const who = await world.enrolled();
  const boot = newId();
  const will = {
    topic: topicOf('presence', { player: who.player }),
    payload: Buffer.from(JSON.stringify({ player: who.player, boot, online: false })),
    qos: 1 as const,
    retain: true,
  };
  const client = held(world.connect(who, { will }));
  expect(await settled(client)).toBe('connected');
  await say(client, 'presence', who.player, { player: who.player, boot, online: true });
  await until('the hub knows it', async () => {
    const row = await world.database.selectFrom('statuses').select('online').where('player', '=', who.player).executeTakeFirst();
    return row?.online === 1;
  });
  const began = performance.now();
  const closed = closing(client);
  await world.room.handlers['DELETE /api/players/:player']({ ...world.asked, params: { player: who.player } } as never);
  await closed;
  expect(performance.now() - began).toBeLessThan(1000);
  expect(await settled(held(world.connect(who)))).toMatch(/Not authorized/);
  await world.room.planner.idle();
  const hub = held(
    mqtt.connect({ protocol: 'mqtt', unixSocket: true, path: join(world.folder, 'run/broker.sock'), clientId: 'hub', keepalive: 60 }),
  );
  const kept: string[] = [];
  hub.on('message', (topic) => kept.push(topic));
  await hub.subscribeAsync(topicOf('presence', {}), { qos: 1 });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(kept.filter((topic) => topic.includes(who.player))).toEqual([]);
});
