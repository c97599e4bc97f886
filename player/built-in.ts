/** The built-in sounds that may be aired without approval: those whose hash is the pinned one. */
import type { Chime } from '@tieng-loa/protocol/plan.ts';
import { hashOfFile } from './cache.ts';
import { CHIMES, chimeFiles } from './chimes.ts';

/** @returns the chimes in a folder that are what they should be, and the files that are not. */
export async function builtInChimes(folder: string): Promise<{ chimes: ReadonlyMap<Chime, string>; damaged: string[] }> {
  const files = chimeFiles(folder);
  const chimes = new Map<Chime, string>();
  const damaged: string[] = [];
  for (const chime of Object.keys(CHIMES) as Chime[]) {
    if ((await hashOfFile(files[chime])) === CHIMES[chime].sha256) chimes.set(chime, files[chime]);
    else damaged.push(files[chime]);
  }
  return { chimes, damaged };
}
