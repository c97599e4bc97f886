import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { localDisk } from '@tieng-loa/player/disk.ts';
import { keepIdentity } from '@tieng-loa/player/identity.ts';
import { expect, onTestFinished, test } from 'vitest';
import { openDesk } from './support/desk.ts';

/** Runs the program in a process group of its own, as a terminal does, and waits until it runs. */
async function running() {
  const folder = await mkdtemp(join(tmpdir(), 'tl-signals-'));
  const desk = await openDesk(Date.now);
  await keepIdentity(folder, desk.identity, localDisk());
  const program = join(import.meta.dirname, '../../player/main.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, '--data', folder, '--audio', 'null'], {
    detached: true,
    env: { ...process.env, TIENGLOA_LANG: 'en' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => said.push(bytes));
  const text = () => Buffer.concat(said).toString();
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    await desk.close();
    await rm(folder, { recursive: true, force: true });
  });
  const voices = async (): Promise<number[]> =>
    (await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')).trim().split(' ').filter(Boolean).map(Number);
  for (let i = 0; i < 1000 && !(text().includes('runs') && (await voices()).length > 0); i++) await wait(20);
  await wait(500);
  return { child, ended, voices: await voices(), text };
}
const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
async function untilGone(pids: number[]): Promise<void> {
  for (let i = 0; i < 250 && pids.some(isThere); i++) await wait(20);
  expect(pids.filter(isThere)).toEqual([]);
}

test('Ctrl-C, which reaches the whole group and comes twice by npm, ends the player in order and takes mpv with it', {
  timeout: 60_000,
}, async () => {
  const { child, ended, voices, text } = await running();
  expect(voices).toHaveLength(1);
  process.kill(-child.pid!, 'SIGINT');
  process.kill(-child.pid!, 'SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(text()).toContain('The player has stopped.');
  expect(text()).not.toMatch(/Error|mpv died/);
  await untilGone(voices);
});

test('a player that is killed leaves no mpv behind', { timeout: 60_000 }, async () => {
  const { child, ended, voices } = await running();
  expect(voices).toHaveLength(1);
  child.kill('SIGKILL');
  await ended;
  await untilGone(voices);
});
