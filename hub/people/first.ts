/** The first start of a hub without people: a one-time link for its first administrator, also kept in a file until it is used. */
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { remove, writeWhole } from '../files.ts';
import type { Database } from '../store/database.ts';
import { linkPage } from './handlers.ts';
import { makeLink } from './links.ts';

/** Holds the link, for whoever sets a hub up without a terminal to read. Only the hub's own user may open it. */
export const firstLinkFile = (dataDir: string): string => join(dataDir, 'first-link');

interface FirstNeeds {
  database: Database;
  clock: Pick<Clock, 'now'>;
  dataDir: string;
  publicUrl: string;
}

/** @returns the link's address, or null where the hub has people. A new one at each start: the hub itself forgets it. */
export async function firstLink({ database, clock, dataDir, publicUrl }: FirstNeeds): Promise<string | null> {
  const someone = await database.selectFrom('people').select('id').limit(1).executeTakeFirst();
  if (someone) {
    await remove(firstLinkFile(dataDir));
    return null;
  }
  const { token } = await makeLink(database, 'first', null, clock.now());
  const address = linkPage(publicUrl, token);
  await writeWhole(firstLinkFile(dataDir), `${address}\n`, 0o600);
  return address;
}
