/** The rows of the table that are about people and their sessions. */
import type { Me } from '@tieng-loa/protocol/people.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Actor, Handlers, SessionAnswer } from '../http/handler.ts';
import type { Database } from '../store/database.ts';
import type { Accounts } from './accounts.ts';
import type { Links } from './links.ts';
import type { Roster } from './roster.ts';
import type { Session, Sessions } from './sessions.ts';
import { meView } from './views.ts';

interface PeopleNeeds {
  database: Database;
  sessions: Sessions;
  accounts: Accounts;
  links: Links;
  roster: Roster;
  /** the hub's address as people open it */
  publicUrl: () => string;
}

type PeopleRoutes =
  | 'POST /api/session'
  | 'DELETE /api/session'
  | 'GET /api/me'
  | 'PUT /api/me/password'
  | 'GET /api/links/:link'
  | 'POST /api/links/:link'
  | 'GET /api/stations/:station/people'
  | 'PUT /api/stations/:station/people/:person'
  | 'POST /api/stations/:station/people/:person/link';

/** The page on which a person uses a one-time link. */
export const linkPage = (publicUrl: string, token: string): string => `${publicUrl}/lien-ket/${token}`;

/** @returns the handlers of people and sessions. */
export function peopleHandlers({ database, sessions, accounts, links, roster, publicUrl }: PeopleNeeds): Pick<Handlers, PeopleRoutes> {
  const me = async (session: Session | null): Promise<Me> => {
    if (!session) throw new Problem('not-signed-in');
    return meView(database, session);
  };
  /** A session begins: the one that the browser had before ends. */
  const begun = async (token: string, before: Actor | null): Promise<SessionAnswer<Me>> => {
    if (before) await sessions.end(before.session);
    return { session: { token }, answer: await me(await sessions.find(token)) };
  };
  return {
    'POST /api/session': async ({ body, address, actor }) => begun(await accounts.signIn({ ...body, address }), actor),
    'DELETE /api/session': async ({ actor }) => {
      await sessions.end(actor.session);
      return { session: { token: null }, answer: {} };
    },
    'GET /api/me': async ({ actor }) => me(await sessions.read(actor.session)),
    'PUT /api/me/password': async ({ actor, body, address }) => {
      await accounts.changePassword({ person: actor.id, session: actor.session, ...body, address });
      return {};
    },
    'GET /api/links/:link': ({ params }) => links.look(params.link),
    'POST /api/links/:link': async ({ params, body, actor }) => begun(await links.use(params.link, body), actor),
    'GET /api/stations/:station/people': ({ station, actor }) => roster.people(station, actor),
    'PUT /api/stations/:station/people/:person': ({ station, params, actor, body }) =>
      roster.put({ station, person: params.person, actor, edit: body }),
    'POST /api/stations/:station/people/:person/link': async ({ station, params, actor }) => {
      const { person, token, expiresAt } = await roster.link({ station, person: params.person, actor });
      return { person, link: linkPage(publicUrl(), token), expiresAt };
    },
  };
}
