/** The rows of the table that are about stations and zones. */
import type { Handlers } from '../http/handler.ts';
import type { Stations } from './stations.ts';

type StationRoutes =
  | 'PUT /api/stations/:station'
  | 'GET /api/stations/:station'
  | 'GET /api/stations/:station/zones'
  | 'PUT /api/stations/:station/zones/:zone'
  | 'DELETE /api/zones/:zone';

/** @returns the handlers of stations and zones. */
export function stationHandlers(stations: Stations): Pick<Handlers, StationRoutes> {
  return {
    'PUT /api/stations/:station': ({ station, body, actor }) => stations.putStation({ station, name: body.name, by: actor.id }),
    'GET /api/stations/:station': ({ station }) => stations.station(station),
    'GET /api/stations/:station/zones': ({ station }) => stations.zones(station),
    'PUT /api/stations/:station/zones/:zone': ({ station, params, body, actor }) =>
      stations.putZone({ station, zone: params.zone, edit: body, by: actor.id }),
    'DELETE /api/zones/:zone': async ({ station, params, actor }) => {
      await stations.removeZone({ station, zone: params.zone, by: actor.id });
      return {};
    },
  };
}
