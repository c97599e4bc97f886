/** Who asks, and whether they may: session, origin, CSRF token, rights, rates. Runs before a byte of the body is read. */
import type { RouteName, Who } from '@tieng-loa/protocol/api.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { RATES } from '../limits.ts';
import { administersHub, can } from '../people/roles.ts';
import type { Session, Sessions } from '../people/sessions.ts';
import type { Database } from '../store/database.ts';
import type { Actor } from './handler.ts';
import { addressRates, type Rates } from './rates.ts';
import { stationOf } from './station-of.ts';

/** What the guard found out, for the handler. */
export interface Admitted {
  actor: Actor | null;
  station: string;
}
export type Guard = (route: RouteName, who: Who, request: FastifyRequest) => Promise<Admitted>;

interface GuardNeeds {
  database: Database;
  clock: Clock;
  sessions: Sessions;
  /** name of the session's cookie */
  cookie: string;
  /** addresses of this hub as browsers name them, beside the request's own host */
  origins: () => readonly string[];
}

/** `__Host-`: only this host, only over HTTPS. Without HTTPS the hub is on loopback, where browsers would refuse such a cookie. */
export const cookieName = (secure: boolean): string => (secure ? '__Host-tl' : 'tl');

/** @returns the guard of all routes. */
export function routeGuard({ database, clock, sessions, cookie, origins }: GuardNeeds): Guard {
  const rates: Partial<Record<RouteName, Rates>> = ratesOf(clock);
  return async (route, who, request) => {
    rates[route]?.take(request.ip);
    const changes = request.method !== 'GET';
    if (changes) checkOrigin(request, origins());
    const token = request.cookies[cookie];
    const session = token === undefined ? null : await sessions.find(token);
    if (who === 'anyone') return { actor: session && actorOf(session), station: '' };
    if (!session) throw new Problem('not-signed-in');
    if (changes && request.headers['x-csrf'] !== session.csrf) throw new Problem('wrong-origin');
    const actor = actorOf(session);
    const station = await stationOf(database, route, request.params as Record<string, string>);
    if (who === 'signed-in') return { actor, station };
    // whoever may not even see the station does not learn what is in it
    if (!actor.may('see', station)) throw new Problem('not-found');
    if (!actor.may(who, station)) throw new Problem('not-allowed');
    return { actor, station };
  };
}

const actorOf = (session: Session): Actor => ({
  id: session.person,
  name: session.name,
  may: (verb, station) => can(session.grants, verb, station),
  administersHub: administersHub(session.grants),
  session: session.id,
});

/** A page of another site can send a request with the person's cookie, but it cannot hide where it comes from. */
function checkOrigin(request: FastifyRequest, own: readonly string[]): void {
  if (request.headers['sec-fetch-site'] === 'cross-site') throw new Problem('wrong-origin');
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `${request.protocol}://${request.host}` && !own.includes(origin))
    throw new Problem('wrong-origin');
}

function ratesOf(clock: Clock): Partial<Record<RouteName, Rates>> {
  const links = addressRates(RATES.links, clock);
  return {
    'POST /api/session': addressRates(RATES.session, clock),
    'GET /api/links/:link': links,
    'POST /api/links/:link': links,
    'POST /api/enrol': addressRates(RATES.enrol, clock),
  };
}
