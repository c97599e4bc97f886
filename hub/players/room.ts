/** Opens everything that links the hub to its players, in order, and closes it in reverse. */
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import type { Files } from '../files.ts';
import type { Handlers } from '../http/handler.ts';
import type { HubKeys } from '../keys.ts';
import type { Logger } from '../log.ts';
import { type Planner, startPlanner } from '../planner.ts';
import type { Database } from '../store/database.ts';
import type { Authority, KeyPair } from './authority.ts';
import { serveBlocks } from './blocks.ts';
import { type Broker, openBroker } from './broker.ts';
import { playerCommands } from './commands.ts';
import { enrolment } from './enrol.ts';
import { type PlayerRoutes, playersHandlers } from './handlers.ts';
import { FIRST_LINK_MS } from './limits.ts';
import { type Link, openLink } from './link.ts';
import { openPresence } from './presence.ts';
import { reachOfPlayers } from './reach.ts';
import { receipts as giveReceipts } from './receipts.ts';
import { takeReports } from './reports.ts';
import { teller } from './tell.ts';

/** The broker in the hub itself; `publicHost` is its name as players reach it, null where that is the hub's own. */
export interface EmbeddedBroker {
  kind: 'embedded';
  host: string;
  /** 0 takes any free one */
  port: number;
  publicHost: string | null;
  certificate: KeyPair;
}
/** A broker of its own, with what its TLS needs (PEM). */
export interface ExternalBroker {
  kind: 'external';
  url: string;
  publicHost: string | null;
  ca?: string | undefined;
  cert?: string | undefined;
  key?: string | undefined;
}
export interface PlayersNeeds {
  database: Database;
  /** the hub's data folder */
  folder: string;
  files: Pick<Files, 'rendering'>;
  authority: Authority;
  keys: HubKeys;
  broker: EmbeddedBroker | ExternalBroker;
  /** the hub's address as players open it */
  publicUrl: () => string;
  changes: Changes;
  clock: Clock;
  log: Logger;
}
export interface PlayersRoom {
  handlers: Pick<Handlers, PlayerRoutes>;
  planner: Planner;
  /** whether the link to the broker stands */
  isUp(): boolean;
  /** where players reach the broker */
  address: { host: string | null; port: number };
  /** Uses a renewed certificate of the embedded broker. */
  useCertificate(pair: KeyPair): void;
  close(): Promise<void>;
}

/** Opens the room. With the embedded broker players get in once everything current is published. */
export async function openPlayers(needs: PlayersNeeds): Promise<PlayersRoom> {
  const { database, changes, clock, log, keys, authority } = needs;
  await using opened = new AsyncDisposableStack();
  const broker = needs.broker.kind === 'embedded' ? await openEmbedded(needs, needs.broker) : null;
  if (broker) opened.defer(() => broker.close());
  const link = openLink(broker ? { socketPath: broker.socketPath } : external(needs.broker as ExternalBroker), { clock, log });
  opened.defer(() => link.close());

  const reach = reachOfPlayers();
  const tell = teller({ changes, clock });
  opened.defer(() => tell.close());
  const receipts = giveReceipts({ link, key: keys.schedule, clock });
  opened.defer(() => receipts.close());
  const reports = takeReports({ database, receipts, tell, clock, log });
  opened.defer(() => reports.close());
  const presence = await openPresence({ database, tell, clock, log });
  opened.defer(() => presence.close());
  const blocks = serveBlocks({ database, files: needs.files, link, reach, log });
  opened.defer(() => blocks.close());
  const planner = await startPlanner({ database, changes, link, reach, keys, clock, log });
  opened.defer(() => planner.close());

  const standing = firstUp(link, planner, {
    presence: presence.presence,
    status: presence.status,
    report: reports.take,
    ask: blocks.ask,
  });
  const address = broker
    ? await openToPlayers(broker, needs.broker, { standing, planner, clock })
    : addressOf(needs.broker as ExternalBroker);
  const cut = async (player: string): Promise<void> => {
    await broker?.cut(player);
    await link.forget(player);
  };
  const enrol = enrolment({ database, authority, keys, broker: () => address, cut, changes, clock });
  const commands = playerCommands({ database, authority, cut, publicUrl: needs.publicUrl, changes, clock });
  const rooms = opened.move();
  return {
    handlers: playersHandlers({ database, clock, commands, enrol }),
    planner,
    isUp: () => link.isUp(),
    address,
    useCertificate: (pair) => broker?.useCertificate(pair),
    close: () => rooms.disposeAsync(),
  };
}

function openEmbedded(needs: PlayersNeeds, { host, port, certificate }: EmbeddedBroker): Promise<Broker> {
  const { database, folder, authority, clock, log } = needs;
  return openBroker({
    ...{ folder, host, port, certificate, clock, log },
    authority: authority.certificate,
    admit: async (player, fingerprint) => {
      const row = await database
        .selectFrom('players')
        .select('station')
        .where('id', '=', player)
        .where('certificate', '=', fingerprint)
        .where('revokedAt', 'is', null)
        .executeTakeFirst();
      return row ?? null;
    },
  });
}

interface Readying {
  standing: Promise<void>;
  planner: Planner;
  clock: Clock;
}

/** @returns where players reach the embedded broker, once everything current is published. @throws Error where the hub cannot reach it itself. */
async function openToPlayers(broker: Broker, { publicHost }: { publicHost: string | null }, { standing, planner, clock }: Readying) {
  const tooLate = Promise.withResolvers<never>();
  const cancel = clock.after(FIRST_LINK_MS, () => tooLate.reject(new Error('The hub does not reach its own broker.')));
  await Promise.race([standing, tooLate.promise]).finally(cancel);
  await planner.idle();
  return { host: publicHost, port: await broker.listen() };
}

const external = ({ url, ca, cert, key }: ExternalBroker) => ({ url, ca, cert, key });

function addressOf({ url, publicHost }: ExternalBroker): { host: string | null; port: number } {
  const { hostname, port, protocol } = new URL(url);
  return { host: publicHost ?? hostname, port: port ? Number(port) : protocol === 'mqtts:' ? 8883 : 1883 };
}

/** Starts the link. @returns once it stands for the first time; every time it does, everything current is published. */
function firstUp(link: Link, planner: Planner, rooms: Omit<Parameters<Link['start']>[0], 'up'>): Promise<void> {
  return new Promise((resolve) =>
    link.start({
      ...rooms,
      up: () => {
        planner.republish();
        resolve();
      },
    }),
  );
}
