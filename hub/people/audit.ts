/** The audit log: who did what, when. Rows are only ever added, in the transaction of the deed itself. */
import type { Database } from '../store/database.ts';

export interface Deed {
  at: number;
  /** null where the hub itself acts */
  person: string | null;
  /** null for a deed that concerns the whole hub */
  station: string | null;
  /** what was done, as `bulletin.approve` */
  action: string;
  /** what else an auditor needs; no secret */
  facts: Readonly<Record<string, unknown>>;
}

/** Adds a deed to the log; pass the transaction that does it. */
export async function recordDeed(database: Database, deed: Deed): Promise<void> {
  await database
    .insertInto('audit')
    .values({ ...deed, facts: JSON.stringify(deed.facts) })
    .execute();
}
