import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { systemFfmpeg } from '@tieng-loa/audio/ffmpeg.ts';
import { probe } from '@tieng-loa/audio/probe.ts';
import { render } from '@tieng-loa/audio/render.ts';
import { sha256 } from '@tieng-loa/protocol/ids.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { openWorkplace, speech3gp } from './fixtures.ts';
import { makeTakes } from './takes.ts';

const at = openWorkplace();
afterAll(() => at.clear());
const ffmpeg = systemFfmpeg();
const made = async (input: string, output = 'made.opus', signal?: AbortSignal) =>
  render(ffmpeg, { input, fileName: 'ghi.wav', sound: await probe(ffmpeg, input, 'ghi.wav'), output: at.path(output), signal });

/** Judged apart from the code under test: ffmpeg's own meter on the decoded file. */
function heard(path: string): { lufs: number; peak: number } {
  const log = execFileSync(
    'sh',
    ['-c', 'ffmpeg -hide_banner -nostdin -i "$1" -af ebur128=peak=true:framelog=verbose -f null - 2>&1', '-', path],
    {
      encoding: 'utf8',
    },
  );
  const last = (what: RegExp) => Number([...log.matchAll(what)].at(-1)?.[1]);
  return { lufs: last(/I:\s+(\S+) LUFS/g), peak: last(/Peak:\s+(\S+) dBFS/g) };
}

describe('every kind of take becomes −16 LUFS with its true peak under −1.5 dBTP, as decoded', () => {
  const takes = makeTakes(at.path(''), [
    'calm',
    'gain jumps',
    'faint with noise',
    'hum and wind',
    'clicks',
    'clipped',
    'from a phone, AAC',
  ]);
  for (const take of takes)
    test(take.name, async () => {
      const rendered = await made(take.path, `${take.name}.opus`);
      const { lufs, peak } = heard(at.path(`${take.name}.opus`));
      expect(Math.abs(lufs + 16)).toBeLessThanOrEqual(0.5);
      expect(peak).toBeLessThanOrEqual(-1.5);
      expect(rendered.loudness.afterLufs).toBeCloseTo(lufs, 1);
      expect(rendered.loudness.truePeakDbtp).toBeCloseTo(peak, 1);
      expect(Math.abs(rendered.durationMs - take.seconds * 1000)).toBeLessThan(100);
      // 24 kb/s and the pages of Ogg
      expect((rendered.sizeBytes * 8) / take.seconds).toBeLessThan(27_000);
    });
});

test('a rendering is Opus, mono, 48 kHz, without the words that the file carried, and named by its own bytes', async () => {
  const input = at.speech('tagged.mp3', '-metadata', 'title=Bí mật', '-metadata', 'artist=Ai đó');
  const rendered = await made(input);
  const bytes = readFileSync(at.path('made.opus'));
  expect(rendered).toMatchObject({ sha256: sha256(bytes), sizeBytes: bytes.length });
  expect(bytes.includes('Bí mật')).toBe(false);
  const says = execFileSync('ffprobe', [
    '-v',
    'error',
    '-show_entries',
    'stream=codec_name,channels,sample_rate',
    '-of',
    'csv=p=0',
    at.path('made.opus'),
  ]);
  expect(String(says).trim()).toBe('opus,48000,1');
});

test('the same recording becomes the same bytes again', async () => {
  const input = speech3gp(at);
  expect((await made(input)).sha256).toBe((await made(input)).sha256);
});

test('the waveform has at most 1,000 stretches from 0 to 100, quiet where it is quiet', async () => {
  const input = at.ffmpeg('-i', at.path('speech.wav'), '-af', 'aformat=channel_layouts=mono,apad=pad_dur=10', 'quiet-end.wav');
  const { peaks } = await made(input);
  expect(peaks.length).toBeLessThanOrEqual(1000);
  expect(Math.max(...peaks)).toBeGreaterThan(40);
  expect(Math.min(...peaks)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...peaks)).toBeLessThanOrEqual(100);
  expect(Math.max(...peaks.slice(-Math.floor(peaks.length / 4)))).toBeLessThan(10);
});

test('a muted microphone is told apart from a faint voice', async () => {
  const silent = at.ffmpeg('-f', 'lavfi', '-i', 'anoisesrc=r=16000:a=0.00005:seed=3', '-t', '5', 'muted.wav');
  await expect(made(silent)).rejects.toMatchObject({ code: 'no-sound', facts: { fileName: 'ghi.wav' } });
});

test('a recording that breaks off in the middle is called damaged', async () => {
  const whole = readFileSync(at.speech('broken.flac'));
  const cut = at.file('broken.flac', whole.subarray(0, whole.length >> 1));
  await expect(made(cut)).rejects.toMatchObject({ code: 'bad-file' });
});

test('a file that hides its length is decoded no further than may be', async () => {
  const day = at.ffmpeg('-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono:nb_samples=4096', '-t', '7260', '-frame_size', '4096', 'hidden.flac');
  const bytes = readFileSync(day);
  // STREAMINFO: the number of samples, 36 bits, "unknown" when it is 0
  bytes[21] = bytes[21]! & 0xf0;
  bytes.fill(0, 22, 26);
  writeFileSync(day, bytes);
  await expect(made(day)).rejects.toMatchObject({ code: 'too-long', facts: { limitMinutes: 120 } });
}, 60_000);

test('a full disk is the reason that is given, at once', async ({ skip }) => {
  const disk = at.path('disk');
  mkdirSync(disk);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk]).status !== 0) skip('a small disk can only be mounted by root');
  try {
    const [take] = makeTakes(at.path(''), ['calm'], 30);
    await expect(made(take!.path, 'disk/made.opus')).rejects.toMatchObject({ code: 'ENOSPC' });
  } finally {
    execFileSync('umount', [disk]);
  }
});

test('an abort ends the work at once and is not the fault of the file', async () => {
  const stop = new AbortController();
  const long = at.ffmpeg('-f', 'lavfi', '-i', 'sine=f=300:r=48000', '-t', '600', 'long.flac');
  const work = made(long, 'aborted.opus', stop.signal);
  setTimeout(() => stop.abort(), 400);
  const before = performance.now();
  await expect(work).rejects.toThrow('aborted');
  expect(performance.now() - before).toBeLessThan(3000);
});
