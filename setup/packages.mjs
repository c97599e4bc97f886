/** Brings node_modules to what package-lock.json says, and leaves it alone where it already is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './steps.mjs';

function packagesIn(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
  } catch {
    return undefined;
  }
}

/** Whether all that the lock names is installed in that version; what is optional may be absent (it is for other machines). */
export function installed(root) {
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const here = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || here === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || !path.includes('node_modules/')) return true;
    const has = here[path];
    if (has === undefined) return entry.optional === true || entry.devOptional === true || entry.peer === true;
    return has.version === entry.version && has.integrity === entry.integrity;
  });
}

/** Runs `npm ci` where something is missing or of another version. */
export async function preparePackages(root, words, env) {
  if (installed(root)) return;
  const npm = env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const own = npm?.endsWith('.js') || npm?.endsWith('.cjs');
  await step(words, words.packages, own ? process.execPath : 'npm', own ? [npm, ...args] : args, { cwd: root });
}
