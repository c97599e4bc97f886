import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareBuilds } from '../../setup/builds.mjs';
import { installed } from '../../setup/packages.mjs';
import { wordsFor } from '../../setup/words.mjs';
import { ROOT } from '../house/sources.ts';
import { run, until } from '../support/processes.ts';

const entry = join(ROOT, 'setup/run.mjs');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tl-setup-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a command that is not known is named, with those that are, in the language of the terminal', () => {
  const say = (LANG: string): string =>
    spawnSync(process.execPath, [entry, 'nonsense'], { env: { PATH: '', LANG }, encoding: 'utf8' }).stderr;
  expect(say('vi_VN.UTF-8')).toContain('Không có lệnh “nonsense”');
  expect(say('C')).toMatch(/no command “nonsense”.*demo/);
});

test('packages count as installed while each has the version and integrity of the lock, and what is for other machines may lack', async () => {
  const write = async (lock: object, here: object | null): Promise<boolean> => {
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ packages: lock }));
    await rm(join(folder, 'node_modules'), { recursive: true, force: true });
    if (here) {
      await mkdir(join(folder, 'node_modules'));
      await writeFile(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: here }));
    }
    return installed(folder);
  };
  const a = { version: '1.0.0', integrity: 'sha512-a' };
  const lock = { '': { name: 'root' }, hub: { version: '0.1.0' }, 'node_modules/a': a, 'node_modules/mac': { ...a, optional: true } };
  expect(await write(lock, null)).toBe(false);
  expect(await write(lock, { 'node_modules/a': a })).toBe(true);
  expect(await write(lock, {})).toBe(false);
  expect(await write(lock, { 'node_modules/a': { ...a, version: '0.9.0' } })).toBe(false);
  expect(await write(lock, { 'node_modules/a': { ...a, integrity: 'sha512-b' } })).toBe(false);
});

test('what the system lacks is named with the one command that installs it, where it may not be installed', async () => {
  const script = `
    import { preparePrograms } from ${JSON.stringify(join(ROOT, 'setup/programs.mjs'))};
    import { wordsFor } from ${JSON.stringify(join(ROOT, 'setup/words.mjs'))};
    Object.defineProperty(process, 'platform', { value: process.argv[1] });
    process.getuid = () => 1000;
    await preparePrograms(['ffmpeg', 'mpv'], wordsFor({}), process.env).catch(() => { process.exitCode = 7; });
  `;
  const ask = (platform: string): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script, platform], { env: { PATH: folder }, encoding: 'utf8' });
  expect(ask('linux')).toMatchObject({ status: 7, stderr: expect.stringMatching(/lacks: ffmpeg mpv.*package manager/) });
  for (const [program, ends] of Object.entries({ 'apt-get': 0, sudo: 1 }))
    await writeFile(join(folder, program), `#!/bin/sh\nexit ${ends}\n`, { mode: 0o755 });
  const command = "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ffmpeg mpv'";
  expect(ask('linux')).toMatchObject({ status: 7, stderr: expect.stringContaining(command) });
  expect(ask('darwin')).toMatchObject({ status: 7, stderr: expect.stringContaining('brew install ffmpeg mpv') });
});

test('a build is made again when a source has changed or is gone, and left alone otherwise', async () => {
  const words = wordsFor({});
  for (const source of ['player', 'timetable', 'protocol', 'player/dist']) await mkdir(join(folder, source), { recursive: true });
  await writeFile(join(folder, 'package-lock.json'), '{}');
  await writeFile(join(folder, 'protocol/a.ts'), 'a');
  const count =
    "import { readFileSync, writeFileSync, existsSync } from 'node:fs'; const f = 'player/dist/player.mjs';" +
    "writeFileSync(f, String(existsSync(f) ? Number(readFileSync(f, 'utf8')) + 1 : 1));";
  await writeFile(join(folder, 'player/bundle.ts'), count);
  const builds = async (): Promise<string> => {
    await prepareBuilds(['player'], folder, words, process.execPath);
    return readFile(join(folder, 'player/dist/player.mjs'), 'utf8');
  };
  expect(await builds()).toBe('1');
  expect(await builds()).toBe('1');
  await utimes(join(folder, 'protocol/a.ts'), 1, 1);
  expect(await builds()).toBe('2');
  await rm(join(folder, 'protocol/a.ts'));
  expect(await builds()).toBe('3');
  expect(await builds()).toBe('3');
});

test('a signal reaches the program once, and its exit code comes back', async () => {
  await writeFile(
    join(folder, 'program.mjs'),
    "let heard = 0; process.on('SIGINT', () => { heard += 1; setTimeout(() => process.exit(40 + heard), 300); }); console.log('runs'); setInterval(() => {}, 1000);",
  );
  const script = `import { runProgram } from ${JSON.stringify(join(ROOT, 'setup/program.mjs'))};
    process.exitCode = await runProgram(process.execPath, ['program.mjs'], { cwd: ${JSON.stringify(folder)}, env: process.env });`;
  const program = run(process.execPath, ['--input-type=module', '-e', script]);
  await until('it runs', () => program.said().includes('runs'));
  program.process.kill('SIGINT');
  program.process.kill('SIGINT');
  expect(await program.ended).toBe(41);
  if (program.process.exitCode === null) await once(program.process, 'exit');
});
