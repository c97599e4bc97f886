/**
 * THE TABLE of MQTT: topic, document, direction, quality of service, retained or not. Broker access, subscriptions,
 * the README's table and every encoder derive from it; no topic and no JSON.parse of a message stands anywhere else.
 */
import type { Static, TSchema } from 'typebox';
import { type Block, BlockAsk, decodeBlock, encodeBlock } from './blocks.ts';
import { PACKET_BYTES } from './limits.ts';
import { Problem } from './problems.ts';
import { Envelope } from './seal.ts';
import { Presence, Status } from './status.ts';
import { checked, parseStrictly } from './strict.ts';

interface Channel<S extends TSchema | 'block' = TSchema | 'block', F extends 'player' | 'hub' = 'player' | 'hub'> {
  /** `{player}` and `{station}` are filled with ids */
  topic: string;
  from: F;
  qos: 0 | 1;
  retain: boolean;
  document: S;
  says: string;
}
const channel = <S extends TSchema | 'block', F extends 'player' | 'hub'>(row: Channel<S, F>): Channel<S, F> => row;

export const channels = {
  presence: channel({
    topic: 'tl/player/{player}/up/presence',
    from: 'player',
    qos: 1,
    retain: true,
    document: Presence,
    says: 'here (birth message) or gone (last will)',
  }),
  status: channel({
    topic: 'tl/player/{player}/up/status',
    from: 'player',
    qos: 1,
    retain: true,
    document: Status,
    says: 'plan followed, renderings held and lacked, what is on air, volume, clock',
  }),
  report: channel({
    topic: 'tl/player/{player}/up/report',
    from: 'player',
    qos: 1,
    retain: false,
    document: Envelope,
    says: 'what became of one airing, sealed by the player',
  }),
  ask: channel({
    topic: 'tl/player/{player}/up/ask',
    from: 'player',
    qos: 0,
    retain: false,
    document: BlockAsk,
    says: 'asks for one block of a file',
  }),
  block: channel({
    topic: 'tl/player/{player}/down/block',
    from: 'hub',
    qos: 0,
    retain: false,
    document: 'block',
    says: 'one block of a file (SHA-256, index, bytes)',
  }),
  pointer: channel({
    topic: 'tl/player/{player}/down/pointer',
    from: 'hub',
    qos: 1,
    retain: true,
    document: Envelope,
    says: 'the plan of this player, sealed by the schedule key',
  }),
  receipt: channel({
    topic: 'tl/player/{player}/down/receipt',
    from: 'hub',
    qos: 1,
    retain: false,
    document: Envelope,
    says: 'reports that the hub has stored or refused, sealed by the schedule key',
  }),
  board: channel({
    topic: 'tl/station/{station}/board',
    from: 'hub',
    qos: 1,
    retain: true,
    document: Envelope,
    says: 'what is urgent now in the station, sealed by the urgent key',
  }),
} as const;

export type ChannelName = keyof typeof channels;
export type ChannelDocument<N extends ChannelName> = (typeof channels)[N]['document'] extends 'block'
  ? Block
  : Static<Extract<(typeof channels)[N]['document'], object>>;
/** The ids that a topic names. */
export interface Address {
  player?: string;
  station?: string;
}

/** @returns the topic of a channel; with `+` for an id that is not given (a subscription of the hub). */
export function topicOf(name: ChannelName, address: Address): string {
  return channels[name].topic.replace(/\{(player|station)\}/g, (_, key: 'player' | 'station') => address[key] ?? '+');
}

const patterns = (Object.keys(channels) as ChannelName[]).map((name) => ({
  name,
  pattern: new RegExp(`^${channels[name].topic.replace(/\{(\w+)\}/g, '(?<$1>[0-9a-z]{20})')}$`),
}));

/** @returns which channel a topic belongs to and the ids in it; null for a topic that is not in the table. */
export function channelOf(topic: string): { name: ChannelName; address: Address } | null {
  for (const { name, pattern } of patterns) {
    const match = pattern.exec(topic);
    if (match) return { name, address: { ...match.groups } };
  }
  return null;
}

/** @returns the bytes that travel. @throws Problem `bad-document` where the document breaks its schema or is too large. */
export function encode<N extends ChannelName>(name: N, document: ChannelDocument<N>): Buffer {
  const schema = channels[name].document;
  const bytes = schema === 'block' ? encodeBlock(document as Block) : Buffer.from(JSON.stringify(checked(schema, document)));
  if (bytes.length > PACKET_BYTES) throw new Problem('bad-document', { why: 'size' });
  return bytes;
}

/** @returns the document in a message. @throws Problem `bad-document`: size before parsing, parsed once and strictly. */
export function decode<N extends ChannelName>(name: N, bytes: Uint8Array): ChannelDocument<N> {
  if (bytes.length > PACKET_BYTES) throw new Problem('bad-document', { why: 'size' });
  const schema = channels[name].document;
  if (schema === 'block') return decodeBlock(bytes) as ChannelDocument<N>;
  return checked(schema, parseStrictly(Buffer.from(bytes).toString('utf8'))) as ChannelDocument<N>;
}
