/** How loud a recording is (EBU R 128), and by how much to raise it so that it is −16 LUFS once its peaks are held down. */
import type { Ffmpeg } from './ffmpeg.ts';

/** Speech outdoors: louder than the −23 of indoor broadcasting, with room for consonants. */
export const TARGET_LUFS = -16;
export const LUFS_TOLERANCE = 0.5;
/** Highest true peak of the decoded rendering, in dBTP. */
export const HIGHEST_PEAK_DBTP = -1.5;
/** Where the limiter holds peaks at first, in dBFS: Opus at 24 kb/s adds 1 to 3 dB to the peaks of dense speech. */
export const CEILING_DBFS = -4.5;
/** What the low-pass and Opus take from the loudness that was measured before them. */
export const LOST_LU = 0.2;
/** Below this nothing can be understood however it is raised: a muted microphone's own noise. */
export const FAINTEST_LUFS = -60;

/** First of all, since wind and hum below the voice would cost loudness and push the limiter. */
const HIGH_PASS = 'highpass=f=80';
/** Last of all: horns carry no more, and what Opus need not spend above comes back as truer peaks (1 dB less overshoot). */
const LOW_PASS = 'lowpass=f=10000';
/**
 * Loudness is measured at 16 kHz: within 0.1 LU of 48 kHz on speech, in a third of the time.
 * What is left of the error is seen on the decoded rendering.
 */
const MEASURED_RATE = 16_000;
/** Gains tried beyond what would do without a limiter, in dB; between them loudness is nearly straight. */
const TRIED_DB = [1.5, 5, 12, 24];

/** @returns the filters that come before any gain, at a sample rate. */
const prepared = (rate: number): string => `aresample=${rate},aformat=channel_layouts=mono:sample_fmts=dbl,${HIGH_PASS}`;

/** @returns the limiter; its automatic level is off since it would raise peaks over the ceiling again. */
const limiter = (ceilingDbfs: number): string => `alimiter=limit=${decimal(10 ** (ceilingDbfs / 20))}:level=disabled:attack=5:release=60`;
const gained = (gainDb: number, ceilingDbfs: number): string => `volume=${decimal(gainDb)}dB:precision=double,${limiter(ceilingDbfs)}`;
const decimal = (value: number): string => value.toFixed(4);

/** @returns the graph that makes a recording ready at a gain. */
export const levelGraph = (gainDb: number, ceilingDbfs: number): string =>
  `[0:a:0]${prepared(48_000)},${gained(gainDb, ceilingDbfs)},${LOW_PASS}[out]`;

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

/** How loud a recording becomes at a gain, with its peaks held at `CEILING_DBFS`: points with rising gain. */
export type Curve = readonly { gainDb: number; lufs: number }[];

/** Tries several gains in one run; between them loudness is nearly straight. */
export async function curveOf(ffmpeg: Ffmpeg, input: string, measured: Measured, signal?: AbortSignal): Promise<Curve> {
  const plain = TARGET_LUFS - measured.lufs;
  // peaks that stay well below the ceiling are never touched: then loudness follows the gain
  if (measured.peakDbfs + plain < CEILING_DBFS - 1) return [0, 1].map((more) => ({ gainDb: plain + more, lufs: TARGET_LUFS + more }));
  const gains = TRIED_DB.map((extra) => plain + extra);
  const branches = gains.map((gain, index) => {
    const end = index === gains.length - 1 ? '[out]' : ',anullsink';
    return `;[t${index}]${gained(gain, CEILING_DBFS)},ebur128@g${index}=framelog=verbose${end}`;
  });
  const split = `asplit=${gains.length}${gains.map((_, index) => `[t${index}]`).join('')}`;
  const log = await ffmpeg.run({ input, graph: `[0:a:0]${prepared(MEASURED_RATE)},${split}${branches.join('')}`, signal });
  const became = summaries(log);
  const tried = gains.map((gainDb, index) => ({ gainDb, lufs: became.get(`g${index}`)?.lufs ?? SILENCE.lufs }));
  // up to the gain at which the highest peak meets the ceiling nothing is limited: a point that costs nothing
  const untouched = CEILING_DBFS - measured.peakDbfs;
  return [{ gainDb: untouched, lufs: measured.lufs + untouched }, ...tried];
}

/**
 * @returns the gain that makes the recording `lufs` loud with its peaks held at `ceilingDbfs`. Limiting lower is the same as
 * limiting a louder sound and turning that down, so one curve serves every ceiling. Where none reaches it, the highest tried.
 */
export function gainFor(curve: Curve, lufs: number, ceilingDbfs: number): number {
  const lower = CEILING_DBFS - ceilingDbfs;
  const wanted = lufs + lower;
  const above = Math.max(
    1,
    curve.findIndex((point) => point.lufs >= wanted),
  );
  const [low, high] = curve.at(-1)!.lufs < wanted ? [curve.at(-2)!, curve.at(-1)!] : [curve[above - 1]!, curve[above]!];
  const slope = (high.lufs - low.lufs) / (high.gainDb - low.gainDb);
  const gainDb = low.gainDb + (wanted - low.lufs) / Math.max(slope, FLATTEST);
  return Math.min(gainDb, curve.at(-1)!.gainDb) - lower;
}

/** Loudness per gain; where a limiter gives less than this, more gain is only distortion. */
const FLATTEST = 0.1;
/** What ebur128 says of silence. */
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
