/** Binds the rows of broadcasts and airings to what is done. */
import type { Handlers } from '../http/handler.ts';
import { listAirings } from './airings.ts';
import { type BroadcastRoom, cancelBroadcast, scheduleBroadcast, stopBroadcast } from './commands.ts';
import { listBroadcasts } from './queries.ts';

type Rows =
  | 'GET /api/stations/:station/broadcasts'
  | 'PUT /api/stations/:station/broadcasts/:broadcast'
  | 'POST /api/broadcasts/:broadcast/stop'
  | 'DELETE /api/broadcasts/:broadcast'
  | 'GET /api/stations/:station/airings';

export const broadcastHandlers = (room: BroadcastRoom): Pick<Handlers, Rows> => ({
  'GET /api/stations/:station/broadcasts': ({ station }) => listBroadcasts(room.database, station, room.clock.now()),
  'PUT /api/stations/:station/broadcasts/:broadcast': ({ params, body, actor, station }) =>
    scheduleBroadcast(room, { station, id: params.broadcast, by: actor, wish: body }),
  'POST /api/broadcasts/:broadcast/stop': async ({ params, body, actor }) => {
    await stopBroadcast(room, params.broadcast, body.plannedAt, actor.id);
    return {};
  },
  'DELETE /api/broadcasts/:broadcast': async ({ params, actor }) => {
    await cancelBroadcast(room, params.broadcast, actor.id);
    return {};
  },
  'GET /api/stations/:station/airings': ({ query, station }) => listAirings(room.database, { station, ...query, now: room.clock.now() }),
});
