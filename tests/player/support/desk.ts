/** A hub's desk for tests of the player: a real broker on loopback, real seals, plans and boards at will, blocks and receipts. */
import { EventEmitter, once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Identity } from '@tieng-loa/player/identity.ts';
import { blockCount } from '@tieng-loa/protocol/blocks.ts';
import { type ChannelName, channelOf, channels, decode, encode, topicOf } from '@tieng-loa/protocol/channels.ts';
import { newId, sha256 } from '@tieng-loa/protocol/ids.ts';
import { BLOCK_BYTES, DAY } from '@tieng-loa/protocol/limits.ts';
import { type Body, type Pointer, pointerKind } from '@tieng-loa/protocol/plan.ts';
import { type Report, receiptKind, reportKind } from '@tieng-loa/protocol/report.ts';
import { type Envelope, newSigningKey, open, seal, type signingKey, trustedKeys } from '@tieng-loa/protocol/seal.ts';
import type { Status } from '@tieng-loa/protocol/status.ts';
import { type Board, boardKind } from '@tieng-loa/protocol/urgent.ts';
import { Aedes } from 'aedes';
import mqtt, { type IClientOptions } from 'mqtt';

export interface Desk {
  identity: Identity;
  /** the port of the player's link: plain MQTT, since TLS is the hub's tests' */
  connect: (options: IClientOptions) => mqtt.MqttClient;
  port: number;
  files: Map<string, Buffer>;
  /** blocks asked for, in order: the file's hash and the index */
  asked: { sha256: string; index: number }[];
  reports: Report[];
  statuses: Status[];
  presences: boolean[];
  /** gives no more blocks from this one on, until it is null */
  pausesAt: { sha256: string; index: number } | null;
  /** every so many blocks one gets lost; 0 for none */
  losesEvery: number;
  /** whether blocks and receipts are given */
  answers: { blocks: boolean; receipts: boolean };
  /** publishes a plan with the next revision; @returns it */
  plan(body: Body, change?: Partial<Pointer>): Promise<Pointer>;
  board(change: Partial<Board['lanes']>, issuedAt?: number): Promise<Board>;
  publish(name: ChannelName, document: Envelope): Promise<void>;
  keys: { schedule: ReturnType<typeof signingKey>; urgent: ReturnType<typeof signingKey> };
  /** cuts the player's connection, and takes no new one until it is `back` */
  away(): void;
  back(): void;
  close(): Promise<void>;
}

export const SETTINGS: Pointer['settings'] = {
  name: 'bản Huổi Khương',
  zones: ['z'.repeat(20)],
  languages: ['hmn', 'vi'],
  timeZone: 'Asia/Ho_Chi_Minh',
  quietHours: { from: '21:00', to: '05:30' },
  volume: 80,
  loudestVolume: 90,
  amplifierLeadMs: 1500,
};

