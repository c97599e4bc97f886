/** How loud a recording is (EBU R 128), and by how much to raise it so that it is −16 LUFS once its peaks are held down. */
import type { Ffmpeg } from './ffmpeg.ts';

/** Speech outdoors: louder than the −23 of indoor broadcasting, with room for consonants. */
export const TARGET_LUFS = -16;
export const LUFS_TOLERANCE = 0.5;
/** Highest true peak of the decoded rendering, in dBTP. */
export const HIGHEST_PEAK_DBTP = -1.5;
/** Where the limiter holds peaks, in dBFS: Opus at 24 kb/s adds up to 1.5 dB to them. */
export const CEILING_DBFS = -3;
/** Below this nothing can be understood however it is raised: a muted microphone's own noise. */
export const FAINTEST_LUFS = -60;

/** First of all, since wind and hum below the voice would cost loudness and push the limiter. */
const HIGH_PASS = 'highpass=f=80';
/**
 * Loudness is measured at 16 kHz: within 0.1 LU of 48 kHz on speech, in a third of the time.
 * What is left of the error is seen on the decoded rendering.
 */
const MEASURED_RATE = 16_000;
/** Gains tried beyond what would do without a limiter, in dB; between them loudness is nearly straight. */
const TRIED_DB = [0, 2.5, 6, 11, 17];

/** @returns the filters that come before any gain, at a sample rate. */
const prepared = (rate: number): string => `aresample=${rate},aformat=channel_layouts=mono:sample_fmts=dbl,${HIGH_PASS}`;

/** @returns the limiter; its automatic level is off since it would raise peaks over the ceiling again. */
const limiter = (ceilingDbfs: number): string => `alimiter=limit=${decimal(10 ** (ceilingDbfs / 20))}:level=disabled:attack=5:release=60`;
const gained = (gainDb: number, ceilingDbfs: number): string => `volume=${decimal(gainDb)}dB:precision=double,${limiter(ceilingDbfs)}`;
const decimal = (value: number): string => value.toFixed(4);

/** @returns the graph that makes a recording ready at a gain. */
export const levelGraph = (gainDb: number, ceilingDbfs: number): string => `[0:a:0]${prepared(48_000)},${gained(gainDb, ceilingDbfs)}[out]`;

export interface Measured {
  lufs: number;
  /** highest sample in dBFS */
  peakDbfs: number;
  durationMs: number;
}

/** Decodes a recording once: how loud, and how long it truly is. */
export async function measure(ffmpeg: Ffmpeg, input: string, signal?: AbortSignal): Promise<Measured> {
  const graph = `[0:a:0]${prepared(MEASURED_RATE)},ebur128@in=framelog=verbose:peak=sample[out]`;
  const log = await ffmpeg.run({ input, graph, signal });
  const { lufs, peak } = summaries(log).get('in') ?? SILENCE;
  return { lufs, peakDbfs: peak, durationMs: decodedMs(log) };
}

/** @returns the gain in dB at which the limited recording reaches the target: one run tries several and the rest is interpolated. */
export async function gainFor(ffmpeg: Ffmpeg, input: string, measured: Measured, signal?: AbortSignal): Promise<number> {
  const plain = TARGET_LUFS - measured.lufs;
  // peaks that stay well below the ceiling are never touched: then a gain is all it takes
  if (measured.peakDbfs + plain < CEILING_DBFS - 1) return plain;
  const gains = TRIED_DB.map((extra) => plain + extra);
  const branches = gains.map((gain, index) => {
    const end = index === gains.length - 1 ? '[out]' : ',anullsink';
    return `;[t${index}]${gained(gain, CEILING_DBFS)},ebur128@g${index}=framelog=verbose${end}`;
  });
  const split = `asplit=${gains.length}${gains.map((_, index) => `[t${index}]`).join('')}`;
  const log = await ffmpeg.run({ input, graph: `[0:a:0]${prepared(MEASURED_RATE)},${split}${branches.join('')}`, signal });
  const became = summaries(log);
  return reach(gains.map((gain, index) => ({ gain, lufs: became.get(`g${index}`)?.lufs ?? Number.NEGATIVE_INFINITY })));
}

/** @returns the gain at the target on the line between its neighbours; the highest where none reaches it. */
function reach(tried: readonly { gain: number; lufs: number }[]): number {
  for (const [index, high] of tried.entries()) {
    if (high.lufs < TARGET_LUFS) continue;
    const low = tried[index - 1];
    return low ? low.gain + ((high.gain - low.gain) * (TARGET_LUFS - low.lufs)) / (high.lufs - low.lufs) : high.gain;
  }
  return tried.at(-1)!.gain;
}

const SILENCE = { lufs: -70, peak: Number.NEGATIVE_INFINITY };

/** @returns what each named ebur128 of a run said at its end. */
export function summaries(log: readonly string[]): Map<string, { lufs: number; peak: number }> {
  const found = new Map<string, { lufs: number; peak: number }>();
  let current = { ...SILENCE };
  for (const line of log) {
    const name = /^\[ebur128@(\w+) @ [^\]]*\] Summary:/.exec(line)?.[1];
    if (name) {
      // ffmpeg sets a graph up twice and each closes with a summary: the last one heard the sound
      current = { ...SILENCE };
      found.set(name, current);
    }
    const lufs = /^\s+I:\s+(\S+) LUFS/.exec(line)?.[1];
    const peak = /^\s+Peak:\s+(\S+) dBFS/.exec(line)?.[1];
    if (lufs) current.lufs = numberOr(lufs, SILENCE.lufs);
    if (peak) current.peak = numberOr(peak, SILENCE.peak);
  }
  return found;
}

const numberOr = (text: string, other: number): number => (Number.isFinite(Number(text)) ? Number(text) : other);

/** The last progress line says how much was decoded, to 10 ms. */
function decodedMs(log: readonly string[]): number {
  const times = [...log.join('\n').matchAll(/time=(\d+):(\d\d):(\d\d)\.(\d\d)/g)].at(-1);
  if (!times) return 0;
  const [hours, minutes, seconds, hundredths] = times.slice(1).map(Number) as [number, number, number, number];
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + hundredths * 10;
}
