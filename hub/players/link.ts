/** The only file that sees MQTT bytes: the hub as a client of its broker, embedded or external, on one code path. */
import {
  type Address,
  type ChannelDocument,
  type ChannelName,
  channelOf,
  channels,
  decode,
  encode,
  topicOf,
} from '@tieng-loa/protocol/channels.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import mqtt, { type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { HUB_CLIENT } from './gatekeeper.ts';
import { HUB_KEEPALIVE_SECONDS, RECONNECT_MS } from './limits.ts';
import { type Tally, tally } from './tally.ts';

/** Where the broker is: the embedded one's unix socket, or an external one with what its TLS needs. */
export type BrokerAddress =
  | { socketPath: string }
  | { url: string; ca?: string | undefined; cert?: string | undefined; key?: string | undefined };

type From<End extends 'hub' | 'player'> = { [N in ChannelName]: (typeof channels)[N]['from'] extends End ? N : never }[ChannelName];
export type DownName = From<'hub'>;
export type UpName = From<'player'>;

/** What the rooms do with each message of a player. None may throw or wait; `retained` is what the broker remembered. */
export type Received = {
  [N in UpName]: (player: string, document: ChannelDocument<N>, retained: boolean) => void;
} & {
  /** The link stands (again): whatever is current must be published. */
  up(): void;
};

export interface Link {
  /** Begins to connect, and hands what comes in to the rooms. */
  start(received: Received): void;
  /** @returns whether the broker has it; false where the link is down, and everything current is published again once it stands. */
  send<N extends DownName>(name: N, address: Address, document: ChannelDocument<N>): Promise<boolean>;
  /** Clears what the broker remembers of and for a player. */
  forget(player: string): Promise<void>;
  isUp(): boolean;
  close(): Promise<void>;
}

const names = Object.keys(channels) as ChannelName[];

/** @returns the hub's link to its broker, not yet started. */
export function openLink(address: BrokerAddress, dependencies: { clock: Clock; log: Logger }): Link {
  const { log } = dependencies;
  const refusals = tally('Messages of players were refused.', dependencies);
  /** publishes that wait for the broker; when the link breaks they are not done */
  const underWay = new Set<(done: boolean) => void>();
  let client: MqttClient | null = null;
  let isUp = false;

  const publish = (topic: string, bytes: Buffer, { qos, retain }: { qos: 0 | 1; retain: boolean }): Promise<boolean> => {
    const link = client;
    if (!link || !isUp) return Promise.resolve(false);
    return new Promise((resolve) => {
      const end = (done: boolean): void => {
        if (underWay.delete(end)) resolve(done);
      };
      underWay.add(end);
      link.publish(topic, bytes, { qos, retain }, (error) => end(!error));
    });
  };
  const down = (): void => {
    if (isUp) log.warn({}, 'The link to the broker broke.');
    isUp = false;
    for (const end of [...underWay]) end(false);
  };

  return {
    start: (received) => {
      client = connect(address);
      client.on('message', (topic, bytes, packet) => receive(received, refusals, topic, bytes, packet));
      client.on('close', down);
      client.on('error', (error) => refusals.add('broker', { error: error.message }));
      const link = client;
      client.on('connect', () => {
        subscribe(link).then(
          () => {
            isUp = true;
            log.info({}, 'The link to the broker stands.');
            received.up();
          },
          (error: Error) => {
            // without its players' messages the hub is deaf: better to be seen as down and to try again
            log.error({ error }, 'The broker did not let the hub subscribe.');
            link.stream.destroy();
          },
        );
      });
    },
    send: (name, to, document) => publish(topicOf(name, to), encode(name, document), channels[name]),
    forget: async (player) => {
      const kept = names.filter((name) => channels[name].retain && channels[name].topic.includes('{player}'));
      await Promise.all(kept.map((name) => publish(topicOf(name, { player }), Buffer.alloc(0), { qos: 1, retain: true })));
    },
    isUp: () => isUp,
    close: async () => {
      down();
      await client?.endAsync(true);
      refusals.close();
    },
  };
}

function connect(address: BrokerAddress): MqttClient {
  const options: IClientOptions = {
    clientId: HUB_CLIENT,
    clean: true,
    protocolVersion: 4,
    keepalive: HUB_KEEPALIVE_SECONDS,
    reconnectPeriod: RECONNECT_MS,
    // we subscribe on each connect ourselves, and publish what is current: nothing stale may be sent later
    resubscribe: false,
    queueQoSZero: false,
  };
  if ('socketPath' in address) return mqtt.connect({ ...options, protocol: 'mqtt', unixSocket: true, path: address.socketPath });
  const { url, ...tls } = address;
  return mqtt.connect(url, { ...options, ...Object.fromEntries(Object.entries(tls).filter(([, pem]) => pem !== undefined)) });
}

/** Hears everything that players say. */
async function subscribe(link: MqttClient): Promise<void> {
  const up = names.filter((name) => channels[name].from === 'player');
  const granted = await link.subscribeAsync(Object.fromEntries(up.map((name) => [topicOf(name, {}), { qos: channels[name].qos }])));
  if (granted.some(({ qos }) => qos > 2)) throw new Error('a subscription was refused');
}

/** Reads one message and hands it on; a bad one is counted and refused alone. */
function receive(received: Received, refusals: Tally, topic: string, bytes: Buffer, { retain }: IPublishPacket): void {
  // an empty message clears what was remembered: it says nothing
  if (bytes.length === 0) return;
  const found = channelOf(topic);
  const player = found?.address.player;
  try {
    if (!found || !player || channels[found.name].from !== 'player') throw new Problem('not-found', { topic: topic.slice(0, 100) });
    const document = decode(found.name, bytes);
    if ('player' in document && document.player !== player) throw new Problem('bad-document', { field: 'player', why: 'is another' });
    const hand = received[found.name as UpName] as (player: string, document: unknown, retained: boolean) => void;
    hand(player, document, retain === true);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    refusals.add(`${found?.name ?? 'topic'}: ${error.code}`, { player, ...error.facts });
  }
}
