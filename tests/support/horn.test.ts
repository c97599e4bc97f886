import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openHorn } from './horn.ts';
import { runToEnd, wait } from './processes.ts';
import { toneWav } from './tones.ts';

test('the horn hears which tone came out of which sink, and when', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tl-horn-test-'));
  const horn = await openHorn(2);
  try {
    const file = join(folder, 'tones.wav');
    await writeFile(file, toneWav(700, 1000));
    const beganAt = Date.now();
    await runToEnd('mpv', ['--no-config', '--ao=pulse', '--no-video', file], { env: { ...process.env, ...horn.env(1) } });
    await wait(200);
    const heard = horn.ear(1).heard(beganAt, Date.now(), [400, 700, 1100]);
    expect(heard.filter(({ tone }) => tone === 700)).toHaveLength(1);
    const { fromAt, toAt } = heard.find(({ tone }) => tone === 700)!;
    expect(toAt - fromAt).toBeGreaterThan(900);
    expect(Math.abs(horn.ear(1).firstSound(beganAt)! - fromAt)).toBeLessThan(50);
    expect(horn.ear(0).firstSound(beganAt)).toBeNull();
  } finally {
    await horn.close();
    await rm(folder, { recursive: true, force: true });
  }
});
