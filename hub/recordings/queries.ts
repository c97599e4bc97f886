/** Reads recordings as people see them, and what is aired of them. */
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Peaks, Recording } from '@tieng-loa/protocol/views.ts';
import { RECORDINGS_LISTED } from '../limits.ts';
import type { Database } from '../store/database.ts';

const views = (database: Database) =>
  database
    .selectFrom('recordings')
    .leftJoin('renderings', 'renderings.sha256', 'recordings.rendering')
    .leftJoin('people', 'people.id', 'recordings.createdBy')
    .where('recordings.removedAt', 'is', null)
    .select([
      'recordings.id',
      'recordings.station',
      'recordings.language',
      'recordings.name',
      'recordings.fileName',
      'recordings.state',
      'recordings.problem',
      'recordings.rendering',
      'recordings.loudness',
      'recordings.createdBy',
      'recordings.createdAt',
      'renderings.sizeBytes',
      'renderings.durationMs',
      'people.name as personName',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof views>['executeTakeFirstOrThrow']>>;

const view = ({ createdBy, personName, problem, loudness, ...row }: Row): Recording => ({
  ...row,
  problem: problem === null ? null : JSON.parse(problem),
  loudness: loudness === null ? null : JSON.parse(loudness),
  by: { id: createdBy, name: personName ?? '' },
});

/** @returns the recordings of a station, newest first, of one language where one is asked for. */
export async function listRecordings(database: Database, station: string, language?: string): Promise<Recording[]> {
  const all = views(database).where('recordings.station', '=', station);
  const wanted = language === undefined ? all : all.where('recordings.language', '=', language);
  const rows = await wanted.orderBy('recordings.createdAt', 'desc').orderBy('recordings.id').limit(RECORDINGS_LISTED).execute();
  return rows.map(view);
}

/** @throws Problem `not-found`. */
export async function oneRecording(database: Database, id: string): Promise<Recording> {
  const row = await views(database).where('recordings.id', '=', id).executeTakeFirst();
  if (!row) throw new Problem('not-found');
  return view(row);
}

/** @returns the recording with the name of its sound. @throws Problem `not-found`, `recording-not-ready`. */
export async function readyRecording(database: Database, id: string): Promise<Recording & { rendering: string }> {
  const recording = await oneRecording(database, id);
  const { rendering } = recording;
  if (rendering === null) throw new Problem('recording-not-ready', { fileName: recording.fileName });
  return { ...recording, rendering };
}

/** @throws Problem `not-found`, `recording-not-ready`. */
export async function peaksOf(database: Database, id: string): Promise<Peaks> {
  const { rendering } = await readyRecording(database, id);
  const row = await database
    .selectFrom('renderings')
    .select(['durationMs', 'peaks'])
    .where('sha256', '=', rendering)
    .executeTakeFirstOrThrow();
  return { durationMs: row.durationMs, peaks: JSON.parse(row.peaks) };
}

/** @returns the title of a bulletin that uses a recording, or null. Ids hold no wildcard of LIKE. */
export async function bulletinWith(database: Database, station: string, recording: string): Promise<string | null> {
  const query = database.selectFrom('bulletins').select('title').where('station', '=', station);
  return (await query.where('parts', 'like', `%${recording}%`).executeTakeFirst())?.title ?? null;
}
