/** What people do to bulletins: write, hand in, approve, send back, withdraw, remove. Each is one short transaction. */
import type { BodyOf } from '@tieng-loa/protocol/api.ts';
import type { Approval } from '@tieng-loa/protocol/plan.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Bulletin, BulletinPart } from '@tieng-loa/protocol/views.ts';
import { recordingsOf } from '../broadcasts/content.ts';
import { silence } from '../broadcasts/silence.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import { recordDeed } from '../people/audit.ts';
import { BULLETIN_RECORDINGS } from '../schedule/limits.ts';
import { searchText } from '../search-text.ts';
import type { Database } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { oneBulletin } from './queries.ts';
import { type Act, after, approvable, type Changer, refuseChange, refuseSilence } from './state.ts';

export interface BulletinRoom {
  database: Database;
  clock: Clock;
  changes: Changes;
}
type Row = Tables['bulletins'];
type Written = BodyOf<'PUT /api/stations/:station/bulletins/:bulletin'>;
type Content = Pick<Row, 'title' | 'subject' | 'class' | 'validUntil' | 'parts' | 'search'>;

/**
 * Makes a bulletin (revision 0) or changes it. Sent twice, it is written once.
 * @throws Problem `not-found`, `not-allowed`, `changed-meanwhile`, `bad-input`.
 */
export async function writeBulletin(
  room: BulletinRoom,
  asked: { station: string; id: string; changer: Changer; written: Written },
): Promise<Bulletin> {
  const { station, id, changer, written } = asked;
  const now = room.clock.now();
  const wrote = await room.database.transaction().execute(async (database) => {
    const held = await database.selectFrom('bulletins').selectAll().where('id', '=', id).executeTakeFirst();
    if (held !== undefined && held.station !== station) throw new Problem('not-found');
    const content = contentOf(written);
    if (held !== undefined && isRepeat(held, content, written.revision)) return false;
    if (held !== undefined) refuseChange(changer, held);
    if (written.revision !== (held?.revision ?? 0)) throw new Problem(held === undefined ? 'not-found' : 'changed-meanwhile');
    await refuseParts(database, station, written.parts);
    if (held !== undefined) {
      const state = after(held.state, 'edit');
      await put(database, held, { ...content, state, approval: null, revision: held.revision + 1, updatedAt: now });
      await recordDeed(database, { at: now, person: changer.id, station, action: 'bulletin.edit', facts: { bulletin: id } });
      return true;
    }
    const made = {
      createdBy: changer.id,
      createdAt: now,
      updatedAt: now,
      state: 'draft',
      revision: 1,
      note: null,
      approval: null,
    } as const;
    const insert = database.insertInto('bulletins').values({ id, station, ...content, ...made });
    const { numInsertedOrUpdatedRows } = await insert.onConflict((same) => same.column('id').doNothing()).executeTakeFirst();
    if (numInsertedOrUpdatedRows !== 1n) throw new Problem('changed-meanwhile');
    await recordDeed(database, { at: now, person: changer.id, station, action: 'bulletin.make', facts: { bulletin: id } });
    return true;
  });
  if (wrote) tell(room, station, id);
  return await oneBulletin(room.database, id);
}

const contentOf = (written: Written): Content => ({
  title: written.title,
  subject: written.subject,
  class: written.class,
  validUntil: written.validUntil,
  parts: JSON.stringify(written.parts.map(({ language, text, recordings }) => ({ language, text, recordings }))),
  search: searchText(written.title, ...written.parts.map((part) => part.text)),
});

/** Whether this very content has been written already, by the same request sent again. */
const isRepeat = (held: Row, content: Content, revision: number): boolean =>
  (held.revision === revision || held.revision === revision + 1) &&
  (['title', 'subject', 'class', 'validUntil', 'parts'] as const).every((key) => held[key] === content[key]);

/** Each language once; recordings of this station in that language. */
async function refuseParts(database: Database, station: string, parts: readonly BulletinPart[]): Promise<void> {
  if (new Set(parts.map((part) => part.language)).size !== parts.length)
    throw new Problem('bad-input', { field: 'parts', why: 'uniqueItems' });
  const named = parts.flatMap((part) => part.recordings);
  if (named.length > BULLETIN_RECORDINGS) throw new Problem('bad-input', { field: 'parts', why: 'maxItems', limit: BULLETIN_RECORDINGS });
  const recordings = new Map((await recordingsOf(database, [...new Set(named)])).map((recording) => [recording.id, recording]));
  for (const [at, part] of parts.entries())
    for (const id of part.recordings) {
      const recording = recordings.get(id);
      if (recording === undefined || recording.station !== station) throw new Problem('not-found');
      if (recording.language !== part.language) throw new Problem('bad-input', { field: `parts.${at}.recordings`, why: 'enum' });
    }
}

