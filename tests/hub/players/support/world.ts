/** A hub's rooms for players on loopback, with a station, places, approved audio, and players that are bare MQTT clients. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeStream } from '@tieng-loa/hub/changes.ts';
import { type Clock, systemClock } from '@tieng-loa/hub/clock.ts';
import { openFiles } from '@tieng-loa/hub/files.ts';
import { openKeys } from '@tieng-loa/hub/keys.ts';
import type { Logger } from '@tieng-loa/hub/log.ts';
import { openAuthority } from '@tieng-loa/hub/players/authority.ts';
import { openPlayers, type PlayersNeeds } from '@tieng-loa/hub/players/room.ts';
import { openDatabase, type Place } from '@tieng-loa/hub/store/database.ts';
import { type ChannelDocument, type ChannelName, channelOf, channels, decode, encode, topicOf } from '@tieng-loa/protocol/channels.ts';
import { newId, sha256 } from '@tieng-loa/protocol/ids.ts';
import type { When } from '@tieng-loa/protocol/views.ts';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { type PlayerKeys, playerKeys } from './crypto.ts';
import { LONG_AGO } from './reports.ts';

const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} };
const station = newId();
const zones = [newId(), newId()] as const;

export interface WorldOptions {
  folder?: string;
  store?: Place;
  broker?: PlayersNeeds['broker'];
  clock?: Clock;
  log?: Logger;
}
export type World = Awaited<ReturnType<typeof openWorld>>;

/** Opens a world; one in a given `folder` goes on from what an earlier one left there. */
export async function openWorld({ folder: given, store, broker, clock = systemClock, log = silent }: WorldOptions = {}) {
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'tl-players-')));
  const database = await openDatabase(store ?? { kind: 'sqlite', path: join(folder, 'hub.sqlite') });
  const known = await database.selectFrom('stations').select('id').executeTakeFirst();
  if (!known) await furnish(database, clock.now());
  const files = await openFiles(folder);
  const keysFolder = join(folder, 'keys');
  const authority = await openAuthority({ folder: keysFolder, clock });
  const keys = await openKeys(keysFolder);
  const changes = changeStream();
  const room = await openPlayers({
    ...{ database, folder, files, authority, keys, changes, clock, log },
    broker: broker ?? {
      kind: 'embedded',
      host: '127.0.0.1',
      port: 0,
      publicHost: null,
      certificate: await authority.serverCertificate([]),
    },
    publicUrl: () => 'https://hub.example',
  });
  const here = (await database.selectFrom('stations').select('id').executeTakeFirstOrThrow()).id;
  const places = (await database.selectFrom('zones').select('id').orderBy('name').execute()).map(({ id }) => id);
  const { handlers } = room;
  const asked = { actor: { id: newId() }, station: here, query: undefined, upload: undefined, address: '127.0.0.1' };

  const makePlayer = async (zone = places[0]!): Promise<string> => {
    const player = newId();
    const body = { name: `Cụm ${player}`, kind: 'cluster' as const, zones: [zone], volume: 60, loudestVolume: 80, amplifierLeadMs: 0 };
    await handlers['PUT /api/stations/:station/players/:player']({ ...asked, params: { station: here, player }, body } as never);
    return player;
  };
  const codeFor = async (player: string): Promise<string> =>
    ((await handlers['POST /api/players/:player/code']({ ...asked, params: { player }, body: undefined } as never)) as { code: string })
      .code;
  const enrol = async (code: string, who: PlayerKeys) =>
    (await handlers['POST /api/enrol']({
      ...asked,
      params: {},
      body: { code, csr: who.csr, sealKey: who.sealKey.publicKey },
    } as never)) as { player: string; certificate: string };

  return {
    ...{ folder, database, files, authority, keys, changes, room, station: here, zones: places, makePlayer, codeFor, enrol, clock, asked },
    /** An enrolled player, not connected. */
    async enrolled(zone?: string): Promise<Enrolled> {
      const player = await makePlayer(zone);
      const who = await playerKeys();
      const { certificate } = await enrol(await codeFor(player), who);
      return { player, certificate, ...who };
    },
    connect: (who: Enrolled, options?: IClientOptions): MqttClient =>
      mqtt.connect(`mqtts://localhost:${room.address.port}`, {
        ...{ clientId: who.player, ca: authority.certificate, cert: who.certificate, key: who.tlsKey },
        ...{ keepalive: 30, reconnectPeriod: 0, protocolVersion: 4, ...options },
      }),
    /** Audio that may be aired: its file and its row. */
    async addRendering(bytes: Buffer): Promise<string> {
      const name = sha256(bytes);
      await writeFile(files.rendering(name), bytes);
      const row = { sha256: name, sizeBytes: bytes.length, durationMs: 5000, peaks: '[]', createdAt: clock.now() };
      await database.insertInto('renderings').values(row).execute();
      return name;
    },
    async close({ keep = false } = {}): Promise<void> {
      await room.close();
      await database.destroy();
      if (!keep) await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface Enrolled extends PlayerKeys {
  player: string;
  certificate: string;
}

async function furnish(database: Awaited<ReturnType<typeof openDatabase>>, now: number): Promise<void> {
  await database
    .insertInto('stations')
    .values({ id: station, name: 'xã Quảng Lâm', timeZone: 'Asia/Ho_Chi_Minh', createdAt: now })
    .execute();
  const place = { station, kind: 'village' as const, languages: '["hmn","vi"]', quietHours: null };
  await database
    .insertInto('zones')
    .values(zones.map((id, at) => ({ ...place, id, name: `Bản ${at}` })))
    .execute();
}

/** Schedules one approved bulletin with this audio. @returns the broadcast's id. */
export async function schedule(world: World, rendering: string, when: When, zone = world.zones[0]!): Promise<string> {
  const { database, station: place, clock } = world;
  const now = clock.now();
  const [recording, bulletin, programme, broadcast] = [newId(), newId(), newId(), newId()];
  const by = { createdBy: newId(), createdAt: now };
  const approval = {
    ...{ bulletin, approver: newId(), approverName: 'A', approvedAt: now - 1000, class: 'routine', validUntil: null },
    ...{ parts: [rendering], envelope: null },
  };
  await database
    .insertInto('recordings')
    .values({
      ...{ id: recording, station: place, language: 'vi', name: 'r', fileName: 'r.mp3', state: 'ready', uploadSha256: rendering },
      ...{ uploadBytes: 1, rendering, ...by },
    })
    .execute();
  await database
    .insertInto('bulletins')
    .values({
      ...{ id: bulletin, station: place, title: 'Thông báo', subject: 'notice', class: 'routine', state: 'approved', revision: 1 },
      ...{ parts: JSON.stringify([{ language: 'vi', text: '', recordings: [recording] }]), approval: JSON.stringify(approval) },
      ...{ updatedAt: now, search: '', ...by },
    })
    .execute();
  await database
    .insertInto('programmes')
    .values({
      ...{ id: programme, station: place, title: 'Buổi phát thanh', items: JSON.stringify([{ kind: 'bulletin', bulletin }]) },
      ...{ revision: 1, updatedAt: now, search: '', ...by },
    })
    .execute();
  await database
    .insertInto('broadcasts')
    .values({
      ...{ id: broadcast, station: place, programme, title: 'Buổi phát thanh', class: 'routine', whenRule: JSON.stringify(when) },
      ...{ zones: JSON.stringify([zone]), toleranceMs: 300_000, acceptMissing: 1, startedNowAt: when.kind === 'now' ? now : null, ...by },
    })
    .execute();
  world.changes.tell({ subject: 'broadcasts', station: place, id: broadcast });
  return broadcast;
}

/** Makes as if a broadcast had been there long ago, so that its airings of then can be reported. */
export async function dateBack({ database }: World, broadcast: string): Promise<void> {
  await database
    .updateTable('broadcasts')
    .set({ whenRule: JSON.stringify(LONG_AGO), createdAt: Date.parse('2019-12-31T00:00:00+07:00') })
    .where('id', '=', broadcast)
    .execute();
}

/** Everything that a client hears on its own topics and its station's board, in order. */
export function ears(client: MqttClient, { player, station: place }: { player: string; station: string }) {
  const heard: { name: ChannelName; document: unknown; topic: string }[] = [];
  client.on('message', (topic, bytes) => {
    const found = channelOf(topic);
    // an empty message clears what the broker remembered
    if (found && bytes.length > 0) heard.push({ name: found.name, document: decode(found.name, bytes), topic });
  });
  return {
    heard,
    ready: client.subscribeAsync(
      Object.fromEntries(
        (['block', 'pointer', 'receipt', 'board'] as const).map((name) => [
          topicOf(name, { player, station: place }),
          { qos: channels[name].qos },
        ]),
      ),
    ),
    of: <N extends ChannelName>(name: N) => heard.filter((one) => one.name === name).map(({ document }) => document as ChannelDocument<N>),
  };
}

/** Publishes as a player does. */
export const say = <N extends ChannelName>(client: MqttClient, name: N, player: string, document: ChannelDocument<N>): Promise<unknown> =>
  client.publishAsync(topicOf(name, { player }), encode(name, document), { qos: channels[name].qos, retain: channels[name].retain });

/** Waits until something holds. */
export async function until(says: string, holds: () => boolean | Promise<boolean>, withinMs = 5000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${says}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
/** Waits until a client is connected, or says why it is not. */
export const settled = (client: MqttClient): Promise<string> =>
  new Promise((resolve) => {
    client.once('connect', () => resolve('connected'));
    client.once('error', (error) => resolve(error.message));
    client.once('close', () => resolve('closed'));
  });
/** Resolves once the connection has ended. */
export const closing = (client: MqttClient): Promise<void> => new Promise((resolve) => client.once('close', () => resolve()));
