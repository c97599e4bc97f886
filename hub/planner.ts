/** The hub's only loop: whatever changed, players are told what differs by it; what is urgent goes first. */
import type { Change } from '@tieng-loa/protocol/views.ts';
import type { Logger } from './log.ts';
import { RETRY_MS } from './players/limits.ts';
import { openRounds, type Rounds, type RoundsDependencies } from './players/rounds.ts';

export interface PlannerDependencies extends RoundsDependencies {
  log: Logger;
}
export interface Planner {
  /** Looks at a station again, or at all of them. */
  nudge(station?: string): void;
  /** Publishes everything current again: the broker has forgotten it. */
  republish(): void;
  /** Resolves once nothing is left to do now. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** No plan and no board depends on these. */
const IRRELEVANT: ReadonlySet<Change['subject']> = new Set(['people', 'airings']);
/** A change of players without an id says how they are, not what they are: there are hundreds of those. */
const isRelevant = ({ subject, id }: Change): boolean => !IRRELEVANT.has(subject) && !(subject === 'players' && id === null);

/** Starts the planner: it looks at every station now, and then at those where something changes or comes due. */
export async function startPlanner(dependencies: PlannerDependencies): Promise<Planner> {
  const { changes, clock, log } = dependencies;
  const rounds = await openRounds(dependencies);
  const agenda = newAgenda();
  let running: Promise<void> | null = null;
  let closed = false;
  let cancelTick = (): void => {};
  let cancelRetry: (() => void) | null = null;

  const wake = (): void => {
    if (running || closed) return;
    cancelTick();
    // what is told in one breath is looked at once
    running = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => workOff(agenda, rounds, failed, () => !closed))
      .finally(() => {
        running = null;
        if (!closed) cancelTick = clock.after(rounds.quietMs(clock.now()), tick);
      });
  };
  const tick = (): void => {
    const overdue = rounds.overdue(clock.now());
    for (const station of overdue.boards) agenda.boards.add(station);
    for (const station of overdue.plans) agenda.plans.add(station);
    for (const station of overdue.ledger) agenda.ledger.add(station);
    wake();
  };
  const nudge = (station?: string): void => {
    if (station === undefined) agenda.all = true;
    else look(agenda, station);
    wake();
  };
  const failed = (error: unknown): void => {
    log.error({ error }, 'A part of planning failed; all is planned anew soon.');
    cancelRetry ??= clock.after(RETRY_MS, () => {
      cancelRetry = null;
      agenda.republish ||= agenda.unsaid;
      agenda.unsaid = false;
      nudge();
    });
  };
  const unlisten = changes.listen((change) => {
    if (isRelevant(change)) nudge(change.station ?? undefined);
  });
  nudge();
  return {
    nudge,
    republish: () => {
      agenda.republish = true;
      wake();
    },
    idle: async () => {
      while (running) await running;
    },
    close: async () => {
      closed = true;
      unlisten();
      cancelTick();
      cancelRetry?.();
      await running;
    },
  };
}

/** What is to be done. */
interface Agenda {
  /** the broker must be told everything again */
  republish: boolean;
  /** it was to be, and that failed */
  unsaid: boolean;
  /** every station is to be looked at */
  all: boolean;
  boards: Set<string>;
  plans: Set<string>;
  ledger: Set<string>;
}
const newAgenda = (): Agenda => ({ republish: false, unsaid: false, all: false, boards: new Set(), plans: new Set(), ledger: new Set() });

/** A station's board goes first, and is what its plan and its ledger are read for. */
function look(agenda: Agenda, station: string): void {
  agenda.boards.add(station);
  agenda.plans.add(station);
  agenda.ledger.add(station);
}

/** Works the agenda off, boards before everything else. A step that fails is handed to `failed`; the others do not wait for it. */
async function workOff(agenda: Agenda, rounds: Rounds, failed: (error: unknown) => void, mayGoOn: () => boolean): Promise<void> {
  const step = (act: () => Promise<void>): Promise<void> => act().catch(failed);
  const boards = async (): Promise<void> => {
    for (let station = taken(agenda.boards); station !== null; station = taken(agenda.boards)) {
      const one = station;
      await step(() => rounds.board(one));
    }
  };
  /** Between two portions of something long: what is urgent gets its turn. Goes on unless the same is due from the start again. */
  const afterBoards = (isDueAgain: () => boolean) => async (): Promise<boolean> => {
    await boards();
    return mayGoOn() && !isDueAgain();
  };
  while (mayGoOn()) {
    if (agenda.all) {
      agenda.all = false;
      await step(async () => {
        for (const station of await rounds.stations()) look(agenda, station);
      });
    }
    await boards();
    if (agenda.republish) {
      agenda.republish = false;
      agenda.unsaid = true;
      await step(async () => {
        await rounds.republish(afterBoards(() => agenda.republish));
        agenda.unsaid = false;
      });
      continue;
    }
    const station = taken(agenda.plans);
    if (station !== null) {
      await step(() =>
        rounds.plans(
          station,
          afterBoards(() => agenda.plans.has(station)),
        ),
      );
      continue;
    }
    const late = taken(agenda.ledger);
    if (late !== null) await step(() => rounds.ledger(late));
    else if (!agenda.all && !agenda.republish && agenda.boards.size === 0) return;
  }
}

/** @returns one of the set, taken out of it; null where there is none. */
function taken(set: Set<string>): string | null {
  for (const one of set) {
    set.delete(one);
    return one;
  }
  return null;
}
