import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ring, SAMPLE_RATE } from '@tieng-loa/audio/chimes/bells.ts';
import { TUNES } from '@tieng-loa/audio/chimes/tunes.ts';
import { CHIMES, chimeFiles } from '@tieng-loa/player/chimes.ts';
import { sha256 } from '@tieng-loa/protocol/ids.ts';
import { CHIMES as NAMES } from '@tieng-loa/protocol/plan.ts';
import { CHIME_MS } from '@tieng-loa/timetable/steps.ts';
import { describe, expect, test } from 'vitest';

const files = chimeFiles(new URL('../../player/chimes', import.meta.url).pathname);

describe.each(NAMES)('the chime %s', (chime) => {
  test('is the pinned file', () => {
    expect(sha256(readFileSync(files[chime]))).toBe(CHIMES[chime].sha256);
  });
  test('lasts as long as the timetable reckons', () => {
    const decoded = execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-i', files[chime], '-f', 's16le', '-ar', '48000', '-'], {
      maxBuffer: 2 ** 24,
    });
    const durationMs = decoded.length / 2 / 48;
    expect(Math.abs(durationMs - CHIME_MS[chime])).toBeLessThanOrEqual(20);
    expect(CHIMES[chime].durationMs).toBe(CHIME_MS[chime]);
  });
  test('is struck at once and ends without a click', () => {
    const { strokes, durationMs } = TUNES[chime];
    const samples = ring(strokes, durationMs);
    const loudest = (from: number, to: number) => samples.slice(from, to).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest(0, SAMPLE_RATE * 0.05)).toBeGreaterThan(0.2);
    expect(loudest(samples.length - 480, samples.length)).toBeLessThan(0.02);
  });
});
