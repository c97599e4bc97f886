/** Reads what can be aired: programmes, bulletins, and the recordings with their renderings, by id. */

import type { BulletinFacts, Content, ProgrammeFacts, RecordingFacts } from '../schedule/facts.ts';
import { IDS_AT_ONCE } from '../schedule/limits.ts';
import type { Database } from '../store/database.ts';

/** Where a running order or a bulletin begins to be read from. */
export interface Wanted {
  programmes?: readonly string[];
  bulletins?: readonly string[];
  /** a station whose approved emergency bulletins are wanted, whatever uses them */
  templatesOf?: string;
}

/** @returns the programmes and bulletins wanted, with all that they name. What is gone is left out. */
export async function contentOf(database: Database, wanted: Wanted): Promise<Content> {
  const programmes = await programmesOf(database, wanted.programmes ?? []);
  const named = programmes.flatMap((programme) => programme.items.flatMap((item) => (item.kind === 'bulletin' ? [item.bulletin] : [])));
  const bulletins = await bulletinsOf(database, [...new Set([...named, ...(wanted.bulletins ?? [])])]);
  if (wanted.templatesOf !== undefined) bulletins.push(...(await templatesOf(database, wanted.templatesOf)));
  const recordings = await recordingsOf(database, recordingsIn(bulletins));
  return { programmes: byId(programmes), bulletins: byId(bulletins), recordings: byId(recordings) };
}

const recordingsIn = (bulletins: readonly Pick<BulletinFacts, 'parts'>[]): string[] => [
  ...new Set(bulletins.flatMap((bulletin) => bulletin.parts.flatMap((part) => part.recordings))),
];
const byId = <T extends { id: string }>(all: readonly T[]): Map<string, T> => new Map(all.map((one) => [one.id, one]));

/** Asks for ids in portions that a query can take. */
async function portions<T>(ids: readonly string[], ask: (portion: readonly string[]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (let at = 0; at < ids.length; at += IDS_AT_ONCE) found.push(...(await ask(ids.slice(at, at + IDS_AT_ONCE))));
  return found;
}

async function programmesOf(database: Database, ids: readonly string[]): Promise<ProgrammeFacts[]> {
  const rows = await portions(ids, (portion) =>
    database.selectFrom('programmes').select(['id', 'title', 'items']).where('id', 'in', portion).execute(),
  );
  return rows.map((row) => ({ ...row, items: JSON.parse(row.items) }));
}

const BULLETIN_COLUMNS = ['id', 'title', 'class', 'validUntil', 'parts', 'state', 'approval'] as const;

async function bulletinsOf(database: Database, ids: readonly string[]): Promise<BulletinFacts[]> {
  const rows = await portions(ids, (portion) =>
    database.selectFrom('bulletins').select(BULLETIN_COLUMNS).where('id', 'in', portion).execute(),
  );
  return rows.map(bulletinFacts);
}

async function templatesOf(database: Database, station: string): Promise<BulletinFacts[]> {
  const query = database.selectFrom('bulletins').select(BULLETIN_COLUMNS).where('station', '=', station);
  const rows = await query.where('state', '=', 'approved').where('class', '=', 'emergency').execute();
  return rows.map(bulletinFacts);
}

type BulletinColumns = Omit<BulletinFacts, 'parts' | 'approval'> & { parts: string; approval: string | null };

/** @returns a bulletin from its row. */
export const bulletinFacts = (row: BulletinColumns): BulletinFacts => ({
  id: row.id,
  title: row.title,
  class: row.class,
  validUntil: row.validUntil,
  state: row.state,
  parts: JSON.parse(row.parts),
  approval: row.approval === null ? null : JSON.parse(row.approval),
});

/** @returns recordings with what was made of them, without those that were removed. */
export async function recordingsOf(database: Database, ids: readonly string[]): Promise<(RecordingFacts & { station: string })[]> {
  const rows = await portions(ids, (portion) =>
    database
      .selectFrom('recordings')
      .leftJoin('renderings', 'renderings.sha256', 'recordings.rendering')
      .select(['recordings.id', 'recordings.station', 'recordings.language', 'recordings.fileName', 'recordings.state'])
      .select(['renderings.sha256', 'renderings.sizeBytes', 'renderings.durationMs'])
      .where('recordings.id', 'in', portion)
      .where('recordings.removedAt', 'is', null)
      .execute(),
  );
  return rows.map(({ sha256, sizeBytes, durationMs, ...recording }) => ({
    ...recording,
    rendering: sha256 === null || recording.state !== 'ready' ? null : { sha256, sizeBytes: sizeBytes!, durationMs: durationMs! },
  }));
}
