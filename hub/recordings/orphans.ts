/** Removes files that nothing names: uploads that broke off, sounds of removed recordings. For the nightly housekeeping. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { type Files, remove } from '../files.ts';
import { ORPHANS_AT_ONCE } from '../limits.ts';
import type { Database } from '../store/database.ts';

export interface OrphansDeps {
  database: Database;
  files: Files;
  clock: Pick<Clock, 'now'>;
  /** younger files may belong to what is under way */
  olderThanMs: number;
}

/** @returns how many files were removed. What a recording, bulletin, body or board names stays. */
export async function removeOrphans({ database, files, clock, olderThanMs }: OrphansDeps): Promise<number> {
  const before = clock.now() - olderThanMs;
  await forgetRenderings(database, before);
  const uploads = await removeUnnamed(files.uploads, before, (name) => isUploadNamed(database, name));
  return uploads + (await removeUnnamed(files.renderings, before, (name) => isRenderingNamed(database, name)));
}

/** Takes the rows away first: a file without a row is harmless, a row without its file is not. */
async function forgetRenderings(database: Database, before: number): Promise<void> {
  const unused = await database
    .selectFrom('renderings')
    .select('sha256')
    .where('createdAt', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('recordings')
            .select('recordings.id')
            .whereRef('recordings.rendering', '=', 'renderings.sha256')
            .where('recordings.removedAt', 'is', null),
        ),
      ),
    )
    .limit(ORPHANS_AT_ONCE)
    .execute();
  for (const { sha256 } of unused) {
    await database.transaction().execute(async (transaction) => {
      if (await isNamed(transaction, sha256)) return;
      await transaction.deleteFrom('renderings').where('sha256', '=', sha256).execute();
    });
  }
}

/** Whether a plan, an order or an approval names a sound, or a recording is about to (two recordings may share one). */
async function isNamed(database: Database, sha256: string): Promise<boolean> {
  const anywhere = `%${sha256}%`;
  const named = await Promise.all([
    database.selectFrom('bodies').select('sha256').where('content', 'like', anywhere).executeTakeFirst(),
    database.selectFrom('boards').select('station').where('board', 'like', anywhere).executeTakeFirst(),
    database.selectFrom('bulletins').select('id').where('approval', 'like', anywhere).executeTakeFirst(),
    database.selectFrom('recordings').select('id').where('rendering', '=', sha256).where('removedAt', 'is', null).executeTakeFirst(),
  ]);
  return named.some((row) => row !== undefined);
}

/** A broken upload (`.part`) is nobody's; a recording's own file goes with its removal. */
async function isUploadNamed(database: Database, name: string): Promise<boolean> {
  const row = await database.selectFrom('recordings').select('id').where('id', '=', name).where('removedAt', 'is', null).executeTakeFirst();
  return row !== undefined;
}

async function isRenderingNamed(database: Database, name: string): Promise<boolean> {
  const sha256 = /^([0-9a-f]{64})\.opus$/.exec(name)?.[1];
  if (sha256 === undefined) return false;
  return (await database.selectFrom('renderings').select('sha256').where('sha256', '=', sha256).executeTakeFirst()) !== undefined;
}

/** @returns how many old files were removed, at most as many as one night takes. */
async function removeUnnamed(folder: string, before: number, isNamedFile: (name: string) => Promise<boolean>): Promise<number> {
  let removed = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (removed >= ORPHANS_AT_ONCE) break;
    const path = join(folder, entry.name);
    if (!entry.isFile() || !(await isOlder(path, before)) || (await isNamedFile(entry.name))) continue;
    // made anew under the same name while the database was asked: not an orphan any more
    if (!(await isOlder(path, before))) continue;
    await remove(path);
    removed += 1;
  }
  return removed;
}

/** A file may go while it is looked at: then it is no orphan of ours. */
const isOlder = (path: string, before: number): Promise<boolean> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs < before,
    () => false,
  );
