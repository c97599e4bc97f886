/** The library of recordings: takes what people send, keeps it once, renames it, removes it. */
import { type Ffmpeg, systemFfmpeg } from '@tieng-loa/audio/ffmpeg.ts';
import { probe } from '@tieng-loa/audio/probe.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Recording } from '@tieng-loa/protocol/views.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import { aside, type Files, remove, settle } from '../files.ts';
import { RENDERS_WAITING, UPLOAD_STALL_MS, UPLOADS_AT_ONCE, UPLOADS_PER_PERSON } from '../limits.ts';
import type { Logger } from '../log.ts';
import { recordDeed } from '../people/audit.ts';
import type { Database } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { type Received, receive, type Upload } from './intake.ts';
import { bulletinWith, oneRecording } from './queries.ts';
import { renderQueue } from './queue.ts';

export interface RecordingLibraryDeps {
  database: Database;
  files: Files;
  clock: Clock;
  changes: Changes;
  log: Logger;
  /** as installed on the machine where none is given */
  ffmpeg?: Ffmpeg;
}

/** What a person sends; the id is theirs, so that sending twice makes one. */
export interface Sent {
  id: string;
  station: string;
  person: string;
  language: string;
  name: string;
  fileName: string;
  upload: Upload;
}

export interface RecordingLibrary {
  /**
   * Keeps a recording, or answers the one that is kept already: the same bytes again only change its name and language.
   * @throws Problem `too-large`, `upload-cut`, `disk-full`, `not-audio`, `bad-file`, `too-long`, `changed-meanwhile`, `in-use`, `busy`, `too-many`.
   */
  take(sent: Sent): Promise<Recording>;
  /** @throws Problem `not-found`, `in-use`. */
  remove(id: string, person: string): Promise<void>;
  /** begins with what an earlier run left to make ready */
  start(): void;
  /** resolves when nothing waits to be made ready */
  idle(): Promise<void>;
  close(): Promise<void>;
}
type Row = Tables['recordings'];

export function recordingLibrary(deps: RecordingLibraryDeps): RecordingLibrary {
  const ffmpeg = deps.ffmpeg ?? systemFfmpeg();
  const queue = renderQueue({ ...deps, ffmpeg });
  const keepInTurn = inTurn();
  /** who is uploading, once for each upload under way */
  const underWay: string[] = [];

  async function take(sent: Sent): Promise<Recording> {
    if (underWay.filter((person) => person === sent.person).length >= UPLOADS_PER_PERSON)
      throw new Problem('too-many', { retryAfterSeconds: UPLOAD_STALL_MS / 1000 });
    if (underWay.length >= UPLOADS_AT_ONCE) throw new Problem('busy');
    underWay.push(sent.person);
    // each attempt has a file of its own: a retry may come before the hub knows that the first one broke
    const part = aside(deps.files.upload(`${sent.id}-${newId()}`));
    try {
      await refuseForeign(deps.database, sent);
      const received = await receive(sent.upload, part, deps.clock);
      if (!(await rowOf(deps.database, sent.id))) await probe(ffmpeg, part, sent.fileName);
      await keepInTurn(() => keep(deps, sent, received, part));
    } finally {
      underWay.splice(underWay.indexOf(sent.person), 1);
      await remove(part);
    }
    queue.nudge();
    return oneRecording(deps.database, sent.id);
  }

  return {
    take,
    remove: (id, person) => removeRecording(deps, id, person),
    start: () => queue.nudge(),
    idle: () => queue.idle(),
    close: () => queue.close(),
  };
}

/** @returns a function that runs what it is given one after the other: two uploads of one id must not both be the first. */
function inTurn(): <T>(act: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const turn = last.then(act);
    last = turn.catch(() => {});
    return turn;
  };
}

/** Says no before the bytes have travelled, where that is known already. */
async function refuseForeign(database: Database, sent: Sent): Promise<void> {
  const held = await rowOf(database, sent.id);
  if (held) return refuseOther(held, sent, held.uploadBytes === sent.upload.lengthBytes);
  const { waiting } = await database
    .selectFrom('recordings')
    .select((count) => count.fn.countAll<number>().as('waiting'))
    .where('state', '=', 'rendering')
    .where('removedAt', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(waiting) >= RENDERS_WAITING) throw new Problem('busy');
}

const rowOf = (database: Database, id: string): Promise<Row | undefined> =>
  database.selectFrom('recordings').selectAll().where('id', '=', id).executeTakeFirst();

/** An id names one take for good: in one station, with the same bytes, and not after it was removed. */
function refuseOther(held: Row, sent: Sent, same: boolean): void {
  if (held.station !== sent.station || held.removedAt !== null) throw new Problem('not-found');
  if (!same) throw new Problem('changed-meanwhile');
}

/** The file is in its place before the row names it; without a row it is an orphan, which housekeeping removes. */
async function keep(deps: RecordingLibraryDeps, sent: Sent, received: Received, part: string): Promise<void> {
  const held = await rowOf(deps.database, sent.id);
  if (held) {
    refuseOther(held, sent, held.uploadSha256 === received.sha256);
    return rename(deps, held, sent);
  }
  await settle(part, deps.files.upload(sent.id));
  const now = deps.clock.now();
  const { id, station, language, name, fileName, person } = sent;
  const row = { id, station, language, name, fileName, uploadSha256: received.sha256, uploadBytes: received.sizeBytes };
  const fresh = {
    state: 'rendering',
    problem: null,
    rendering: null,
    loudness: null,
    createdBy: person,
    createdAt: now,
    removedAt: null,
  } as const;
  await deps.database.transaction().execute(async (database) => {
    await database
      .insertInto('recordings')
      .values({ ...row, ...fresh })
      .execute();
    await recordDeed(database, { at: now, person, station, action: 'recording.upload', facts: { recording: id, sha256: received.sha256 } });
  });
  deps.changes.tell({ subject: 'recordings', station, id });
}

/** A take that a bulletin uses keeps its language: the bulletin's parts were put together by it. */
async function rename(deps: RecordingLibraryDeps, held: Row, sent: Sent): Promise<void> {
  const { id, station, language, name, person } = sent;
  if (held.language === language && held.name === name) return;
  await deps.database.transaction().execute(async (database) => {
    const by = held.language === language ? null : await bulletinWith(database, station, id);
    if (by !== null) throw new Problem('in-use', { by });
    await database.updateTable('recordings').set({ language, name }).where('id', '=', id).execute();
    await recordDeed(database, { at: deps.clock.now(), person, station, action: 'recording.rename', facts: { recording: id, language } });
  });
  deps.changes.tell({ subject: 'recordings', station, id });
}

/** The row stays, marked, since its id is spent; the upload goes at once, the rendering once nothing names it. */
async function removeRecording(deps: RecordingLibraryDeps, id: string, person: string): Promise<void> {
  const now = deps.clock.now();
  const station = await deps.database.transaction().execute(async (database) => {
    const held = await rowOf(database, id);
    if (!held || held.removedAt !== null) throw new Problem('not-found');
    const by = await bulletinWith(database, held.station, id);
    if (by !== null) throw new Problem('in-use', { by });
    await database.updateTable('recordings').set({ removedAt: now }).where('id', '=', id).execute();
    await recordDeed(database, { at: now, person, station: held.station, action: 'recording.remove', facts: { recording: id } });
    return held.station;
  });
  await remove(deps.files.upload(id));
  deps.changes.tell({ subject: 'recordings', station, id });
}
