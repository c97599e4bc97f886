/** Makes a recording ready to air: levelled, Opus mono 24 kb/s in Ogg, judged on what a player will decode. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { PassThrough, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { RECORDING_MS } from '@tieng-loa/protocol/limits.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { type Ffmpeg, FfmpegFailed } from './ffmpeg.ts';
import { ENCODINGS } from './limits.ts';
import {
  CEILING_DBFS,
  type Curve,
  curveOf,
  FAINTEST_LUFS,
  gainFor,
  HIGHEST_PEAK_DBTP,
  LOST_LU,
  LUFS_TOLERANCE,
  levelGraph,
  type Measured,
  measure,
  summaries,
  TARGET_LUFS,
} from './loudness.ts';
import { WAVEFORM_RATE, Waveform } from './peaks.ts';
import { type Sound, tooLong } from './probe.ts';

/** A recording made ready; the file lies where the caller said. */
export interface Rendered {
  sha256: string;
  sizeBytes: number;
  durationMs: number;
  peaks: number[];
  loudness: { beforeLufs: number; afterLufs: number; truePeakDbtp: number };
}

export interface Take {
  /** where the recording lies, and what a person calls it */
  input: string;
  fileName: string;
  /** what `probe` found */
  sound: Sound;
  /** where the rendering is written; what lay there is overwritten */
  output: string;
  signal?: AbortSignal | undefined;
}

/**
 * Encodes and writes Ogg. Constrained, since the free rate gives calm synthesized speech 46 kb/s where 24 are asked for;
 * `bitexact` so that the same recording becomes the same bytes, and so the same name.
 */
export const OPUS = [
  ...['-c:a', 'libopus', '-b:a', '24k', '-vbr', 'constrained', '-ac', '1', '-ar', '48000', '-compression_level', '5'],
  ...['-fflags', '+bitexact', '-flags:a', '+bitexact', '-f', 'ogg'],
] as const;

/** A file may end early by this share: cut at the end of an upload by a phone, it is still worth airing. */
const LEAST_SHARE = 0.9;
/** Nearer than this there is nothing to gain by another encoding. */
const CLOSE_ENOUGH = LUFS_TOLERANCE * 0.8;

/**
 * Levels and encodes a recording.
 * @throws Problem `bad-file` (it breaks off or cannot be decoded), `no-sound`, `too-long`.
 */
export async function render(ffmpeg: Ffmpeg, take: Take): Promise<Rendered> {
  const measured = await decoded(take, () => measure(ffmpeg, take.input, take.signal));
  if (measured.durationMs > RECORDING_MS) throw tooLong(take.fileName);
  const expectedMs = take.sound.durationMs;
  if (measured.durationMs === 0 || (expectedMs !== null && measured.durationMs < expectedMs * LEAST_SHARE))
    throw new Problem('bad-file', { fileName: take.fileName });
  if (measured.lufs < FAINTEST_LUFS) throw new Problem('no-sound', { fileName: take.fileName });
  const curve = await decoded(take, () => curveOf(ffmpeg, take.input, measured, take.signal));
  return settleOn(ffmpeg, take, measured, curve);
}

/** What passed `probe` and cannot be decoded is damaged; an abort is not the file's fault. */
async function decoded<T>(take: Take, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FfmpegFailed && !take.signal?.aborted) throw new Problem('bad-file', { fileName: take.fileName });
    throw error;
  }
}

/** Encodes, judges, and encodes again by what the last one became, until it is right or the tries are used up. */
async function settleOn(ffmpeg: Ffmpeg, take: Take, measured: Measured, curve: Curve): Promise<Rendered> {
  let aimLufs = TARGET_LUFS + LOST_LU;
  let ceilingDbfs = CEILING_DBFS;
  for (let encoding = 1; ; encoding += 1) {
    const became = await encode(ffmpeg, take, gainFor(curve, aimLufs, ceilingDbfs), ceilingDbfs);
    const short = TARGET_LUFS - became.lufs;
    const over = became.peakDbtp - HIGHEST_PEAK_DBTP;
    if (encoding === ENCODINGS || (Math.abs(short) <= CLOSE_ENOUGH && over <= 0)) {
      const loudness = { beforeLufs: measured.lufs, afterLufs: became.lufs, truePeakDbtp: became.peakDbtp };
      return { ...became.file, durationMs: became.durationMs, peaks: became.peaks, loudness };
    }
    aimLufs += short;
    // denser sound overshoots more, so a lower ceiling has to go further than what was over
    if (over > 0) ceilingDbfs -= over + 0.5;
  }
}

interface Encoded {
  file: { sha256: string; sizeBytes: number };
  lufs: number;
  peakDbtp: number;
  durationMs: number;
  peaks: number[];
}

/** Encodes into the file while a second ffmpeg decodes and judges what comes out, so that judging takes no time of its own. */
async function encode(ffmpeg: Ffmpeg, take: Take, gainDb: number, ceilingDbfs: number): Promise<Encoded> {
  const sink = renderingSink(take.output);
  const waveform = new Waveform();
  const encoding = ffmpeg
    .run({
      input: take.input,
      graph: levelGraph(gainDb, ceilingDbfs),
      output: { options: OPUS, to: sink.ogg },
      signal: take.signal,
    })
    .catch((error: unknown) => {
      throw sink.breakOff() ?? error;
    });
  const judging = ffmpeg.run({
    input: sink.heard,
    graph: `[0:a:0]asplit[j][w];[j]ebur128@out=framelog=verbose:peak=true,anullsink;[w]aresample=${WAVEFORM_RATE}[out]`,
    output: { options: ['-ac', '1', '-f', 's16le'], to: waveform },
    signal: take.signal,
  });
  const [encoded, judged] = await Promise.allSettled([encoding, judging]);
  if (encoded.status === 'rejected') throw encoded.reason;
  if (judged.status === 'rejected') throw judged.reason;
  const file = await sink.whole();
  const { lufs, peak } = summaries(judged.value).get('out') ?? { lufs: Number.NaN, peak: Number.NaN };
  return { file, lufs, peakDbtp: peak, durationMs: waveform.durationMs, peaks: waveform.peaks() };
}

/** What the encoder writes goes to the file, the hash and the judge; the judge may lag by a rendering at most (RENDERING_BYTES). */
function renderingSink(path: string) {
  const file = createWriteStream(path, { mode: 0o640 });
  const heard = new PassThrough();
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let broken: Error | null = null;
  const ogg = new Writable({
    emitClose: false,
    write(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      heard.write(chunk);
      file.write(chunk, (error) => {
        broken ??= error ?? null;
        done(error);
      });
    },
    final(done) {
      heard.end();
      file.end(done);
    },
  });
  // a file that cannot be opened; the encoder ends with its sink
  file.on('error', (error) => {
    broken ??= error;
    ogg.destroy(error);
  });
  const written = finished(file);
  written.catch(() => {});
  return {
    ogg,
    heard,
    /** Ends what waits for more to come. @returns what the disk said, where that was the reason. */
    breakOff: (): Error | null => {
      heard.end();
      file.destroy();
      return broken;
    },
    whole: async () => {
      await written;
      return { sha256: hash.digest('hex'), sizeBytes };
    },
  };
}
