import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gpiosetArguments, gpiosetMajor } from '@tieng-loa/player/amplifier.ts';
import { systemClock } from '@tieng-loa/player/clock.ts';
import { noLog } from '@tieng-loa/player/log.ts';
import { mpvSpeaker, volumeWithGain } from '@tieng-loa/player/mpv.ts';
import type { Sound, Speaker } from '@tieng-loa/player/speaker.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder = '';
const file = (name: string): Sound => ({ kind: 'file', path: join(folder, name), durationMs: 800, gainDb: 0 });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tl-mpv-test-'));
  for (const [name, seconds] of Object.entries({ 'a.opus': 0.8, 'b.opus': 0.8, 'long.opus': 60 })) {
    const tone = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`, '-ac', '1', '-ar', '48000', '-c:a', 'libopus'];
    await promisify(execFile)('ffmpeg', ['-loglevel', 'error', ...tone, join(folder, name)]);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const speakerOf = (): Speaker => mpvSpeaker({ output: { kind: 'null' }, clock: systemClock, log: noLog });
async function untilState(speaker: Speaker, state: Speaker['state']): Promise<void> {
  for (let i = 0; i < 500 && speaker.state !== state; i++) await wait(20);
  expect(speaker.state).toBe(state);
}
async function signalMpv(signal: NodeJS.Signals): Promise<void> {
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(process.pid), 'mpv']);
  for (const pid of stdout.trim().split('\n')) process.kill(Number(pid), signal);
}
/** Plays the sounds and @returns when each began, in ms after the start, and how it ended. */
async function played(speaker: Speaker, sounds: Sound[]): Promise<{ began: number[]; how: string; endedMs: number }> {
  const began: number[] = [];
  const over = Promise.withResolvers<string>();
  let startMono = 0;
  const cue = speaker.cue(sounds, 80, { began: () => began.push(systemClock.monotonic() - startMono), done: over.resolve });
  await cue.ready;
  startMono = systemClock.monotonic();
  cue.start();
  const how = await over.promise;
  return { began, how, endedMs: systemClock.monotonic() - startMono };
}

test('files and pauses follow one another in real time, each said when it is heard', async () => {
  const speaker = speakerOf();
  try {
    await untilState(speaker, 'ready');
    const { began, how, endedMs } = await played(speaker, [file('a.opus'), { kind: 'silence', durationMs: 700 }, file('b.opus')]);
    expect(how).toBe('finished');
    for (const [index, atMs] of [0, 800, 1500].entries()) expect(Math.abs(began[index]! - atMs)).toBeLessThan(250);
    expect(Math.abs(endedMs - 2300)).toBeLessThan(400);
  } finally {
    await speaker.close();
  }
});

test('a file that cannot be played is refused before it begins, and the next one plays', async () => {
  const speaker = speakerOf();
  try {
    await untilState(speaker, 'ready');
    await expect(speaker.cue([file('missing.opus')], 80, { began: () => {}, done: () => {} }).ready).rejects.toThrow(/mpv/);
    expect((await played(speaker, [file('a.opus')])).how).toBe('finished');
  } finally {
    await speaker.close();
  }
});

test('an mpv that dies fails what sounds, and is started again', async () => {
  const speaker = speakerOf();
  try {
    await untilState(speaker, 'ready');
    const sounding = played(speaker, [file('a.opus'), file('b.opus')]);
    await wait(300);
    await signalMpv('SIGKILL');
    expect((await sounding).how).toBe('failed');
    await untilState(speaker, 'ready');
    expect((await played(speaker, [file('a.opus')])).how).toBe('finished');
  } finally {
    await speaker.close();
  }
});

test('an mpv that hangs while it sounds is noticed, fails what sounds, and is started again', { timeout: 30_000 }, async () => {
  const speaker = speakerOf();
  try {
    await untilState(speaker, 'ready');
    const sounding = played(speaker, [{ kind: 'silence', durationMs: 60_000 }]);
    await wait(300);
    await signalMpv('SIGSTOP');
    const { how, endedMs } = await sounding;
    expect(how).toBe('failed');
    expect(endedMs).toBeLessThan(10_000);
    await untilState(speaker, 'ready');
    expect((await played(speaker, [file('a.opus')])).how).toBe('finished');
  } finally {
    await speaker.close();
  }
});

test('a sound that does not come to its end is ended a few seconds after it should have', { timeout: 30_000 }, async () => {
  const speaker = speakerOf();
  try {
    await untilState(speaker, 'ready');
    const long = file('long.opus');
    const { how, endedMs } = await played(speaker, [long]);
    expect(how).toBe('failed');
    expect(endedMs).toBeLessThan(11_000);
  } finally {
    await speaker.close();
  }
});

test('an mpv that cannot be started counts as failed', async () => {
  const speaker = mpvSpeaker({ output: { kind: 'null' }, clock: systemClock, log: noLog, program: '/nowhere/mpv' });
  try {
    await untilState(speaker, 'failed');
  } finally {
    await speaker.close();
  }
});

test('decibels are mpv’s cubic volume', () => {
  expect(volumeWithGain(80, 0)).toBe(80);
  expect(volumeWithGain(100, -60)).toBeCloseTo(10);
  expect(volumeWithGain(100, 30)).toBe(130);
});

test('both generations of gpioset hold the line as long as they live', () => {
  const line = { chip: 'gpiochip0', line: 17 };
  expect(gpiosetArguments(gpiosetMajor('gpioset (libgpiod) v1.6.3'), line)).toEqual(['--mode=signal', 'gpiochip0', '17=1']);
  expect(gpiosetArguments(gpiosetMajor('gpioset (libgpiod) v2.2.1'), line)).toEqual(['--chip', 'gpiochip0', '17=1']);
});
