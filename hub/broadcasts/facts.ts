/** Reads the facts of a station that its plans, its urgent board and its ledger are derived from. */
import { DAY, HORIZON_MS } from '@tieng-loa/protocol/limits.ts';
import type { BroadcastFacts, PlayerFacts, StationFacts, StopFacts, ZoneFacts } from '../schedule/facts.ts';
import { LONGEST_TAIL_MS } from '../schedule/limits.ts';
import type { Database } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { contentOf } from './content.ts';

/**
 * @returns what stands at `now`. `since` (by default what may still sound) says how far back broadcasts are wanted. The queries are not one
 * snapshot: whatever is written between them tells of itself, and is read again.
 * @throws Error where there is no such station.
 */
export async function gatherFacts(database: Database, station: string, now: number, since = now - LONGEST_TAIL_MS): Promise<StationFacts> {
  const { id, name, timeZone } = await database.selectFrom('stations').selectAll().where('id', '=', station).executeTakeFirstOrThrow();
  const broadcasts = await currentBroadcasts(database, station, since);
  const content = await contentOf(database, {
    programmes: [...new Set(broadcasts.map((broadcast) => broadcast.programme))],
    templatesOf: station,
  });
  return {
    ...content,
    station: { id, name, timeZone },
    zones: new Map((await zonesOf(database, station)).map((zone) => [zone.id, zone])),
    broadcasts,
    // a body covers the day before as well, and a start that was called off then must not come back into it
    stops: await stopsOf(database, station, since - 2 * DAY),
    players: await playersOf(database, station),
  };
}

/**
 * Those that may have a start at or after `since`: every weekly rule, and what was pressed or made for one time so lately that it may still
 * come. In the order of ids, so that the same facts are the same everywhere.
 */
export async function currentBroadcasts(database: Database, station: string, since: number): Promise<BroadcastFacts[]> {
  const rows = await database
    .selectFrom('broadcasts')
    .select(BROADCAST_COLUMNS)
    .where('station', '=', station)
    .where((or) => or.or([or('whenRule', 'like', '{"kind":"weekly"%'), or('createdAt', '>=', since - HORIZON_MS)]))
    .where((or) => or.or([or('cancelledAt', 'is', null), or('cancelledAt', '>=', since)]))
    .where((or) => or.or([or('startedNowAt', 'is', null), or('startedNowAt', '>=', since)]))
    .orderBy('id')
    .execute();
  return rows.map(broadcastFacts);
}

/** The columns of `broadcastFacts`. */
export const BROADCAST_COLUMNS = [
  'id',
  'programme',
  'title',
  'class',
  'whenRule',
  'zones',
  'toleranceMs',
  'startedNowAt',
  'cancelledAt',
  'createdAt',
] as const;

/** @returns a broadcast from its row. */
export function broadcastFacts(row: Pick<Tables['broadcasts'], (typeof BROADCAST_COLUMNS)[number]>): BroadcastFacts {
  const { whenRule, zones, ...same } = row;
  return { ...same, when: JSON.parse(whenRule), zones: JSON.parse(zones) };
}

/** @returns the places of a station in the order of ids. */
export async function zonesOf(database: Database, station: string): Promise<ZoneFacts[]> {
  const columns = ['id', 'name', 'languages', 'quietHours'] as const;
  const rows = await database.selectFrom('zones').select(columns).where('station', '=', station).orderBy('id').execute();
  return rows.map((row) => ({
    ...row,
    languages: JSON.parse(row.languages),
    quietHours: row.quietHours === null ? null : JSON.parse(row.quietHours),
  }));
}

/** @returns orders to stop that had not expired at `since`. */
export async function stopsOf(database: Database, station: string, since: number): Promise<StopFacts[]> {
  const columns = ['id', 'broadcast', 'plannedAt', 'issuedAt', 'expiresAt'] as const;
  const query = database.selectFrom('stops').select(columns).where('station', '=', station);
  return await query.where('expiresAt', '>=', since).orderBy('id').execute();
}

async function playersOf(database: Database, station: string): Promise<PlayerFacts[]> {
  const rows = await database
    .selectFrom('players')
    .leftJoin('playerZones', 'playerZones.player', 'players.id')
    .select(['players.id', 'players.name', 'playerZones.zone'])
    .where('players.station', '=', station)
    .where('players.certificate', 'is not', null)
    .where('players.revokedAt', 'is', null)
    .orderBy('players.id')
    .orderBy('playerZones.position')
    .execute();
  const players = new Map<string, PlayerFacts>();
  for (const { id, name, zone } of rows) {
    const player = players.get(id) ?? { id, name, zones: [] };
    if (zone !== null) player.zones.push(zone);
    players.set(id, player);
  }
  return [...players.values()];
}
