/** What people do to programmes: make, change, remove. A change of one that is scheduled changes its coming airings. */
import type { BodyOf } from '@tieng-loa/protocol/api.ts';
import { STEPS } from '@tieng-loa/protocol/limits.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Programme, ProgrammeItem } from '@tieng-loa/protocol/views.ts';
import { contentOf } from '../broadcasts/content.ts';
import { hasStartsLeft } from '../broadcasts/queries.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import { recordDeed } from '../people/audit.ts';
import { compose } from '../schedule/compose.ts';
import { searchText } from '../search-text.ts';
import type { Database } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { oneProgramme } from './queries.ts';

export interface ProgrammeRoom {
  database: Database;
  clock: Clock;
  changes: Changes;
}
type Row = Tables['programmes'];
type Written = BodyOf<'PUT /api/stations/:station/programmes/:programme'>;

/**
 * Makes a programme (revision 0) or changes it. Sent twice, it is written once.
 * @throws Problem `not-found`, `changed-meanwhile`, `bad-input` where it has more steps than a player takes.
 */
export async function writeProgramme(
  room: ProgrammeRoom,
  asked: { station: string; id: string; by: string; written: Written },
): Promise<Programme> {
  const { station, id, by, written } = asked;
  const now = room.clock.now();
  const wrote = await room.database.transaction().execute(async (database) => {
    const held = await database.selectFrom('programmes').selectAll().where('id', '=', id).executeTakeFirst();
    if (held !== undefined && held.station !== station) throw new Problem('not-found');
    const content = { title: written.title, items: JSON.stringify(written.items), search: searchText(written.title) };
    if (held !== undefined && isRepeat(held, content, written.revision)) return false;
    if (written.revision !== (held?.revision ?? 0)) throw new Problem(held === undefined ? 'not-found' : 'changed-meanwhile');
    await refuseItems(database, station, written.items);
    if (held === undefined) await make(database, { id, station, ...content, revision: 1, createdBy: by, createdAt: now, updatedAt: now });
    else await change(database, held, { ...content, revision: held.revision + 1, updatedAt: now });
    const action = held === undefined ? 'programme.make' : 'programme.edit';
    await recordDeed(database, { at: now, person: by, station, action, facts: { programme: id, title: written.title } });
    return true;
  });
  if (wrote) tell(room, station, id);
  return await oneProgramme(room.database, id);
}

/** Whether this very content has been written already, by the same request sent again. */
const isRepeat = (held: Row, content: Pick<Row, 'title' | 'items'>, revision: number): boolean =>
  (held.revision === revision || held.revision === revision + 1) && held.title === content.title && held.items === content.items;

async function make(database: Database, row: Row): Promise<void> {
  const insert = database.insertInto('programmes').values(row);
  const { numInsertedOrUpdatedRows } = await insert.onConflict((same) => same.column('id').doNothing()).executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) throw new Problem('changed-meanwhile');
}

async function change(database: Database, held: Row, row: Partial<Row>): Promise<void> {
  const update = database.updateTable('programmes').set(row).where('id', '=', held.id).where('revision', '=', held.revision);
  const { numUpdatedRows } = await update.executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Problem('changed-meanwhile');
  // what is coming bears the new title; the ledger keeps the one that was aired
  if (row.title !== undefined && row.title !== held.title)
    await database.updateTable('broadcasts').set({ title: row.title }).where('programme', '=', held.id).execute();
}

async function refuseItems(database: Database, station: string, items: readonly ProgrammeItem[]): Promise<void> {
  const named = [...new Set(items.flatMap((item) => (item.kind === 'bulletin' ? [item.bulletin] : [])))];
  if (named.length > 0) {
    const found = database.selectFrom('bulletins').select('id').where('station', '=', station).where('id', 'in', named);
    if ((await found.execute()).length !== named.length) throw new Problem('not-found');
  }
  const { intended } = compose(items, await contentOf(database, { bulletins: named }));
  if (intended.length > STEPS) throw new Problem('bad-input', { field: 'items', why: 'maxItems', limit: STEPS });
}

/** Removes a programme. @throws Problem `not-found`, `in-use` while an airing of it is to come. */
export async function removeProgramme(room: ProgrammeRoom, id: string, by: string): Promise<void> {
  const now = room.clock.now();
  const station = await room.database.transaction().execute(async (database) => {
    const held = await database.selectFrom('programmes').selectAll().where('id', '=', id).executeTakeFirst();
    if (held === undefined) throw new Problem('not-found');
    if (await hasStartsLeft(database, { programme: id, station: held.station, now })) throw new Problem('in-use', { by: held.title });
    await database.deleteFrom('programmes').where('id', '=', id).execute();
    const facts = { programme: id, title: held.title };
    await recordDeed(database, { at: now, person: by, station: held.station, action: 'programme.remove', facts });
    return held.station;
  });
  tell(room, station, id);
}

function tell({ changes }: ProgrammeRoom, station: string, id: string): void {
  changes.tell({ subject: 'programmes', station, id });
  for (const subject of ['broadcasts', 'airings'] as const) changes.tell({ subject, station, id: null });
}
