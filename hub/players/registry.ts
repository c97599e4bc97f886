/** The players of a station as people see them. */
import type { Player } from '@tieng-loa/protocol/views.ts';
import type { Database } from '../store/database.ts';
import { stateOf } from './state.ts';

/** @returns the players of a station by name, the revoked ones last. */
export const playersOf = (database: Database, station: string, now: number): Promise<Player[]> => views(database, { station }, now);

/** @returns one player, or null where there is none. */
export const playerOf = async (database: Database, player: string, now: number): Promise<Player | null> =>
  (await views(database, { id: player }, now))[0] ?? null;

async function views(database: Database, which: { station?: string; id?: string }, now: number): Promise<Player[]> {
  const mine = Object.entries(which) as ['station' | 'id', string][];
  let query = database
    .selectFrom('players')
    .leftJoin('statuses', 'statuses.player', 'players.id')
    .leftJoin('pointers', 'pointers.player', 'players.id')
    .selectAll('players')
    .select(['statuses.online', 'statuses.status', 'statuses.seenAt', 'statuses.since', 'pointers.revision'])
    .orderBy('players.name')
    .orderBy('players.id');
  let places = database
    .selectFrom('playerZones')
    .innerJoin('players', 'players.id', 'playerZones.player')
    .select(['playerZones.player', 'playerZones.zone'])
    .orderBy('playerZones.position');
  for (const [column, id] of mine) {
    query = query.where(`players.${column}`, '=', id);
    places = places.where(`players.${column}`, '=', id);
  }
  const zones = Map.groupBy(await places.execute(), ({ player }) => player);
  const rows = await query.execute();
  const all = rows.map((row) => viewOf(row, zones.get(row.id)?.map(({ zone }) => zone) ?? [], now));
  return all.sort((a, b) => Number(a.state === 'revoked') - Number(b.state === 'revoked'));
}

type Row = Pick<Player, 'id' | 'station' | 'name' | 'kind' | 'volume' | 'loudestVolume' | 'amplifierLeadMs' | 'certificateUntil'> & {
  certificate: string | null;
  revokedAt: number | null;
  online: 0 | 1 | null;
  status: string | null;
  seenAt: number | null;
  since: number | null;
  revision: number | null;
};

function viewOf(row: Row, zones: string[], now: number): Player {
  const { id, station, name, kind, volume, loudestVolume, amplifierLeadMs, certificateUntil } = row;
  const word = row.seenAt === null ? null : { online: row.online === 1, seenAt: row.seenAt, since: row.since ?? row.seenAt };
  const status: Player['status'] = row.status === null ? null : JSON.parse(row.status);
  const plan = row.revision === null ? null : { revision: row.revision, followed: status?.plan?.revision === row.revision };
  return {
    ...{ id, station, name, kind, zones, volume, loudestVolume, amplifierLeadMs, certificateUntil },
    ...stateOf(row, word, now),
    status,
    plan,
  };
}
