/** A hub's HTTP server on loopback with handlers of the test's own, and people with every role at its door. */
import { changeStream } from '@tieng-loa/hub/changes.ts';
import { systemClock } from '@tieng-loa/hub/clock.ts';
import type { Handlers } from '@tieng-loa/hub/http/handler.ts';
import type { Checks } from '@tieng-loa/hub/http/health.ts';
import { httpServer } from '@tieng-loa/hub/http/server.ts';
import { openSessions } from '@tieng-loa/hub/people/sessions.ts';
import type { Database } from '@tieng-loa/hub/store/database.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import type { Role } from '@tieng-loa/protocol/people.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';

export interface Visitor {
  cookie: string;
  csrf: string;
  person: string;
}
export interface Door {
  url: string;
  changes: ReturnType<typeof changeStream>;
  sessions: ReturnType<typeof openSessions>;
  /** lines of the log */
  logged: string[];
  station(name?: string): Promise<string>;
  /** a signed-in person with one role; station '' is the whole hub */
  visitor(role: Role | null, station: string): Promise<Visitor>;
  /** asks as a visitor, with what a page would send along; a guest is null */
  ask(
    visitor: Visitor | null,
    route: string,
    init?: { body?: BodyInit; headers?: Record<string, string>; signal?: AbortSignal },
  ): Promise<Response>;
  close(): Promise<void>;
}

/** What a handler of the test answers when a request came through: the guard let it pass. */
export const REACHED = 'wrong-state';
const reached = new Proxy({} as Handlers, {
  get: () => async () => {
    throw new Problem(REACHED, { state: 'reached' });
  },
});

/** Opens the door. Handlers that are not given say that they were reached. */
export async function openDoor(
  database: Database,
  options: { handlers?: Partial<Handlers>; publicUrl?: string; checks?: Checks; pageFolder?: string } = {},
): Promise<Door> {
  const changes = changeStream();
  const sessions = openSessions({ database, clock: systemClock });
  const logged: string[] = [];
  const note = (facts: object, says: string): void => void logged.push(JSON.stringify({ says, ...facts }));
  const server = await httpServer({
    database,
    clock: systemClock,
    log: { info: note, warn: note, error: note },
    changes,
    sessions,
    handlers: new Proxy(reached, { get: (_, name) => options.handlers?.[name as keyof Handlers] ?? reached[name as keyof Handlers] }),
    checks: options.checks ?? {},
    pageFolder: options.pageFolder ?? '/nowhere',
    tls: null,
    publicUrl: options.publicUrl ?? null,
    checkAnswers: true,
  });
  const url = await server.listen('127.0.0.1', 0);
  const cookieName = options.publicUrl?.startsWith('https:') ? '__Host-tl' : 'tl';
  return {
    url,
    changes,
    sessions,
    logged,
    async station(name = 'xã Quảng Lâm') {
      const id = newId();
      await database.insertInto('stations').values({ id, name, timeZone: 'Asia/Ho_Chi_Minh', createdAt: 0 }).execute();
      return id;
    },
    async visitor(role, station) {
      const person = newId();
      const row = {
        id: person,
        login: person,
        name: role ?? 'x',
        organisation: '',
        passwordHash: 'x',
        disabled: 0 as const,
        lastSeenAt: null,
        createdAt: 0,
      };
      await database.insertInto('people').values(row).execute();
      if (role) await database.insertInto('grants').values({ person, station, role }).execute();
      const token = await sessions.start(person);
      return { cookie: `${cookieName}=${token}`, csrf: (await sessions.find(token))!.csrf, person };
    },
    ask(visitor, route, { body, headers = {}, signal } = {}) {
      const [method, path] = route.split(' ') as [string, string];
      const own = visitor ? { cookie: visitor.cookie, ...(method === 'GET' ? {} : { 'x-csrf': visitor.csrf }) } : {};
      const type: Record<string, string> = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
      return fetch(url + path, {
        method,
        headers: { ...own, ...type, ...headers },
        ...(body === undefined ? {} : { body }),
        ...(signal ? { signal } : {}),
      });
    },
    close: () => server.close(),
  };
}
