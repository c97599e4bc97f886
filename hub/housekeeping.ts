/** What the hub does at night and by the hour without being asked: node-cron keeps the times. */
import { DAY } from '@tieng-loa/protocol/limits.ts';
import { schedule } from 'node-cron';
import type { Clock } from './clock.ts';
import { KEEP_MS, REVOKED_MS } from './limits.ts';
import type { Logger } from './log.ts';
import { TIME_ZONE } from './stations/stations.ts';
import type { Database } from './store/database.ts';

export interface Chore {
  name: string;
  /** minute, hour, day of month, month, weekday, in the station's time zone */
  at: string;
  run: () => Promise<unknown>;
}

/** When chores are done: apart from each other, and the heavy ones while nothing is aired. */
export const AT = {
  hourly: '17 * * * *',
  midnight: '0 0 * * *',
  night: '20 1 * * *',
  late: '20 2 * * *',
  beforeDawn: '40 3 * * *',
} as const;

export interface Housekeeping {
  /** Starts no more chores, and waits for the one under way. */
  close(): Promise<void>;
}

/** Starts the chores. One that fails is reported and done again at its next time; one that still runs is not begun twice. */
export function startHousekeeping(chores: readonly Chore[], { clock, log }: { clock: Clock; log: Logger }): Housekeeping {
  const underWay = new Set<Promise<void>>();
  const done = async ({ name, run }: Chore): Promise<void> => {
    const begun = clock.monotonic();
    try {
      await run();
      log.info({ chore: name, elapsedMs: Math.round(clock.monotonic() - begun) }, 'A chore is done.');
    } catch (error) {
      log.error({ chore: name, error }, 'A chore failed; it is done again at its next time.');
    }
  };
  const tasks = chores.map((chore) =>
    schedule(
      chore.at,
      () => {
        const run = done(chore).finally(() => underWay.delete(run));
        underWay.add(run);
        return run;
      },
      { timezone: TIME_ZONE, noOverlap: true, name: chore.name, logger: cronLogger(log, chore.name) },
    ),
  );
  return {
    async close() {
      for (const task of tasks) await task.destroy();
      await Promise.all(underWay);
    },
  };
}

/** What node-cron itself has to say (a time missed, a run still under way) goes to the hub's log. */
const cronLogger = (log: Logger, chore: string) => ({
  debug: () => {},
  info: (message: string) => log.info({ chore }, message),
  warn: (message: string) => log.warn({ chore }, message),
  error: (message: string | Error, error?: Error) => log.error({ chore, error: error ?? message }, 'node-cron failed.'),
});

/** Removes what nobody needs any more: spent links, stops that are over, the last words of revoked players, ledger rows older than the books of a commune. The audit log stays. */
export async function removeExpired(database: Database, clock: Pick<Clock, 'now'>): Promise<void> {
  const now = clock.now();
  await database.deleteFrom('links').where('expiresAt', '<', now).execute();
  await database
    .deleteFrom('stops')
    .where('expiresAt', '<', now - DAY)
    .execute();
  await database
    .deleteFrom('airings')
    .where('plannedAt', '<', now - KEEP_MS)
    .execute();
  await database
    .deleteFrom('statuses')
    .where('player', 'in', (from) =>
      from
        .selectFrom('players')
        .select('id')
        .where('revokedAt', '<', now - REVOKED_MS),
    )
    .execute();
}
