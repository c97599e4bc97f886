/** The embedded broker: aedes with explicit limits, behind mutual TLS for players and a unix socket for the hub itself. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer, type TLSSocket, type Server as TlsServer } from 'node:tls';
import { KIB, PACKET_BYTES } from '@tieng-loa/protocol/limits.ts';
import { Aedes, type AedesPublishPacket, type Client } from 'aedes';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { type Identity, mayPublish, readableBy } from './access.ts';
import { allowance } from './allowance.ts';
import type { KeyPair } from './authority.ts';
import { type Admit, gatekeeper } from './gatekeeper.ts';
import * as limits from './limits.ts';
import { packetGuard } from './packets.ts';
import { type Tally, tally } from './tally.ts';

export interface BrokerDependencies {
  /** the hub's data folder: the unix socket lies in it */
  folder: string;
  host: string;
  /** 0 takes any free one */
  port: number;
  certificate: KeyPair;
  /** the hub's own authority, PEM: whose client certificates are looked at at all */
  authority: string;
  admit: Admit;
  clock: Clock;
  log: Logger;
}
export interface Broker {
  /** where the hub's own link connects */
  socketPath: string;
  /** Opens the port to players, once everything current is published. @returns the port. */
  listen(): Promise<number>;
  /** Ends the session of a player at once; its last will stays unsaid. */
  cut(player: string): Promise<void>;
  /** Uses a renewed certificate for connections from now on. */
  useCertificate(pair: KeyPair): void;
  close(): Promise<void>;
}

/** Opens the broker; players reach it after `listen`. */
export async function openBroker(dependencies: BrokerDependencies): Promise<Broker> {
  const { clock, log } = dependencies;
  const refusals = tally('The broker refused something.', { clock, log });
  const gate = gatekeeper({ admit: dependencies.admit, clock, refusals });
  const aedes = await openAedes(gate, refusals);
  const own = await listenToHub(dependencies.folder, (socket) => {
    gate.isOwn(socket);
    aedes.handle(guarded(socket, refusals));
  });
  const tls = tlsServer(dependencies, (socket) => aedes.handle(guarded(socket, refusals)), refusals);
  const door = frontDoor(dependencies, tls, refusals);
  return {
    socketPath: own.path,
    listen: () => listening(door.server, dependencies.port, dependencies.host),
    cut: (player) => gate.cut(player),
    useCertificate: ({ key, cert }) => tls.setSecureContext({ key, cert, ca: dependencies.authority, minVersion: 'TLSv1.3' }),
    close: async () => {
      const closed = Promise.all([closing(door.server), closing(own.server)]);
      await new Promise<void>((done) => aedes.close(done));
      door.cutAll();
      await closed;
      await own.remove();
      refusals.close();
    },
  };
}

function openAedes(gate: ReturnType<typeof gatekeeper>, refusals: Tally): Promise<Aedes> {
  const who = (client: Client): Identity | null => gate.identityOf(client);
  const aedes = new Aedes({
    id: randomUUID(),
    concurrency: limits.BROKER_CONCURRENCY,
    drainTimeout: limits.DRAIN_MS,
    connectTimeout: limits.HANDSHAKE_MS,
    keepaliveLimit: limits.KEEPALIVE_SECONDS,
    maxTopicLevels: 8,
    preConnect: (client, packet, done) => {
      gate.remember(client, packet);
      done(null, true);
    },
    authenticate: (client, _name, _password, done) => gate.authenticate(client, done),
    authorizePublish: (client, packet, done) => {
      // aedes speaks the wills of a broker that died without naming a client; they were looked at when they were made
      if (client === null) return done(null);
      const identity = who(client);
      if (identity && mayPublish(identity, packet)) return done(null);
      // one without an identity has been cut: its last will stays unsaid
      if (identity) refusals.add('publish', { client: client.id, topic: packet.topic.slice(0, 100) });
      done(new Error('not allowed to publish this'));
    },
    authorizeSubscribe: (client, subscription, done) => {
      const identity = who(client);
      if (identity && readableBy(identity).has(subscription.topic)) return done(null, subscription);
      refusals.add('subscribe', { client: client.id, topic: subscription.topic.slice(0, 100) });
      // null is granted as 128, "failure" (MQTT 3.1.1, section 3.9.3)
      done(null, null);
    },
    authorizeForward: (client, packet) => (who(client)?.end === 'player' ? fitting(client, packet, refusals) : packet),
  });
  aedes.on('client', (client) => gate.enter(client));
  aedes.on('clientReady', (client) => gate.lookAgain(client));
  aedes.on('clientDisconnect', (client) => gate.leave(client));
  aedes.on('clientError', (client, error) => refusals.add('connection', { client: client.id, error: error.message }));
  aedes.on('connectionError', (_, error) => refusals.add('connection', { error: error.message }));
  return aedes.listen().then(() => aedes);
}

