/** Who may say and hear what on the broker: derived from the table of channels, for each of the two ends. */
import { type Address, type ChannelName, channelOf, channels, topicOf } from '@tieng-loa/protocol/channels.ts';

/** Who a connection is, once it has shown it. */
export type Identity = { end: 'hub' } | { end: 'player'; player: string; station: string };

interface Published {
  topic: string;
  qos: number;
  retain: boolean;
  /** an empty retained message clears a topic */
  payload: { length: number };
}

/** Whether the ids in a topic are the player's own. */
const isOwn = (who: { player: string; station: string }, address: Address): boolean =>
  (address.player ?? who.player) === who.player && (address.station ?? who.station) === who.station;

/** Whether `who` may publish this, as a message or as its last will. */
export function mayPublish(who: Identity, { topic, qos, retain, payload }: Published): boolean {
  const found = channelOf(topic);
  if (found === null) return false;
  const channel = channels[found.name];
  // the hub clears what a revoked player left behind
  if (who.end === 'hub' && retain && payload.length === 0) return true;
  if (channel.from !== who.end || channel.qos !== qos || channel.retain !== retain) return false;
  return who.end === 'hub' || isOwn(who, found.address);
}

/** Topics that `who` may subscribe to, each spelt out; there is no other, and for a player no wildcard. */
export function readableBy(who: Identity): ReadonlySet<string> {
  const address = who.end === 'hub' ? {} : { player: who.player, station: who.station };
  const names = (Object.keys(channels) as ChannelName[]).filter((name) => channels[name].from !== who.end);
  return new Set(names.map((name) => topicOf(name, address)));
}
