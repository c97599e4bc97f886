/** The composition root: opens the rooms of the hub in order, and closes them in reverse. */
import { mkdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { broadcastHandlers } from './broadcasts/handlers.ts';
import { bulletinHandlers } from './bulletins/handlers.ts';
import { type Changes, changeStream } from './changes.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { openFiles, remove, removeUnfinished } from './files.ts';
import { AT, type Chore, removeExpired, startHousekeeping } from './housekeeping.ts';
import type { Handlers } from './http/handler.ts';
import { diskHasRoom, storeAnswers } from './http/health.ts';
import { httpServer } from './http/server.ts';
import { openKeys } from './keys.ts';
import { ORPHAN_MS } from './limits.ts';
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
import { removeOldBodies } from './players/plans.ts';
import { type EmbeddedBroker, type ExternalBroker, openPlayers } from './players/room.ts';
import { programmeHandlers } from './programmes/handlers.ts';
import { recordingHandlers } from './recordings/handlers.ts';
import { recordingLibrary } from './recordings/library.ts';
import { removeOrphans } from './recordings/orphans.ts';
import { stationHandlers } from './stations/handlers.ts';
import { openStations } from './stations/stations.ts';
import { type Database, openDatabase, type Place } from './store/database.ts';
import { keepHubAddress } from './store/facts.ts';
import { holdFolder } from './store/lock.ts';

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

const PAGE_FOLDER = join(import.meta.dirname, '../dashboard/dist');

/** @returns where the hub's data are. */
export const placeOf = (config: Config): Place =>
  config.databaseUrl === null
    ? { kind: 'sqlite', path: join(config.dataDir, 'hub.sqlite') }
    : { kind: 'postgres', url: config.databaseUrl };

/** Opens a hub. @returns it once it answers. What was opened is closed again where opening fails. */
export async function openHub(config: Config, { clock, log, pageFolder = PAGE_FOLDER }: HubNeeds): Promise<Hub> {
  await using opened = new AsyncDisposableStack();
  const { dataDir: folder } = config;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const hold = holdFolder(folder);
  opened.defer(() => hold.letGo());
  const database = await openDatabase(placeOf(config));
  opened.defer(() => database.destroy());
  const changes = changeStream();
  const files = await openFiles(folder);
  await removeUnfinished(files);
  const keys = await openKeys(join(folder, 'keys'));
  const authority = await openAuthority({ folder: join(folder, 'keys'), clock });
  const room = { database, clock, changes, log, files };
  let url = config.publicUrl ?? '';
  const publicUrl = (): string => url;

  const people = openPeople({ ...room, firstUsed: () => remove(firstLinkFile(folder)) });
  const library = recordingLibrary(room);
  opened.defer(() => library.close());
  library.start();
  const players = await openPlayers({ ...room, folder, keys, authority, publicUrl, broker: await brokerOf(config, authority) });
  opened.defer(() => players.close());

  const handlers: Handlers = {
    ...peopleHandlers({ ...people, database, publicUrl }),
    ...stationHandlers(openStations(room)),
    ...recordingHandlers({ ...room, library }),
    ...bulletinHandlers(room),
    ...programmeHandlers(room),
    ...broadcastHandlers(room),
    ...players.handlers,
  };
  const { sessions } = people;
  const server = await httpServer({
    ...room,
    ...{ sessions, handlers, pageFolder },
    checks: { store: storeAnswers(database), broker: () => players.isUp(), disk: diskHasRoom(folder) },
    tls: await certificateOf(config, authority),
    publicUrl: config.publicUrl,
    checkAnswers: config.checkAnswers,
  });
  opened.defer(() => server.close());
  const listening = await server.listen(config.host, config.port);
  url ||= listening.replace(/\/\/(0\.0\.0\.0|\[::\])/, `//${hostname()}`);
  await keepHubAddress(database, url);
  const link = await firstLink({ database, clock, dataDir: folder, publicUrl: url });

  const renewCertificates = async (): Promise<void> => {
    if (config.mqttUrl === null) players.useCertificate(await authority.serverCertificate(hostsOf(config)));
    if (config.tls !== 'off') server.useCertificate((await certificateOf(config, authority))!);
  };
  const housekeeping = startHousekeeping(
    [
      { name: 'horizon', at: AT.midnight, run: async () => players.planner.nudge() },
      { name: 'sessions', at: AT.hourly, run: () => sessions.removeEnded() },
      { name: 'certificates', at: AT.hourly, run: renewCertificates },
      ...nightly(room),
    ],
    room,
  );
  opened.defer(() => housekeeping.close());

  const rooms = opened.move();
  return { url, firstLink: link, close: () => rooms.disposeAsync() };
}

interface Room {
  database: Database;
  clock: Clock;
  changes: Changes;
  log: Logger;
  files: Awaited<ReturnType<typeof openFiles>>;
}

function openPeople(needs: Room & { firstUsed: () => Promise<void> }) {
  const sessions = openSessions(needs);
  const shared = { ...needs, sessions, passwords: passwordReckoner(), attempts: attemptCounter(needs.clock) };
  return { sessions, accounts: openAccounts(shared), links: openLinks(shared), roster: openRoster(shared) };
}

/** Clean-ups of rows and files, apart from each other. */
const nightly = (room: Room): Chore[] => [
  { name: 'retention', at: AT.night, run: () => removeExpired(room.database, room.clock) },
  { name: 'old plans', at: AT.late, run: () => removeOldBodies(room.database, room.clock) },
  { name: 'orphaned files', at: AT.beforeDawn, run: () => removeOrphans({ ...room, olderThanMs: ORPHAN_MS }) },
];

/** Names by which this hub is reached, for its certificates. */
function hostsOf(config: Config): string[] {
  const named = [config.brokerHost, config.publicUrl && new URL(config.publicUrl).hostname].filter((name) => name !== null);
  const bound = ['0.0.0.0', '::'].includes(config.host) ? [] : [config.host];
  return [...new Set([...named, ...bound, hostname()])];
}

async function certificateOf(config: Config, authority: Authority): Promise<KeyPair | null> {
  if (config.tls === 'off') return null;
  if (config.tls === 'own') return authority.serverCertificate(hostsOf(config));
  return { cert: await readFile(config.tlsCert!, 'utf8'), key: await readFile(config.tlsKey!, 'utf8') };
}

async function brokerOf(config: Config, authority: Authority): Promise<EmbeddedBroker | ExternalBroker> {
  const { mqttUrl, mqttCa, mqttCert, mqttKey, brokerHost, brokerPort } = config;
  if (mqttUrl === null) {
    const certificate = await authority.serverCertificate(hostsOf(config));
    return { kind: 'embedded', host: config.brokerListen ?? config.host, port: brokerPort, publicHost: brokerHost, certificate };
  }
  const pem = (path: string | null) => (path === null ? undefined : readFile(path, 'utf8'));
  return {
    kind: 'external',
    url: mqttUrl,
    publicHost: brokerHost,
    ca: await pem(mqttCa),
    cert: await pem(mqttCert),
    key: await pem(mqttKey),
  };
}
