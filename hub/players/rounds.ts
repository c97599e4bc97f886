/** The steps of the planner for one station, and what is known of each station between two looks. */
import { gatherFacts } from '../broadcasts/facts.ts';
import { recordDueUntil } from '../broadcasts/ledger.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import type { HubKeys } from '../keys.ts';
import type { StationFacts } from '../schedule/facts.ts';
import { plannedFor } from '../schedule/plan-for.ts';
import type { Database } from '../store/database.ts';
import { boardsOfStations } from './boards.ts';
import { RECOMPOSE_MS, TICK_MS } from './limits.ts';
import type { Link } from './link.ts';
import { plansOfPlayers } from './plans.ts';
import type { Reach } from './reach.ts';

export interface RoundsDependencies {
  database: Database;
  changes: Changes;
  link: Pick<Link, 'send' | 'forget' | 'isUp'>;
  reach: Reach;
  keys: HubKeys;
  clock: Clock;
}
interface Known {
  facts: StationFacts;
  /** when its board changes by time alone */
  boardEndsAt: number | null;
  /** the next start within a tick after the last look */
  nextStartAt: number | null;
  lookedAt: number;
}
/** What time alone has made due. */
export interface Overdue {
  boards: string[];
  plans: string[];
  ledger: string[];
}
export type Rounds = Awaited<ReturnType<typeof openRounds>>;

/** Opens the planner's steps, knowing what players were told before the hub was restarted. */
export async function openRounds(dependencies: RoundsDependencies) {
  const { database, changes, keys, clock } = dependencies;
  const boards = boardsOfStations({ ...dependencies, urgentKey: keys.urgent });
  const plans = plansOfPlayers({ ...dependencies, scheduleKey: keys.schedule });
  await plans.remember();
  await boards.remember();
  const known = new Map<string, Known>();

  return {
    stations: async (): Promise<string[]> => (await database.selectFrom('stations').select('id').execute()).map(({ id }) => id),

    /** Reads a station anew and tells it what is urgent. */
    async board(station: string): Promise<void> {
      const facts = await gatherFacts(database, station, clock.now());
      const boardEndsAt = await boards.tell(facts);
      known.set(station, { facts, boardEndsAt, nextStartAt: nextStart(facts, clock.now()), lookedAt: clock.now() });
    },

    /** Tells the players of a station their plans, from what was read for its board. */
    async plans(station: string, mayGoOn: () => Promise<boolean>): Promise<void> {
      const held = known.get(station);
      if (held) await plans.tell(held.facts, mayGoOn);
    },

    /** Writes down what has come due. */
    async ledger(station: string): Promise<void> {
      const held = known.get(station);
      if (!held) return;
      const added = await recordDueUntil(database, held.facts, clock.now());
      held.nextStartAt = nextStart(held.facts, clock.now());
      if (added > 0) changes.tell({ subject: 'airings', station, id: null });
    },

    /** Publishes everything current again, boards first. */
    async republish(mayGoOn: () => Promise<boolean>): Promise<void> {
      await boards.republish();
      await plans.republish(mayGoOn);
    },

    overdue(now: number): Overdue {
      const all = [...known];
      const old = all.filter(([, { lookedAt }]) => now - lookedAt >= RECOMPOSE_MS).map(([station]) => station);
      const ended = all.filter(([, { boardEndsAt }]) => boardEndsAt !== null && boardEndsAt <= now).map(([station]) => station);
      return { boards: [...old, ...ended], plans: old, ledger: all.map(([station]) => station) };
    },

    /** How long nothing becomes due by time alone; the ledger wants a look each minute. */
    quietMs(now: number): number {
      const ends = [...known.values()].flatMap(({ boardEndsAt, nextStartAt }) => [boardEndsAt ?? Infinity, nextStartAt ?? Infinity]);
      return Math.max(Math.min(now + TICK_MS, ...ends) - now, 1);
    },
  };
}

/** The next instant within a tick at which something planned ahead begins. */
function nextStart(facts: StationFacts, now: number): number | null {
  const starts = plannedFor(facts, { from: now + 1, to: now + TICK_MS + 1 }).flatMap(({ broadcast }) => broadcast.starts);
  return starts.length > 0 ? Math.min(...starts) : null;
}
