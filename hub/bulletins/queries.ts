/** Bulletins as people see them. */
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Bulletin, BulletinPart } from '@tieng-loa/protocol/views.ts';
import { durationOf } from '@tieng-loa/timetable/steps.ts';
import { recordingsOf } from '../broadcasts/content.ts';
import { compose } from '../schedule/compose.ts';
import type { RecordingFacts } from '../schedule/facts.ts';
import { LISTED } from '../schedule/limits.ts';
import type { Database } from '../store/database.ts';

const COLUMNS = [
  'bulletins.id',
  'bulletins.station',
  'bulletins.title',
  'bulletins.subject',
  'bulletins.class',
  'bulletins.validUntil',
  'bulletins.parts',
  'bulletins.state',
  'bulletins.revision',
  'bulletins.note',
  'bulletins.createdBy',
  'bulletins.approval',
  'bulletins.updatedAt',
] as const;

const rows = (database: Database) =>
  database.selectFrom('bulletins').leftJoin('people', 'people.id', 'bulletins.createdBy').select(COLUMNS).select('people.name as byName');
type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number];

/** @returns the bulletins of a station, those changed last first. */
export async function listBulletins(database: Database, station: string): Promise<Bulletin[]> {
  const newest = rows(database).where('bulletins.station', '=', station).orderBy('bulletins.updatedAt', 'desc').orderBy('bulletins.id');
  return await views(database, await newest.limit(LISTED).execute());
}

/** @throws Problem `not-found`. */
export async function oneBulletin(database: Database, id: string): Promise<Bulletin> {
  const [view] = await views(database, await rows(database).where('bulletins.id', '=', id).execute());
  if (view === undefined) throw new Problem('not-found');
  return view;
}

async function views(database: Database, found: readonly Row[]): Promise<Bulletin[]> {
  const parsed = found.map((row) => ({ row, parts: JSON.parse(row.parts) as BulletinPart[] }));
  const ids = [...new Set(parsed.flatMap(({ parts }) => parts.flatMap((part) => part.recordings)))];
  const recordings = new Map((await recordingsOf(database, ids)).map((recording) => [recording.id, recording]));
  return parsed.map(({ row, parts }) => view(row, parts, recordings));
}

function view(row: Row, parts: BulletinPart[], recordings: ReadonlyMap<string, RecordingFacts>): Bulletin {
  const { createdBy, byName, approval: sealed, ...same } = row;
  const approval = sealed === null ? null : JSON.parse(sealed);
  const named = parts.flatMap((part) => part.recordings);
  return {
    ...same,
    parts,
    durationMs: lengthOf(row.id, parts, recordings),
    ready: named.length > 0 && named.every((id) => recordings.get(id)?.rendering != null),
    by: { id: createdBy, name: byName ?? '' },
    approvedBy: approval === null ? null : { id: approval.approver, name: approval.approverName, at: approval.approvedAt },
  };
}

/** As long as it is where every language is heard, pauses and all. */
function lengthOf(id: string, parts: BulletinPart[], recordings: ReadonlyMap<string, RecordingFacts>): number {
  const bulletin = { id, title: '', class: 'routine' as const, validUntil: null, parts, state: 'draft' as const, approval: null };
  const content = { programmes: new Map(), bulletins: new Map([[id, bulletin]]), recordings };
  const { steps, renderings } = compose([{ kind: 'bulletin', bulletin: id }], content);
  return durationOf(steps, renderings);
}
