/** Finds the Node that the programs need: the one pinned in package.json where it fits this machine, else the user's own. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Stop } from './steps.mjs';

/** The programs are TypeScript without a build step and use node:sqlite and Temporal. */
export const NEEDED = 26;
/** Enough to run this set-up. */
export const TO_BEGIN = 20;

export const majorOf = (version) => Number(/^v?(\d+)\./.exec(version.trim())?.[1] ?? 0);

/** @returns the path of a Node that is new enough. @throws Stop where there is none. */
export function fittingNode(root, words) {
  const pinned = join(root, 'node_modules', '.bin', 'node');
  const { status, stdout } = spawnSync(pinned, ['--version'], { encoding: 'utf8' });
  if (status === 0 && majorOf(stdout) >= NEEDED) return pinned;
  if (majorOf(process.version) >= NEEDED) return process.execPath;
  console.error(words.noFittingNode(NEEDED));
  throw new Stop();
}
