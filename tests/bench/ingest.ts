/** How fast a recording is made ready (seconds of audio per second of wall time), beside two-pass loudnorm with the same encoder settings, and how loud it became. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { systemFfmpeg } from '@tieng-loa/audio/ffmpeg.ts';
import { probe } from '@tieng-loa/audio/probe.ts';
import { OPUS, type Rendered, render } from '@tieng-loa/audio/render.ts';
import { makeTakes, type TakeFile } from '../audio/takes.ts';
import { percentile, type Result, rounded, tableOf } from './figures.ts';

const ROUNDS = 3;
const ffmpeg = systemFfmpeg();

/** Ours, whole: looked at, measured, encoded, judged on the decoded Opus, with its waveform. */
async function ours(take: TakeFile, output: string): Promise<Rendered> {
  const sound = await probe(ffmpeg, take.path, take.name);
  return render(ffmpeg, { input: take.path, fileName: take.name, sound, output });
}

/** The customary way: loudnorm measures, loudnorm corrects; nobody looks at what the encoder made of it. */
async function twoPass(take: TakeFile, output: string): Promise<void> {
  const target = 'loudnorm=I=-16:TP=-1.5:LRA=11';
  const said = await plainFfmpeg(['-i', take.path, '-af', `${target}:print_format=json`, '-f', 'null', '-']);
  const m = JSON.parse(said.slice(said.lastIndexOf('{'), said.lastIndexOf('}') + 1)) as Record<string, string>;
  const measured = `measured_I=${m.input_i}:measured_TP=${m.input_tp}:measured_LRA=${m.input_lra}:measured_thresh=${m.input_thresh}:offset=${m.target_offset}`;
  await plainFfmpeg(['-i', take.path, '-af', `${target}:linear=true:${measured}`, ...OPUS, '-y', output]);
}

/** As low in rank as ours runs, so that a busy machine slows both alike. */
async function plainFfmpeg(args: string[]): Promise<string> {
  const child = spawn('nice', ['-n', '10', 'ffmpeg', '-hide_banner', '-nostdin', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const [log, code] = await Promise.all([text(child.stderr), new Promise((resolve) => child.on('close', resolve))]);
  if (code !== 0) throw new Error(log);
  return log;
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

interface Line {
  take: TakeFile;
  ours: number[];
  twoPass: number[];
  made: Rendered;
}

/** Both ways in turn on the same take, so that a machine that slows down slows both. */
async function measure(take: TakeFile, folder: string): Promise<Line> {
  const line: Line = { take, ours: [], twoPass: [], made: await ours(take, join(folder, 'warm.opus')) };
  for (let round = 0; round < ROUNDS; round += 1) {
    line.ours.push(await secondsOf(() => ours(take, join(folder, 'ours.opus'))));
    line.twoPass.push(await secondsOf(() => twoPass(take, join(folder, 'two-pass.opus'))));
  }
  return line;
}

const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** @returns the figures over all takes, each by the median of its rounds. */
export async function run(): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'tl-ingest-'));
  try {
    const lines: Line[] = [];
    for (const take of makeTakes(folder)) lines.push(await measure(take, folder));
    const audio = lines.reduce((sum, { take }) => sum + take.seconds, 0);
    const wall = (which: 'ours' | 'twoPass') => lines.reduce((sum, line) => sum + median(line[which]), 0);
    const rows = lines.map((line) => [
      line.take.name,
      line.take.seconds,
      rounded(line.take.seconds / median(line.ours)),
      rounded(line.take.seconds / median(line.twoPass)),
      rounded(median(line.twoPass) / median(line.ours), 2),
      line.made.loudness.beforeLufs,
      line.made.loudness.afterLufs,
      line.made.loudness.truePeakDbtp,
    ]);
    const heads = ['take', 'seconds', 'ours ×', 'two-pass ×', 'ratio', 'LUFS before', 'after', 'dBTP'];
    return {
      table: tableOf(heads, rows),
      figures: {
        audioPerWallSecond: rounded(audio / wall('ours')),
        twoPassAudioPerWallSecond: rounded(audio / wall('twoPass')),
        ratioToTwoPass: rounded(wall('twoPass') / wall('ours'), 2),
        lufsErrorMax: rounded(Math.max(...lines.map(({ made }) => Math.abs(made.loudness.afterLufs + 16)))),
        truePeakMaxDbtp: Math.max(...lines.map(({ made }) => made.loudness.truePeakDbtp)),
        takes: lines.length,
        rounds: ROUNDS,
      },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
