/** How long mpv alone takes from the command to the first sample: the floor under every other figure. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Horn } from '../support/horn.ts';
import { run, until, wait } from '../support/processes.ts';

/** Loads a file paused, unpauses it, and hears when it sounds; some times. @returns milliseconds. */
export async function bareStarts(horn: Horn, sink: number, file: string, trials: number): Promise<number[]> {
  const socket = join(tmpdir(), 'bare-mpv');
  const args = ['--idle=yes', '--pause=yes', '--no-config', '--no-video', '--no-terminal', '--load-scripts=no', '--osc=no', '--ytdl=no'];
  const mpv = run('mpv', [...args, '--ao=pulse', `--input-ipc-server=${socket}`], { env: { ...process.env, ...horn.env(sink) } });
  const link = await until('mpv takes commands', async () => {
    const made = connect(socket);
    return once(made, 'connect').then(
      () => made,
      () => null,
    );
  });
  const say = (...command: unknown[]): void => void link.write(`${JSON.stringify({ command })}\n`);
  const starts: number[] = [];
  try {
    link.resume();
    for (let trial = 0; trial < trials; trial++) {
      say('set_property', 'pause', true);
      say('loadfile', file);
      await wait(400); // loaded, decoded, the device open
      const saidAt = performance.timeOrigin + performance.now();
      say('set_property', 'pause', false);
      const soundedAt = await until('mpv is heard', () => horn.ear(sink).firstSound(saidAt), { everyMs: 5 });
      starts.push(soundedAt - saidAt);
      say('stop');
      await wait(400);
    }
  } finally {
    link.destroy();
    await mpv.close();
  }
  return starts;
}
