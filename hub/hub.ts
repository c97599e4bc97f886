/** The composition root: opens the rooms of the hub in order, and closes them in reverse. */
import { mkdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { broadcastHandlers } from './broadcasts/handlers.ts';
import { bulletinHandlers } from './bulletins/handlers.ts';
import { changeStream } from './changes.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { remove } from './files.ts';
import type { Handlers } from './http/handler.ts';
import { diskHasRoom, storeAnswers } from './http/health.ts';
import { httpServer } from './http/server.ts';
import type { Logger } from './log.ts';
import { openAccounts } from './people/accounts.ts';
import { attemptCounter } from './people/attempts.ts';
import { firstLink, firstLinkFile } from './people/first.ts';
import { peopleHandlers } from './people/handlers.ts';
import { openLinks } from './people/links.ts';
import { passwordReckoner } from './people/passwords.ts';
import { openRoster } from './people/roster.ts';
import { openSessions } from './people/sessions.ts';
import { type Authority, type KeyPair, openAuthority } from './players/authority.ts';
import { programmeHandlers } from './programmes/handlers.ts';
import { stationHandlers } from './stations/handlers.ts';
import { openStations } from './stations/stations.ts';
import { type Database, openDatabase, type Place } from './store/database.ts';
import { keepHubAddress } from './store/facts.ts';

export interface Hub {
  /** where people open it */
  url: string;
  /** the one-time link of the first administrator, while the hub has no people */
  firstLink: string | null;
  close(): Promise<void>;
}
interface HubNeeds {
  clock: Clock;
  log: Logger;
  /** the built dashboard; where it lies in the sources, unless a test has none */
  pageFolder?: string;
}

/** @returns where the hub's data are. */
export const placeOf = (config: Config): Place =>
  config.databaseUrl === null
    ? { kind: 'sqlite', path: join(config.dataDir, 'hub.sqlite') }
    : { kind: 'postgres', url: config.databaseUrl };

/** Opens a hub. @returns it once it answers. What was opened is closed again where opening fails. */
export async function openHub(config: Config, { clock, log, pageFolder = PAGE_FOLDER }: HubNeeds): Promise<Hub> {
  await using opened = new AsyncDisposableStack();
  await mkdir(config.dataDir, { recursive: true, mode: 0o750 });
  const database = await openDatabase(placeOf(config));
  opened.defer(() => database.destroy());
  const changes = changeStream();
  const authority = await openAuthority({ folder: join(config.dataDir, 'keys'), clock });

  let url = config.publicUrl ?? '';
  const people = openPeople({ database, clock, changes, firstUsed: () => remove(firstLinkFile(config.dataDir)) });
  const stations = openStations({ database, clock, changes });
  const handlers = {
    ...peopleHandlers({ ...people, database, publicUrl: () => url }),
    ...stationHandlers(stations),
    ...bulletinHandlers({ database, clock, changes }),
    ...programmeHandlers({ database, clock, changes }),
    ...broadcastHandlers({ database, clock, changes }),
  } as Handlers;

  const server = await httpServer({
    database,
    clock,
    log,
    changes,
    sessions: people.sessions,
    handlers,
    checks: { store: storeAnswers(database), disk: diskHasRoom(config.dataDir) },
    pageFolder,
    tls: await certificateOf(config, authority),
    publicUrl: config.publicUrl,
    checkAnswers: config.checkAnswers,
  });
  opened.defer(() => server.close());
  const listening = await server.listen(config.host, config.port);
  url ||= listening.replace(/\/\/(0\.0\.0\.0|\[::\])/, `//${hostname()}`);
  await keepHubAddress(database, url);
  const link = await firstLink({ database, clock, dataDir: config.dataDir, publicUrl: url });

  const rooms = opened.move();
  return { url, firstLink: link, close: () => rooms.disposeAsync() };
}

const PAGE_FOLDER = join(import.meta.dirname, '../dashboard/dist');

interface PeopleNeeds {
  database: Database;
  clock: Clock;
  changes: ReturnType<typeof changeStream>;
  firstUsed: () => Promise<void>;
}

function openPeople(needs: PeopleNeeds) {
  const sessions = openSessions(needs);
  const shared = { ...needs, sessions, passwords: passwordReckoner(), attempts: attemptCounter(needs.clock) };
  return { sessions, accounts: openAccounts(shared), links: openLinks(shared), roster: openRoster(shared) };
}

/** Names by which this hub is reached, for its certificate. */
function hostsOf(config: Config): string[] {
  const named = config.publicUrl === null ? [] : [new URL(config.publicUrl).hostname];
  const bound = ['0.0.0.0', '::'].includes(config.host) ? [] : [config.host];
  return [...new Set([...named, ...bound, hostname()])];
}

async function certificateOf(config: Config, authority: Authority): Promise<KeyPair | null> {
  if (config.tls === 'off') return null;
  if (config.tls === 'own') return authority.serverCertificate(hostsOf(config));
  return { cert: await readFile(config.tlsCert!, 'utf8'), key: await readFile(config.tlsKey!, 'utf8') };
}
