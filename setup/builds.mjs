/** Builds what is served and carried in built form, where it is missing or its sources have changed since. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './steps.mjs';

const builds = {
  dashboard: {
    sources: ['dashboard', 'protocol'],
    made: 'dashboard/dist/index.html',
    args: ['node_modules/vite/bin/vite.js', 'build', 'dashboard', '--logLevel', 'warn'],
  },
  player: { sources: ['player', 'timetable', 'protocol'], made: 'player/dist/player.mjs', args: ['player/bundle.ts'] },
};

/** A hash over the names, sizes and times of the sources: quick, and it sees a removed file too. */
function stateOf(root, sources) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const source of sources) {
    for (const entry of readdirSync(join(root, source), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || /[/\\](node_modules|dist)[/\\]/.test(path)) continue;
      const { size, mtimeMs } = statSync(path);
      hash.update(`${path}\n${size}\n${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/** Builds the named things that are not up to date. @throws Stop where a build fails. */
export async function prepareBuilds(names, root, words, node) {
  const stamps = join(root, 'node_modules', '.tieng-loa');
  for (const name of names) {
    const { sources, made, args } = builds[name];
    const stamp = join(stamps, name);
    const state = stateOf(root, sources);
    if (existsSync(join(root, made)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) continue;
    await step(words, words.build(words[name]), node, args, { cwd: root });
    mkdirSync(stamps, { recursive: true });
    writeFileSync(stamp, state);
  }
}
