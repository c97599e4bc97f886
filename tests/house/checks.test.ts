import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './sources.ts';

/** @returns what the program complains of; empty where it is content. */
const complaints = (program: string, ...args: string[]): Promise<string> =>
  new Promise((resolve) => {
    const options = { cwd: ROOT, maxBuffer: 16 * 1024 * 1024 };
    execFile(join(ROOT, 'node_modules/.bin', program), args, options, (error, out, err) => resolve(error ? `${out}${err}` : ''));
  });

test('the types hold', { timeout: 180_000 }, async () => {
  expect(await complaints('tsc', '--noEmit')).toBe('');
});

test('the code is formatted, and no rule of the linter is broken', { timeout: 180_000 }, async () => {
  expect(await complaints('biome', 'check', '--error-on-warnings', '--max-diagnostics=20', '--colors=off')).toBe('');
});
