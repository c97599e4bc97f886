/** The only file that starts ffmpeg and ffprobe: on files from strangers, within limits of time, output, CPU and memory. */
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { RENDERING_BYTES } from '@tieng-loa/protocol/limits.ts';
import fluent from 'fluent-ffmpeg';
import { DECODED_MS, LOG_LINES, LOOK_BYTES, LOOK_MS, RUN_MS } from './limits.ts';

/** Applies `ulimit` and `nice`; fluent-ffmpeg starts whatever `setFfmpegPath` names, so the limits live in that program. */
const LIMITED = fileURLToPath(new URL('limited.sh', import.meta.url));

/**
 * The demuxers a person's file may reach. The name of a file says nothing: an .mp3 that holds an ffconcat script would
 * read its neighbours; a whitelist of protocols does not stop that, this one does.
 */
const FORMATS = 'wav,w64,mp3,mov,mp4,m4a,3gp,3g2,mj2,ogg,flac,matroska,webm,amr,amrnb,amrwb,aac,aiff,caf';
const SAFELY = ['-hide_banner', '-nostdin', '-protocol_whitelist', 'file,pipe', '-format_whitelist', FORMATS];
/** The first sound and nothing else: no picture, no subtitle, no data, no words of the file. */
const SOUND_ONLY = ['-vn', '-sn', '-dn', '-map_metadata', '-1'];

/** One run of ffmpeg over one input. */
export interface Run {
  /** an absolute path, or a stream of Ogg */
  input: string | Readable;
  /** a filter graph from `[0:a:0]` to `[out]` */
  graph: string;
  /** how `[out]` is written; without it the run is for its log only */
  output?: { options: readonly string[]; to: Writable };
  signal?: AbortSignal | undefined;
}

/** What a look at a file's header found. */
export interface Look {
  format: string;
  /** as the header says; null where it does not */
  durationMs: number | null;
  streams: { kind: string; codec: string }[];
}

export interface Ffmpeg {
  /** @returns the log's lines. @throws FfmpegFailed where ffmpeg fails, breaks a limit or is aborted. */
  run(run: Run): Promise<string[]>;
  /** Reads the header of a file. @throws FfmpegFailed where it is none of the formats. */
  look(path: string, signal?: AbortSignal): Promise<Look>;
}

/** ffmpeg did not end well; `log` says why in its words. */
export class FfmpegFailed extends Error {
  readonly log: string;
  constructor(message: string, log: string) {
    super(`${message}\n${log.slice(-2000)}`);
    this.name = 'FfmpegFailed';
    this.log = log;
  }
}

/** @returns ffmpeg as installed on this machine. */
export const systemFfmpeg = (): Ffmpeg => ({ run, look });

/** `file:` keeps a path from being read as a protocol or an option. */
const named = (path: string): string => `file:${path}`;

function run({ input, graph, output, signal }: Run): Promise<string[]> {
  const command = fluent({ stdoutLines: LOG_LINES }).setFfmpegPath(LIMITED);
  // a list of several arguments is taken as it is; a single one would be split at its spaces
  command.input(typeof input === 'string' ? named(input) : input);
  command.inputOptions(...SAFELY, ...(typeof input === 'string' ? [] : ['-f', 'ogg']), '-t', String(DECODED_MS / 1000));
  const options = output?.options ?? ['-f', 'null'];
  command.output(output?.to ?? '-');
  command.outputOptions('-filter_complex', graph, '-map', '[out]', ...SOUND_ONLY, '-fs', String(limitOf(output)), ...options);
  return new Promise((resolve, reject) => {
    let broken: string | null = signal?.aborted ? 'aborted' : null;
    // fluent-ffmpeg's own timeout sends SIGTERM, which a wedged decoder need not heed; and it takes no AbortSignal
    const end = (why: string) => () => {
      broken = why;
      command.kill('SIGKILL');
    };
    const timer = setTimeout(end(`still running after ${RUN_MS} ms`), RUN_MS);
    const abort = end('aborted');
    signal?.addEventListener('abort', abort, { once: true });
    const settled = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    // it asks ffmpeg for its encoders before it starts anything that could be killed
    command.on('start', () => broken !== null && command.kill('SIGKILL'));
    command.on('error', (error: Error, _: string | null, log: string | null) => {
      settled();
      reject(new FfmpegFailed(broken ?? error.message, log ?? ''));
    });
    command.on('end', (_: string | null, log: string | null) => {
      settled();
      resolve((log ?? '').split('\n'));
    });
    command.run();
  });
}

/** Raw samples for a waveform are larger than a rendering: 8,000 a second, two bytes each. */
const limitOf = (output: Run['output']): number =>
  output?.options.includes('s16le') ? (DECODED_MS / 1000) * 16_000 + RENDERING_BYTES : RENDERING_BYTES;

/** fluent-ffmpeg's ffprobe has no time limit and keeps all that is printed, so ffprobe is started here. */
function look(path: string, signal?: AbortSignal): Promise<Look> {
  const show = ['-v', 'error', '-of', 'json', '-show_entries', 'format=format_name,duration:stream=codec_type,codec_name'];
  const args = ['ffprobe', ...SAFELY.filter((option) => option !== '-nostdin'), ...show, '-i', named(path)];
  const child = spawn(LIMITED, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LOOK_MS,
    killSignal: 'SIGKILL',
    ...(signal && { signal }),
  });
  const printed = { out: '', err: '' };
  const keep = (which: 'out' | 'err') => (text: string) => {
    if (printed[which].length < LOOK_BYTES) printed[which] += text;
  };
  child.stdout.setEncoding('utf8').on('data', keep('out'));
  child.stderr.setEncoding('utf8').on('data', keep('err'));
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new FfmpegFailed(error.message, printed.err)));
    child.on('close', (code, killedBy) => {
      if (code === 0) resolve(lookOf(printed.out));
      else reject(new FfmpegFailed(`ffprobe ended with ${killedBy ?? code}`, printed.err));
    });
  });
}

function lookOf(json: string): Look {
  const printed = JSON.parse(json) as {
    format?: { format_name?: string; duration?: string };
    streams?: { codec_type?: string; codec_name?: string }[];
  };
  const seconds = Number(printed.format?.duration ?? Number.NaN);
  return {
    format: printed.format?.format_name ?? '',
    durationMs: Number.isFinite(seconds) ? Math.round(seconds * 1000) : null,
    streams: (printed.streams ?? []).map((stream) => ({ kind: stream.codec_type ?? '', codec: stream.codec_name ?? '' })),
  };
}