export async function openDesk(now: () => number): Promise<Desk> {
  const broker = await Aedes.createBroker();
  const sockets = new Set<Socket>();
  let isAway = false;
  const server = createServer((socket) => {
    if (isAway) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    broker.handle(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const schedule = newSigningKey();
  const urgent = newSigningKey();
  const player = newSigningKey();
  const identity: Identity = {
    player: newId(),
    station: newId(),
    name: SETTINGS.name,
    certificate: '',
    tlsKey: '',
    authority: '',
    sealKey: player.pem,
    scheduleKey: schedule.key.publicKey,
    urgentKey: urgent.key.publicKey,
    brokerHost: '127.0.0.1',
    brokerPort: port,
    hub: 'http://127.0.0.1',
    enrolledAt: now(),
    renewedAt: null,
  };
  const address = { player: identity.player, station: identity.station };
  const publish = (name: ChannelName, bytes: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      const { qos, retain } = channels[name];
      const packet = { cmd: 'publish' as const, topic: topicOf(name, address), payload: bytes, qos, retain, dup: false };
      broker.publish(packet, (error) => (error ? reject(error) : resolve()));
    });
  let held: { pointer: Pointer; sha256: string } | null = null;
  let lanes: Board['lanes'] = {
    silence: { counter: 0, orders: [] },
    emergency: { counter: 0, orders: [] },
    priority: { counter: 0, orders: [] },
  };
  const desk: Desk = {
    identity,
    port,
    connect: (options) => (isAway ? unreachable() : mqtt.connect({ ...options, host: '127.0.0.1', port, protocol: 'mqtt' })),
    files: new Map(),
    asked: [],
    reports: [],
    statuses: [],
    presences: [],
    pausesAt: null,
    losesEvery: 0,
    answers: { blocks: true, receipts: true },
    keys: { schedule: schedule.key, urgent: urgent.key },
    async plan(body, change = {}) {
      const bytes = Buffer.from(JSON.stringify(body));
      desk.files.set(sha256(bytes), bytes);
      const pointer: Pointer = {
        ...address,
        epoch: 0,
        revision: (held?.pointer.revision ?? 0) + 1,
        previous: held?.sha256 ?? null,
        issuedAt: now(),
        softExpiresAt: now() + 7 * DAY,
        hardExpiresAt: now() + 45 * DAY,
        settings: SETTINGS,
        body: { sha256: sha256(bytes), sizeBytes: bytes.length },
        revoked: [],
        ...change,
      };
      const envelope = seal(pointerKind, pointer, schedule.key);
      held = { pointer, sha256: sha256(Buffer.from(envelope.payload, 'base64')) };
      await publish('pointer', encode('pointer', envelope));
      return pointer;
    },
    async board(change, issuedAt = now()) {
      lanes = { ...lanes, ...change };
      const board: Board = { station: identity.station, epoch: 0, issuedAt, lanes };
      await publish('board', encode('board', seal(boardKind, board, urgent.key)));
      return board;
    },
    publish: (name, document) => publish(name, encode(name as 'pointer', document)),
    away() {
      isAway = true;
      for (const socket of sockets) socket.destroy();
    },
    back() {
      isAway = false;
    },
    async close() {
      await new Promise<void>((resolve) => broker.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  const sealer = trustedKeys(player.key.publicKey);
  broker.on('publish', (packet, client) => {
    const channel = client ? channelOf(packet.topic) : null;
    if (!channel) return;
    // answered outside the broker's own turn, as the hub does
    setImmediate(() => answer(channel.name, packet.payload as Buffer));
  });
  const answer = (name: ChannelName, bytes: Buffer): void => {
    if (name === 'status') desk.statuses.push(decode('status', bytes));
    else if (name === 'presence') desk.presences.push(decode('presence', bytes).online);
    else if (name === 'ask') {
      const ask = decode('ask', bytes);
      desk.asked.push(ask);
      const file = desk.files.get(ask.sha256);
      const part = file?.subarray(ask.index * BLOCK_BYTES, (ask.index + 1) * BLOCK_BYTES) ?? Buffer.alloc(0);
      const { pausesAt, losesEvery } = desk;
      const isHeldBack = pausesAt !== null && ask.sha256 === pausesAt.sha256 && ask.index >= pausesAt.index;
      const isLost = losesEvery > 0 && desk.asked.length % losesEvery === 0;
      if (desk.answers.blocks && !isHeldBack && !isLost) void publish('block', encode('block', { ...ask, bytes: part }));
    } else if (name === 'report') {
      const { document } = open(reportKind, decode('report', bytes), sealer);
      // one whose receipt was slower than the clock comes again: the hub keeps the first
      if (!desk.reports.some(({ id }) => id === document.id)) desk.reports.push(document);
      const receipt = { player: identity.player, accepted: [document.id], refused: [] };
      if (desk.answers.receipts) void publish('receipt', encode('receipt', seal(receiptKind, receipt, schedule.key)));
    }
  };
  return desk;
}

/** A connection that comes to nothing at once, without a socket: a month of tries is 43,200 of them. */
function unreachable(): mqtt.MqttClient {
  const client = Object.assign(new EventEmitter(), { end: () => client, endAsync: async () => {} });
  setImmediate(() => client.emit('close'));
  return client as unknown as mqtt.MqttClient;
}

/** @returns how many blocks a file has, for tests that count them. */
export const blocksOf = (bytes: Buffer): number => blockCount(bytes.length);
