/** Makes the built-in chimes anew: `node audio/chimes/main.ts FOLDER` writes the files and prints their pins for player/chimes.ts. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHIMES } from '@tieng-loa/protocol/plan.ts';
import { systemFfmpeg } from '../ffmpeg.ts';
import { probe } from '../probe.ts';
import { render } from '../render.ts';
import { ring, wavOf } from './bells.ts';
import { TUNES } from './tunes.ts';

/** Chimes take the road of every recording, so that they are as loud as what follows them. */
async function makeChimes(folder: string, say: (line: string) => void): Promise<void> {
  const ffmpeg = systemFfmpeg();
  const scratch = await mkdtemp(join(tmpdir(), 'chimes-'));
  try {
    for (const chime of CHIMES) {
      const { strokes, durationMs } = TUNES[chime];
      const input = join(scratch, `${chime}.wav`);
      await writeFile(input, wavOf(ring(strokes, durationMs)));
      const sound = await probe(ffmpeg, input, input);
      const made = await render(ffmpeg, { input, fileName: input, sound, output: join(folder, `${chime}.opus`) });
      const pin = { file: `${chime}.opus`, sha256: made.sha256, durationMs: made.durationMs };
      say(`  ${chime}: ${JSON.stringify(pin)}, // ${made.sizeBytes} bytes, ${made.loudness.afterLufs} LUFS`);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('Say where: node audio/chimes/main.ts FOLDER\n');
  process.exitCode = 1;
} else {
  await makeChimes(folder, (line) => process.stdout.write(`${line}\n`));
}
