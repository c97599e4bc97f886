/**
 * What began and what ended, on disk before it acts: an airing that began never begins again, and each airing ends in
 * exactly one report, handed to the outbox in the same transaction.
 */
import type { Report } from '@tieng-loa/protocol/report.ts';
import { UNKEPT_REPORTS } from './limits.ts';
import type { Logger } from './log.ts';
import type { Store } from './store.ts';

export interface Journal {
  /** whether this airing has begun or ended */
  settled(airing: string): boolean;
  /** whether it is an emergency that a power cut or the speaker broke off: it may come again */
  brokenOff(airing: string): boolean;
  /**
   * Durable when it returns: call it before the first sample. `draft` is what is reported if nothing else comes.
   * @throws where the disk does not take it: then nothing may sound, since a restart would sound it again
   */
  begin(draft: Report): void;
  /** what is known of the airing under way, for a report after a power cut */
  progress(draft: Report): void;
  /** ends airings, begun or not, each with its report; what the disk does not take waits in memory, since an end must not fail */
  end(reports: readonly Report[]): void;
  /** airings that began and whose end is not known, as left by a power cut */
  unended(): Report[];
  /** forgets airings planned before `at` */
  forget(at: number): void;
}

const isBrokenOff = ({ class: kind, reason }: Report): boolean => kind === 'emergency' && (reason === 'cut-short' || reason === 'speaker');

/** @returns the journal in this store. `post` puts a report into the outbox, inside the transaction. */
export function openJournal(store: Store, post: (report: Report) => void, log: Logger): Journal {
  const { database } = store;
  const known = new Set((database.prepare('SELECT id FROM airings').all() as { id: string }[]).map(({ id }) => id));
  const broken = new Set(
    (database.prepare("SELECT id FROM airings WHERE state = 'ended' AND draft IS NOT NULL").all() as { id: string }[]).map(({ id }) => id),
  );
  const begin = database.prepare("INSERT INTO airings (id, planned_at, state, draft) VALUES (?, ?, 'begun', ?)");
  const progress = database.prepare("UPDATE airings SET draft = ? WHERE id = ? AND state = 'begun'");
  const end = database.prepare(
    `INSERT INTO airings (id, planned_at, state, draft) VALUES (?, ?, 'ended', ?)
     ON CONFLICT (id) DO UPDATE SET state = 'ended', draft = excluded.draft WHERE state = 'begun'`,
  );
  const unended = database.prepare("SELECT draft FROM airings WHERE state = 'begun' ORDER BY planned_at");
  const forget = database.prepare("DELETE FROM airings WHERE planned_at < ? AND state = 'ended' RETURNING id");
  let unkept: Report[] = [];

  const keep = (): void => {
    if (unkept.length === 0) return;
    try {
      store.together(() => {
        // an airing that had ended before changes nothing, and gets no second report
        for (const report of unkept) {
          const draft = isBrokenOff(report) ? JSON.stringify(report) : null;
          if (end.run(report.id, report.plannedAt, draft).changes > 0) post(report);
        }
      });
      unkept = [];
    } catch (error) {
      unkept = unkept.slice(-UNKEPT_REPORTS);
      log.error({ error, reports: unkept.length }, 'what ended could not be written down yet');
    }
  };
  return {
    settled: (airing) => known.has(airing),
    brokenOff: (airing) => broken.has(airing),
    begin(draft) {
      store.write(() => begin.run(draft.id, draft.plannedAt, JSON.stringify(draft)));
      known.add(draft.id);
    },
    progress(draft) {
      try {
        store.write(() => progress.run(JSON.stringify(draft), draft.id));
      } catch (error) {
        log.error({ error, airing: draft.id }, 'what sounds could not be written down');
      }
    },
    end(reports) {
      for (const report of reports) {
        known.add(report.id);
        if (isBrokenOff(report)) broken.add(report.id);
      }
      unkept.push(...reports);
      keep();
    },
    unended: () => (unended.all() as { draft: string }[]).map(({ draft }) => JSON.parse(draft) as Report),
    forget(at) {
      keep();
      try {
        for (const { id } of store.write(() => forget.all(at) as { id: string }[])) {
          known.delete(id);
          broken.delete(id);
        }
      } catch (error) {
        log.error({ error }, 'old airings could not be forgotten');
      }
    },
  };
}
