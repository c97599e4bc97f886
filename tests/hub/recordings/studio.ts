/** A library of recordings over a real store, real ffmpeg and a folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Ffmpeg } from '@tieng-loa/audio/ffmpeg.ts';
import { changeStream } from '@tieng-loa/hub/changes.ts';
import { type Files, openFiles } from '@tieng-loa/hub/files.ts';
import { type RecordingLibrary, recordingLibrary, type Sent } from '@tieng-loa/hub/recordings/library.ts';
import type { Database } from '@tieng-loa/hub/store/database.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import type { Change } from '@tieng-loa/protocol/views.ts';
import { type HandClock, handClock } from '../clock.ts';

export interface Studio {
  library: RecordingLibrary;
  database: Database;
  files: Files;
  clock: HandClock;
  folder: string;
  told: Change[];
  logged: unknown[];
  station: string;
  person: string;
  /** ends this library and begins another over the same rows and files, as a restart does */
  restart(ffmpeg?: Ffmpeg): Promise<RecordingLibrary>;
  close(): Promise<void>;
}

const silentLog = (logged: unknown[]) => {
  const keep = (facts: object) => void logged.push(facts);
  return { info: keep, warn: keep, error: keep };
};

export async function openStudio(database: Database, options: { ffmpeg?: Ffmpeg; dataDir?: string } = {}): Promise<Studio> {
  const folder = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'tl-studio-')));
  const files = await openFiles(folder);
  const clock = handClock();
  const changes = changeStream();
  const told: Change[] = [];
  const logged: unknown[] = [];
  changes.listen((change) => told.push(change));
  const open = (ffmpeg?: Ffmpeg) =>
    recordingLibrary({ database, files, clock, changes, log: silentLog(logged), ...(ffmpeg && { ffmpeg }) });
  const studio: Studio = {
    ...{ library: open(options.ffmpeg), database, files, clock, folder, told, logged, station: newId(), person: newId() },
    restart: async (ffmpeg) => {
      await studio.library.close();
      studio.library = open(ffmpeg);
      return studio.library;
    },
    close: async () => {
      await studio.library.close();
      await database.deleteFrom('recordings').execute();
      await database.deleteFrom('renderings').execute();
      await database.deleteFrom('bulletins').execute();
      if (!options.dataDir) await rm(folder, { recursive: true });
    },
  };
  return studio;
}

/** What a person of the studio's station sends. */
export const sent = (studio: Studio, bytes: Uint8Array, change: Partial<Sent> = {}): Sent => ({
  id: newId(),
  station: studio.station,
  person: studio.person,
  language: 'vi',
  name: 'Mưa lũ',
  fileName: 'mua-lu.wav',
  upload: { stream: Readable.from([bytes]), lengthBytes: bytes.length },
  ...change,
});
