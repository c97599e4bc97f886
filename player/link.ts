/** The link to the hub's broker: the only file of the player that sees MQTT bytes. Clean session, last will, birth on every connect. */
import { connect as connectTls } from 'node:tls';
import { type ChannelDocument, type ChannelName, channelOf, channels, decode, encode, topicOf } from '@tieng-loa/protocol/channels.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { writeToStream } from 'mqtt-packet';
import type { Clock } from './clock.ts';
import type { Identity } from './identity.ts';
import { CONNECT_FIRST_MS, CONNECT_LONGEST_MS, CONNECT_WAIT_MS, FAREWELL_MS, KEEPALIVE_SECONDS } from './limits.ts';
import type { Logger } from './log.ts';

type FromHub = { [N in ChannelName]: (typeof channels)[N]['from'] extends 'hub' ? N : never }[ChannelName];
type FromPlayer = Exclude<ChannelName, FromHub>;

/** What the link tells; each must return soon. */
export interface LinkListener {
  heard: { [N in FromHub]: (document: ChannelDocument<N>) => void };
  /** subscribed: what is retained comes now. The birth is said first, then `up` is called */
  up: () => void;
  down: () => void;
  /** a message on a channel could not be read */
  unreadable: (channel: FromHub) => void;
}
export interface Link {
  readonly connected: boolean;
  /** says it if the link is there; state is said again at every birth, so nothing is queued */
  say<N extends FromPlayer>(channel: N, document: ChannelDocument<N>): void;
  close(): Promise<void>;
}
/** Makes one connection; by default mutual TLS to the broker. */
export type Connect = (options: IClientOptions) => MqttClient;

export interface LinkParts {
  identity: Identity;
  boot: string;
  clock: Clock;
  /** a number in [0, 1): the jitter of the back-off */
  chance: () => number;
  listener: LinkListener;
  connect?: Connect;
  log: Logger;
}

const HEARD = (Object.keys(channels) as ChannelName[]).filter((name): name is FromHub => channels[name].from === 'hub');

/**
 * Mutual TLS. The authority signs this hub's server and its players only, so a hub that moves to another address stays the same hub.
 * The client is made over a socket of ours: mqtt's own `connect` would load its web sockets and proxies too.
 */
export const secureConnect =
  (identity: Identity, log: Logger): Connect =>
  (options) =>
    new mqtt.MqttClient(() => {
      const socket = connectTls({
        host: identity.brokerHost,
        port: identity.brokerPort,
        ca: identity.authority,
        cert: identity.certificate,
        key: identity.tlsKey,
        checkServerIdentity: () => undefined,
      });
      // the client tells what the network does (ECONNREFUSED and the like), not what the certificates do
      socket.on('error', (error: NodeJS.ErrnoException) => {
        if (!/^E[A-Z]+$/.test(error.code ?? '')) log.error({ error }, 'the hub’s certificate was refused, or it refused this one');
      });
      return socket;
    }, options);

export function openLink({ identity, boot, clock, chance, listener, log, connect = secureConnect(identity, log) }: LinkParts): Link {
  // a table of all 65,536 packet numbers, made at the first packet, costs a player 25 MB and saves it nothing
  writeToStream.cacheNumbers = false;
  const address = { player: identity.player, station: identity.station };
  let client: MqttClient | null = null;
  let up = false;
  let waitMs = CONNECT_FIRST_MS;
  let cancelRetry = () => {};
  let closed = false;

  const options: IClientOptions = {
    clientId: identity.player,
    clean: true,
    keepalive: KEEPALIVE_SECONDS,
    connectTimeout: CONNECT_WAIT_MS,
    // each connection is a new client: nothing of the old one is sent again, and the back-off is ours
    reconnectPeriod: 0,
    queueQoSZero: false,
    resubscribe: false,
    will: {
      topic: topicOf('presence', address),
      payload: encode('presence', { player: identity.player, boot, online: false }),
      qos: channels.presence.qos,
      retain: channels.presence.retain,
    },
  };
  const say: Link['say'] = (channel, document) => {
    if (!up || !client) return;
    const { qos, retain } = channels[channel];
    client.publish(topicOf(channel, address), encode(channel, document), { qos, retain }, (error) => {
      if (error && up) log.warn({ channel, error }, 'a message could not be sent');
    });
  };
  const hear = <N extends FromHub>(name: N, payload: Uint8Array): void => {
    let document: ChannelDocument<N>;
    try {
      document = decode(name, payload);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      log.warn({ channel: name, facts: error.facts }, 'a message could not be read');
      listener.unreadable(name);
      return;
    }
    (listener.heard[name] as (document: ChannelDocument<N>) => void)(document);
  };
  const born = (mine: MqttClient): void => {
    const topics = Object.fromEntries(HEARD.map((name) => [topicOf(name, address), { qos: channels[name].qos }]));
    up = true;
    // the birth goes first: what is heard after it is answered by a player that is here
    say('presence', { player: identity.player, boot, online: true });
    mine.subscribe(topics, (error, granted) => {
      if (mine !== client || !up) return;
      if (error || granted?.some(({ qos }) => qos === 128)) {
        log.error({ error }, 'the broker refused a subscription');
        mine.end(true);
        return;
      }
      waitMs = CONNECT_FIRST_MS;
      log.info({ host: identity.brokerHost }, 'connected to the hub');
      listener.up();
    });
  };
  const dial = (): void => {
    if (closed) return;
    const mine = connect(options);
    client = mine;
    mine.on('connect', () => born(mine));
    mine.on('message', (topic, payload) => {
      const channel = channelOf(topic);
      if (mine === client && channel && HEARD.includes(channel.name as FromHub)) hear(channel.name as FromHub, payload);
    });
    // a dial that fails says so at each address it tried, and once more at its end: the first word is enough
    let told = false;
    mine.on('error', (error) => {
      if (!told) log.warn({ error: error.message || (error as NodeJS.ErrnoException).code }, 'the link to the hub failed');
      told = true;
    });
    mine.once('close', () => lost(mine));
  };
  const lost = (mine: MqttClient): void => {
    if (mine !== client) return;
    client = null;
    const was = up;
    up = false;
    mine.end(true);
    if (was) listener.down();
    if (closed) return;
    // full jitter within the upper half: players that lost the same hub come back spread
    cancelRetry = clock.after(waitMs * (0.5 + chance() / 2), dial);
    waitMs = Math.min(waitMs * 2, CONNECT_LONGEST_MS);
  };
  dial();
  return {
    get connected() {
      return up;
    },
    say,
    async close() {
      if (closed) return;
      closed = true;
      cancelRetry();
      const mine = client;
      if (!mine) return;
      say('presence', { player: identity.player, boot, online: false });
      client = null;
      up = false;
      await farewell(mine, clock);
    },
  };
}

/** Lets what was said reach the broker, within a bound: a dead link answers nothing. */
async function farewell(mine: MqttClient, clock: Clock): Promise<void> {
  if (mine.connected && !mine.stream.destroyed) {
    await new Promise<void>((resolve) => {
      const cancel = clock.after(FAREWELL_MS, resolve);
      mine.once('close', resolve);
      mine.end(false, () => {
        cancel();
        resolve();
      });
    });
  }
  mine.end(true);
}
