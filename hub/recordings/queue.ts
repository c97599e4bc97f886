/** Makes recordings ready one after the other; what waits is in the database, so that a restart goes on where it was. */
import type { Ffmpeg } from '@tieng-loa/audio/ffmpeg.ts';
import { probe } from '@tieng-loa/audio/probe.ts';
import { type Rendered, render } from '@tieng-loa/audio/render.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import { aside, type Files, remove, settle } from '../files.ts';
import { RENDER_RETRY_MS, RENDER_TRIES } from '../limits.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/database.ts';
import { isDiskFull } from './intake.ts';

export interface RenderQueueDeps {
  database: Database;
  files: Files;
  clock: Clock;
  changes: Changes;
  log: Logger;
  ffmpeg: Ffmpeg;
}
export interface RenderQueue {
  /** something waits: begin, unless it is under way */
  nudge(): void;
  /** resolves when nothing waits that can be made ready now */
  idle(): Promise<void>;
  /** breaks off what is under way; it is begun anew at the next start */
  close(): Promise<void>;
}
interface Waiting {
  id: string;
  station: string;
  fileName: string;
}

/** @returns the queue; `nudge` it once at the start for what an earlier run left. */
export function renderQueue(deps: RenderQueueDeps): RenderQueue {
  const { database, clock, log } = deps;
  const stop = new AbortController();
  /** tries that failed by the machine's fault, and until when the recording rests */
  const troubled = new Map<string, { tries: number; until: number }>();
  let wake: (() => void) | null = null;
  let work: Promise<void> | null = null;
  let again = false;

  async function next(): Promise<Waiting | undefined> {
    const now = clock.now();
    const resting = [...troubled].filter(([, trouble]) => trouble.until > now).map(([id]) => id);
    const waiting = database.selectFrom('recordings').select(['id', 'station', 'fileName']);
    const query = waiting.where('state', '=', 'rendering').where('removedAt', 'is', null).orderBy('createdAt').orderBy('id');
    return (await query.limit(resting.length + 1).execute()).find((one) => !resting.includes(one.id));
  }

  async function one(recording: Waiting): Promise<void> {
    try {
      await makeReady(deps, recording, stop.signal);
      troubled.delete(recording.id);
    } catch (error) {
      if (stop.signal.aborted) return;
      const tries = (troubled.get(recording.id)?.tries ?? 0) + 1;
      if (error instanceof Problem || tries >= RENDER_TRIES) {
        troubled.delete(recording.id);
        log.warn({ recording: recording.id, tries, error }, 'a recording was refused');
        await refuse(deps, recording, problemOf(error, recording.id));
        return;
      }
      log.error({ recording: recording.id, tries, error }, 'a recording could not be made ready; it is tried again');
      troubled.set(recording.id, { tries, until: clock.now() + RENDER_RETRY_MS });
      wake?.();
      wake = clock.after(RENDER_RETRY_MS, nudge);
    }
  }

  async function all(): Promise<void> {
    do {
      again = false;
      for (let recording = await next(); recording && !stop.signal.aborted; recording = await next()) await one(recording);
    } while (again && !stop.signal.aborted);
  }

  function nudge(): void {
    again = true;
    if (work || stop.signal.aborted) return;
    work = all()
      // the database itself failed: the next nudge or start tries again
      .catch((error: unknown) => log.error({ error }, 'the render queue broke off'))
      .finally(() => {
        work = null;
        // nudged between the last look and now
        if (again) nudge();
      });
  }

  return {
    nudge,
    idle: async () => {
      while (work) await work;
    },
    close: async () => {
      stop.abort();
      wake?.();
      await work;
    },
  };
}

/** What a person is told where the machine, not the file, was at fault. */
function problemOf(error: unknown, recording: string): Problem {
  if (error instanceof Problem) return error;
  return isDiskFull(error) ? new Problem('disk-full') : new Problem('broken', { reference: recording });
}

/** Renders aside, names the file by its hash, and only then says that it is ready. */
async function makeReady(deps: RenderQueueDeps, recording: Waiting, signal: AbortSignal): Promise<void> {
  const { files, ffmpeg } = deps;
  const input = files.upload(recording.id);
  const output = aside(files.rendering(recording.id));
  try {
    const sound = await probe(ffmpeg, input, recording.fileName, signal);
    const rendered = await render(ffmpeg, { input, fileName: recording.fileName, sound, output, signal });
    await settle(output, files.rendering(rendered.sha256));
    await keep(deps, recording, rendered);
  } finally {
    await remove(output);
  }
}

/** The same recording sent twice becomes the same bytes: one rendering, named once. */
async function keep(deps: RenderQueueDeps, recording: Waiting, rendered: Rendered): Promise<void> {
  const { sha256, sizeBytes, durationMs, peaks, loudness } = rendered;
  const createdAt = deps.clock.now();
  await deps.database.transaction().execute(async (database) => {
    const row = { sha256, sizeBytes, durationMs, peaks: JSON.stringify(peaks), createdAt };
    await database
      .insertInto('renderings')
      .values(row)
      .onConflict((same) => same.column('sha256').doNothing())
      .execute();
    const ready = { state: 'ready', problem: null, rendering: sha256, loudness: JSON.stringify(loudness) } as const;
    await database.updateTable('recordings').set(ready).where('id', '=', recording.id).where('state', '=', 'rendering').execute();
  });
  deps.log.info({ recording: recording.id, sha256, durationMs, ...loudness }, 'a recording is ready');
  deps.changes.tell({ subject: 'recordings', station: recording.station, id: recording.id });
}

/** The row stays, with the sentence that helps; the bytes are on the person's own device. */
async function refuse(deps: RenderQueueDeps, recording: Waiting, problem: Problem): Promise<void> {
  const { code, facts } = problem;
  const refused = { state: 'refused', problem: JSON.stringify({ code, facts }) } as const;
  await deps.database.updateTable('recordings').set(refused).where('id', '=', recording.id).where('state', '=', 'rendering').execute();
  await remove(deps.files.upload(recording.id));
  deps.changes.tell({ subject: 'recordings', station: recording.station, id: recording.id });
}
