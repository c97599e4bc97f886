/** Stops what may be sounding: finds the airings that are due or on air, and writes an order for each. */
import { newId } from '@tieng-loa/protocol/ids.ts';
import type { Status } from '@tieng-loa/protocol/status.ts';
import { compositionOf, plannedStarts } from '../schedule/compose.ts';
import type { BroadcastFacts, Content } from '../schedule/facts.ts';
import { LONGEST_TAIL_MS } from '../schedule/limits.ts';
import { tailMs } from '../schedule/plan-for.ts';
import type { Database } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { contentOf } from './content.ts';
import { currentBroadcasts } from './facts.ts';

/** One start of a broadcast, and when nothing of it can sound any more. */
export interface Due {
  broadcast: string;
  plannedAt: number;
  expiresAt: number;
}

/** How long after a start something of the broadcast may sound; a broadcast without a programme has the longest. */
export function tailOf(broadcast: BroadcastFacts, content: Content): number {
  const composition = compositionOf(broadcast, content);
  return composition === null ? LONGEST_TAIL_MS : tailMs(broadcast, composition.durationMs);
}

/** @returns the starts of a broadcast of which something may be sounding or about to: by its rule, and by what players say. */
export async function dueOf(
  database: Database,
  station: { id: string; timeZone: string },
  broadcast: BroadcastFacts,
  now: number,
): Promise<Due[]> {
  const tail = tailOf(broadcast, await contentOf(database, { programmes: [broadcast.programme] }));
  const byRule = plannedStarts(broadcast, { from: now - tail, to: now + 1, timeZone: station.timeZone });
  const ends = new Map(byRule.map((at) => [at, at + tail]));
  for (const at of await onAirStarts(database, station.id, broadcast.id)) ends.set(at, Math.max(ends.get(at) ?? 0, now + LONGEST_TAIL_MS));
  return [...ends].map(([plannedAt, expiresAt]) => ({ broadcast: broadcast.id, plannedAt, expiresAt }));
}

/** What players say that they sound of it: theirs may be an older plan, or a late start. */
async function onAirStarts(database: Database, station: string, broadcast: string): Promise<number[]> {
  const rows = await database
    .selectFrom('statuses')
    .innerJoin('players', 'players.id', 'statuses.player')
    .select('statuses.status')
    .where('players.station', '=', station)
    .where('statuses.status', 'like', `%"broadcast":"${broadcast}"%`)
    .execute();
  const statuses = rows.flatMap(({ status }): Status[] => (status === null ? [] : [JSON.parse(status)]));
  return [...new Set(statuses.flatMap(({ onAir }) => (onAir?.broadcast === broadcast ? [onAir.plannedAt] : [])))];
}

type Who = Pick<Tables['stops'], 'station' | 'issuedBy'> & { now: number };

/** Writes an order to stop for each start. */
export async function orderStops(database: Database, { station, issuedBy, now }: Who, due: readonly Due[]): Promise<void> {
  if (due.length === 0) return;
  const rows = due.map((one) => ({ id: newId(), station, ...one, issuedBy, issuedAt: now }));
  await database.insertInto('stops').values(rows).execute();
}

/** Stops whatever sounds that holds this bulletin. */
export async function silence(database: Database, { bulletin, ...who }: Who & { bulletin: string }): Promise<void> {
  const columns = ['id', 'timeZone'] as const;
  const station = await database.selectFrom('stations').select(columns).where('id', '=', who.station).executeTakeFirstOrThrow();
  const programmes = database.selectFrom('programmes').select('id').where('station', '=', who.station);
  const holding = new Set((await programmes.where('items', 'like', `%"${bulletin}"%`).execute()).map((row) => row.id));
  const broadcasts = await currentBroadcasts(database, who.station, who.now - LONGEST_TAIL_MS);
  for (const broadcast of broadcasts)
    if (holding.has(broadcast.programme)) await orderStops(database, who, await dueOf(database, station, broadcast, who.now));
}
