/** Which station a path leads to: the one it names, or the one of the thing it names. */
import { Id } from '@tieng-loa/protocol/ids.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { firstFault } from '@tieng-loa/protocol/strict.ts';
import type { Database } from '../store/database.ts';

/** Things that belong to a station, by the name of their parameter. */
const tables = {
  zone: 'zones',
  recording: 'recordings',
  bulletin: 'bulletins',
  programme: 'programmes',
  broadcast: 'broadcasts',
  player: 'players',
} as const;

/** The one row that may name a station that is not there yet. */
const MAKES_STATION = 'PUT /api/stations/:station';

/** @returns the station of a route's path, '' where it leads to none. @throws Problem `not-found` for what is not there. */
export async function stationOf(database: Database, route: string, params: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, id] of Object.entries(params)) if (name !== 'link' && firstFault(Id, id)) throw new Problem('not-found');
  const { station } = params;
  if (station !== undefined) {
    if (route === MAKES_STATION) return station;
    const row = await database.selectFrom('stations').select('id').where('id', '=', station).executeTakeFirst();
    if (!row) throw new Problem('not-found');
    return station;
  }
  for (const [name, table] of Object.entries(tables)) {
    const id = params[name];
    if (id === undefined) continue;
    const row = await database.selectFrom(table).select('station').where('id', '=', id).executeTakeFirst();
    if (!row) throw new Problem('not-found');
    return row.station;
  }
  return '';
}
