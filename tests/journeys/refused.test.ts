import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { expect, test } from 'vitest';
import { runToEnd } from '../support/processes.ts';
import { toneWav } from '../support/tones.ts';
import { openWorld } from '../support/world.ts';

test('a day of silence in a small file and a script in the clothes of an mp3 are refused with a sentence, and nothing is kept', async () => {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'tl-refused-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const world = await openWorld();
  opened.defer(() => world.close());
  const send = async (file: string): Promise<{ code: string; message: string }> => {
    const recording = newId();
    const bytes = new Uint8Array(await readFile(join(folder, file)));
    const sent = world.owner.call('PUT /api/stations/:station/recordings/:recording', {
      params: { station: world.station, recording },
      query: { language: 'vi', name: file, fileName: file },
      body: bytes,
    });
    return sent.then(
      () => ({ code: 'taken', message: '' }),
      ({ code, message }: { code: string; message: string }) => ({ code, message }),
    );
  };

  await runToEnd('ffmpeg', ['-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono', '-t', '86400', '-c:a', 'flac', join(folder, 'day.flac')]);
  const began = performance.now();
  const day = await send('day.flac');
  expect(day.code).toMatch(/too-long|no-sound/);
  expect(day.message).toContain('day.flac');
  expect(performance.now() - began).toBeLessThan(15_000);

  await writeFile(join(folder, 'neighbour.wav'), toneWav(500, 2000));
  await writeFile(join(folder, 'song.mp3'), `ffconcat version 1.0\nfile '${join(folder, 'neighbour.wav')}'\n`);
  expect(await send('song.mp3')).toMatchObject({ code: 'not-audio', message: expect.stringContaining('song.mp3') });

  const kept = await world.owner.call('GET /api/stations/:station/recordings', { params: { station: world.station }, query: {} });
  expect(kept).toEqual([]);
});
