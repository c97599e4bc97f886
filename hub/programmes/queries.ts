/** Programmes as people see them. */
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Programme, ProgrammeItem } from '@tieng-loa/protocol/views.ts';
import { contentOf } from '../broadcasts/content.ts';
import { compose } from '../schedule/compose.ts';
import { LISTED } from '../schedule/limits.ts';
import type { Database } from '../store/database.ts';

const rows = (database: Database) => database.selectFrom('programmes').select(['id', 'station', 'title', 'items', 'revision', 'updatedAt']);
type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number];

/** @returns the programmes of a station, those changed last first. */
export async function listProgrammes(database: Database, station: string): Promise<Programme[]> {
  const newest = rows(database).where('station', '=', station).orderBy('updatedAt', 'desc').orderBy('id').limit(LISTED);
  return await views(database, await newest.execute());
}

/** @throws Problem `not-found`. */
export async function oneProgramme(database: Database, id: string): Promise<Programme> {
  const [view] = await views(database, await rows(database).where('id', '=', id).execute());
  if (view === undefined) throw new Problem('not-found');
  return view;
}

async function views(database: Database, found: readonly Row[]): Promise<Programme[]> {
  const parsed = found.map((row) => ({ ...row, items: JSON.parse(row.items) as ProgrammeItem[] }));
  const named = parsed.flatMap(({ items }) => items.flatMap((item) => (item.kind === 'bulletin' ? [item.bulletin] : [])));
  const content = await contentOf(database, { bulletins: [...new Set(named)] });
  return parsed.map((programme) => {
    const composition = compose(programme.items, content);
    return {
      ...programme,
      durationMs: composition.durationMs,
      approved: composition.unapproved === null,
      class: composition.class,
    };
  });
}
