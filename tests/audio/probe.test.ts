import { readFileSync, statSync } from 'node:fs';
import { systemFfmpeg } from '@tieng-loa/audio/ffmpeg.ts';
import { probe } from '@tieng-loa/audio/probe.ts';
import { factWords } from '@tieng-loa/protocol/fact-words.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { problemSentences, worded } from '@tieng-loa/protocol/sentences.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { openWorkplace, speech3gp, speechAmr } from './fixtures.ts';

const at = openWorkplace();
afterAll(() => at.clear());
const ffmpeg = systemFfmpeg();

/** What a person reads when a file is refused. */
async function refusal(path: string, fileName = 'loi-nhan.mp3'): Promise<string> {
  const problem = await probe(ffmpeg, path, fileName).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(problem instanceof Problem)) throw problem ?? new Error('it was taken');
  return `${problem.code}: ${worded(problemSentences[problem.code], 'en', factWords(problem.code, problem.facts, 'en', String))}`;
}

describe('recordings as phones and recorders make them are taken, whatever their name says', () => {
  const formats: Record<string, () => string> = {
    wav: () => at.speech('a.wav'),
    mp3: () => at.speech('a.mp3'),
    'm4a with AAC': () => at.speech('a.m4a'),
    'ogg with Opus': () => at.speech('a.ogg', '-c:a', 'libopus'),
    flac: () => at.speech('a.flac'),
    'webm of a browser': () => at.speech('a.webm', '-c:a', 'libopus'),
    '3gp with AMR': () => speech3gp(at),
    'amr alone': () => speechAmr(at),
    'a film with sound': () =>
      at.ffmpeg('-i', at.path('speech.wav'), '-f', 'lavfi', '-i', 'testsrc=d=2:s=64x64', '-shortest', '-pix_fmt', 'yuv420p', 'film.mp4'),
    'an mp3 with a picture on its cover': () => {
      at.ffmpeg('-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', '-frames:v', '1', 'cover.jpg');
      return at.ffmpeg('-i', at.path('speech.wav'), '-i', at.path('cover.jpg'), '-map', '0', '-map', '1', '-c:v', 'copy', 'cover.mp3');
    },
  };
  for (const [format, make] of Object.entries(formats))
    test(format, async () => {
      const renamed = at.file('renamed.docx', readFileSync(make()));
      expect(await probe(ffmpeg, renamed, 'renamed.docx')).toMatchObject({ codec: expect.any(String) });
    });
});

describe('what is not audio is refused with what it is', () => {
  const others: Record<string, [string, () => string]> = {
    'a playlist': ['a playlist', () => at.file('x.mp3', '#EXTM3U\nhttp://example.org/a.mp3\n')],
    text: ['text', () => at.file('x.txt', 'Kính gửi bà con, mai họp bản lúc 7 giờ.\n'.repeat(50))],
    'a web page': ['a web page', () => at.file('x.html', '<!DOCTYPE html><html><body>xin chào</body></html>')],
    'a picture': ['a picture', () => at.ffmpeg('-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', '-frames:v', '1', 'p.png')],
    'a photo': ['a picture', () => at.ffmpeg('-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', '-frames:v', '1', 'p.jpg')],
    'a document of an office': ['an office document', () => at.file('x.docx', 'PK\x03\x04\x14\0\0\0[Content_Types].xml word/document.xml')],
    'an archive': ['a compressed archive', () => at.file('x.zip', 'PK\x03\x04\x14\0\0\0\x08\0ghi-am.bin')],
    'a PDF': ['a PDF document', () => at.file('x.pdf', '%PDF-1.7\n%\xe2\xe3\n')],
    'an empty file': ['an empty file', () => at.file('x.wav', '')],
    'a film without sound': [
      'a video without sound',
      () => at.ffmpeg('-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', '-pix_fmt', 'yuv420p', 's.mp4'),
    ],
    'a program': ['a program', () => at.file('x.exe', Buffer.concat([Buffer.from('MZ\x90\0', 'latin1'), Buffer.alloc(9000, 1)]))],
    'bytes of chance': [
      'a file of unknown kind',
      () => at.file('x.bin', Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * 7919 + (i >> 3)) % 251))),
    ],
  };
  for (const [what, [words, make]] of Object.entries(others))
    test(what, async () => {
      const said = await refusal(make());
      expect(said).toContain('not-audio: The file “loi-nhan.mp3” is not audio');
      expect(said).toContain(words);
    });
});

test('a script named .mp3 that would read its neighbours is refused and reads nothing', async () => {
  at.speech('neighbour.wav');
  const script = at.file('harmless.mp3', "ffconcat version 1.0\nfile 'neighbour.wav'\n");
  expect(await refusal(script, 'harmless.mp3')).toContain('a playlist');
  expect(await refusal(at.file('plain.mp3', `file '${at.path('neighbour.wav')}'\n`))).toContain('a playlist');
  const sameButRun = ffmpeg.run({ input: script, graph: '[0:a:0]anull[out]' });
  await expect(sameButRun).rejects.toThrow();
});

test('a damaged recording is called damaged, not "no audio"', async () => {
  const whole = readFileSync(at.speech('whole.m4a'));
  const cut = at.file('cut.m4a', whole.subarray(0, whole.length >> 1));
  expect(await refusal(cut, 'cut.m4a')).toContain('bad-file: The file “cut.m4a” is damaged or incomplete');
});

/** Large frames, so that hours of it are made in seconds. */
const SILENCE = ['-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono:nb_samples=4096'];

test('a few MB that hold 24 hours of silence are refused in a moment', async () => {
  const day = at.ffmpeg(...SILENCE, '-t', '86400', '-compression_level', '0', '-frame_size', '4096', 'day.flac');
  expect(statSync(day).size).toBeLessThan(17 * 2 ** 20);
  const before = performance.now();
  expect(await refusal(day, 'day.flac')).toContain('too-long: The file “day.flac” is longer than 120 minutes');
  expect(performance.now() - before).toBeLessThan(3000);
}, 60_000);