/** Hands a draft in. @throws Problem `not-found`, `not-allowed`, `wrong-state`, `no-parts`. */
export const submitBulletin = (room: BulletinRoom, id: string, changer: Changer): Promise<Bulletin> =>
  move(room, { id, act: 'submit', by: changer.id }, async (held) => {
    if (!(held.state === 'submitted' && held.createdBy === changer.id)) refuseChange(changer, held);
    refuseSilence(JSON.parse(held.parts));
    return { note: null };
  });

/**
 * Approves exactly the revision that was looked at, in the class and until the day written in it.
 * @throws Problem `not-found`, `changed-meanwhile`, `wrong-state`, `no-parts`, `recording-not-ready`, `past-time`.
 */
export const approveBulletin = (
  room: BulletinRoom,
  id: string,
  approver: { id: string; name: string },
  revision: number,
): Promise<Bulletin> =>
  move(room, { id, act: 'approve', by: approver.id, revision }, async (held, database, now) => {
    if (held.validUntil !== null && held.validUntil <= now) throw new Problem('past-time', { at: held.validUntil });
    const parts: BulletinPart[] = JSON.parse(held.parts);
    const recordings = await recordingsOf(database, [...new Set(parts.flatMap((part) => part.recordings))]);
    const approval: Approval = {
      bulletin: id,
      approver: approver.id,
      approverName: approver.name,
      approvedAt: now,
      class: held.class,
      validUntil: held.validUntil,
      parts: approvable(parts, new Map(recordings.map((recording) => [recording.id, recording]))),
      envelope: null,
    };
    return { approval: JSON.stringify(approval), note: null };
  });

/** Sends it back with a note. @throws Problem `not-found`, `wrong-state`. */
export const returnBulletin = (room: BulletinRoom, id: string, person: string, note: string): Promise<Bulletin> =>
  move(room, { id, act: 'return', by: person }, async () => ({ note }));

/** Withdraws the approval; what sounds of it is stopped. @throws Problem `not-found`, `wrong-state`. */
export const withdrawBulletin = (room: BulletinRoom, id: string, person: string, note: string): Promise<Bulletin> =>
  move(room, { id, act: 'withdraw', by: person }, async (held, database, now) => {
    await silence(database, { station: held.station, issuedBy: person, now, bulletin: id });
    return { approval: null, note };
  });

/** Moves a bulletin on, where that is not done already. `prepare` says what else is written. */
async function move(
  room: BulletinRoom,
  { id, act, by, revision }: { id: string; act: Exclude<Act, 'edit'>; by: string; revision?: number },
  prepare: (held: Row, database: Database, now: number) => Promise<Partial<Row>>,
): Promise<Bulletin> {
  const now = room.clock.now();
  const station = await room.database.transaction().execute(async (database) => {
    const held = await database.selectFrom('bulletins').selectAll().where('id', '=', id).executeTakeFirst();
    if (held === undefined) throw new Problem('not-found');
    // somebody who looked at another revision must look again, whatever state this one is in
    if (revision !== undefined && held.revision !== revision) throw new Problem('changed-meanwhile');
    const state = after(held.state, act);
    const also = await prepare(held, database, now);
    if (state === held.state) return null;
    await put(database, held, { ...also, state, updatedAt: now });
    const facts = { bulletin: id, revision: held.revision, title: held.title };
    await recordDeed(database, { at: now, person: by, station: held.station, action: `bulletin.${act}`, facts });
    return held.station;
  });
  if (station !== null) tell(room, station, id);
  return await oneBulletin(room.database, id);
}

/** Writes only what was read: whoever comes between is not overwritten. */
async function put(database: Database, held: Row, change: Partial<Row>): Promise<void> {
  const update = database.updateTable('bulletins').set(change).where('id', '=', held.id);
  const { numUpdatedRows } = await update.where('revision', '=', held.revision).where('state', '=', held.state).executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Problem('changed-meanwhile');
}

/** Removes a bulletin. @throws Problem `not-found`, `not-allowed`, `in-use` naming the programme. */
export async function removeBulletin(room: BulletinRoom, id: string, changer: Changer): Promise<void> {
  const station = await room.database.transaction().execute(async (database) => {
    const held = await database.selectFrom('bulletins').selectAll().where('id', '=', id).executeTakeFirst();
    if (held === undefined) throw new Problem('not-found');
    refuseChange(changer, held);
    const programmes = database.selectFrom('programmes').select('title').where('station', '=', held.station);
    const user = await programmes.where('items', 'like', `%"${id}"%`).executeTakeFirst();
    if (user !== undefined) throw new Problem('in-use', { by: user.title });
    await database.deleteFrom('bulletins').where('id', '=', id).execute();
    const facts = { bulletin: id, title: held.title };
    await recordDeed(database, { at: room.clock.now(), person: changer.id, station: held.station, action: 'bulletin.remove', facts });
    return held.station;
  });
  tell(room, station, id);
}

/** Programmes and what is scheduled show whether their bulletins are approved: they are read again too. */
function tell({ changes }: BulletinRoom, station: string, id: string): void {
  changes.tell({ subject: 'bulletins', station, id });
  for (const subject of ['programmes', 'broadcasts', 'airings'] as const) changes.tell({ subject, station, id: null });
}
