/** The rows of the table that are about players. */
import type { Clock } from '../clock.ts';
import type { Handlers } from '../http/handler.ts';
import type { Database } from '../store/database.ts';
import type { PlayerCommands } from './commands.ts';
import type { enrolment } from './enrol.ts';
import { playersOf } from './registry.ts';

interface PlayerNeeds {
  database: Database;
  clock: Clock;
  commands: PlayerCommands;
  enrol: ReturnType<typeof enrolment>;
}
export type PlayerRoutes =
  | 'GET /api/stations/:station/players'
  | 'PUT /api/stations/:station/players/:player'
  | 'POST /api/players/:player/code'
  | 'DELETE /api/players/:player'
  | 'POST /api/enrol';

/** @returns the handlers of players. */
export function playersHandlers({ database, clock, commands, enrol }: PlayerNeeds): Pick<Handlers, PlayerRoutes> {
  return {
    'GET /api/stations/:station/players': ({ station }) => playersOf(database, station, clock.now()),
    'PUT /api/stations/:station/players/:player': ({ actor, station, params, body }) =>
      commands.put({ actor, station, player: params.player }, body),
    'POST /api/players/:player/code': ({ actor, station, params }) => commands.makeCode({ actor, station, player: params.player }),
    'DELETE /api/players/:player': async ({ actor, station, params }) => {
      await commands.revoke({ actor, station, player: params.player });
      return {};
    },
    'POST /api/enrol': ({ body }) => enrol(body),
  };
}