/**
 * A write to a full socket would hold up whoever writes until it drains. So a block that finds too much unsent is dropped
 * (the player asks again), and a player that leaves even small messages unread is cut before anybody waits for it.
 */
function fitting(client: Client, packet: AedesPublishPacket, refusals: Tally): AedesPublishPacket | null {
  const unsentBytes = client.conn.writableLength + packet.payload.length;
  if (packet.qos === 0) return unsentBytes <= limits.BLOCKS_UNSENT_BYTES ? packet : null;
  // nothing unsent: however large the message, nobody waits longer than the drain time for it
  if (client.conn.writableLength === 0 || unsentBytes < client.conn.writableHighWaterMark) return packet;
  refusals.add('does not read', { client: client.id });
  client.conn.destroy();
  return null;
}

/** Ends a connection whose packets are too large before they are collected. */
function guarded<S extends Socket>(socket: S, refusals: Tally): S {
  const fits = packetGuard(PACKET_BYTES + KIB);
  // aedes pulls by read(): looking on there costs less than a stream in between for each of thousands of links
  const read = socket.read.bind(socket);
  socket.read = (size?: number) => {
    const chunk = read(size);
    if (chunk === null || fits(chunk)) return chunk;
    refusals.add('packet size', { address: socket.remoteAddress });
    socket.destroy();
    return null;
  };
  return socket;
}

/** TLS 1.3 that takes only certificates of the hub's own authority; which of them may connect is the gatekeeper's. */
function tlsServer({ certificate, authority }: BrokerDependencies, accept: (socket: TLSSocket) => void, refusals: Tally): TlsServer {
  const { key, cert } = certificate;
  const server = createTlsServer(
    { key, cert, ca: authority, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3', handshakeTimeout: limits.HANDSHAKE_MS },
    accept,
  );
  server.on('tlsClientError', (error, socket) => {
    refusals.add('handshake', { address: socket.remoteAddress, error: error.message });
    socket.destroy();
  });
  return server;
}

/** Accepts sockets within a rate and a number, before any of them costs a handshake. */
function frontDoor({ clock }: BrokerDependencies, tls: TlsServer, refusals: Tally): { server: Server; cutAll(): void } {
  const accepts = allowance({ perSecond: limits.ACCEPTS_PER_SECOND, atOnce: limits.ACCEPTS_AT_ONCE, clock });
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true, keepAlive: true }, (socket) => {
    // a socket that breaks before TLS has it only closes
    socket.on('error', () => {});
    if (!accepts.take()) {
      refusals.add('accept rate', { address: socket.remoteAddress });
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    tls.emit('connection', socket);
  });
  server.maxConnections = limits.CONNECTIONS;
  return {
    server,
    cutAll: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** A path longer than this does not fit a unix socket's address. */
const SOCKET_PATH_BYTES = 100;

/** @returns the folder of the hub's socket: in the data folder, or a passing one where that lies too deep. */
async function socketFolder(dataFolder: string): Promise<{ folder: string; passes: boolean }> {
  const folder = join(dataFolder, 'run');
  if (Buffer.byteLength(join(folder, 'broker.sock')) > SOCKET_PATH_BYTES)
    return { folder: await mkdtemp(join(tmpdir(), 'tieng-loa-')), passes: true };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  return { folder, passes: false };
}

async function listenToHub(
  dataFolder: string,
  accept: (socket: Socket) => void,
): Promise<{ server: Server; path: string; remove(): Promise<void> }> {
  const { folder, passes } = await socketFolder(dataFolder);
  const path = join(folder, 'broker.sock');
  // left behind by a hub that was killed
  await rm(path, { force: true });
  const server = createServer({ highWaterMark: limits.HUB_UNREAD_BYTES }, accept);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  await chmod(path, 0o600);
  return { server, path, remove: () => rm(passes ? folder : path, { recursive: passes, force: true }) };
}

function listening(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Stops accepting; resolves once the last connection is gone. A server that never listened is closed already. */
const closing = (server: Server): Promise<void> => new Promise((done) => server.close(() => done()));
