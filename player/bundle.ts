/**
 * Bundles the player for a Pi: `player.mjs` is all that runs on a loudspeaker (unbundled, the imports alone cost 93 MB of memory).
 * Enrolling is read once in a player's life, so it is a program of its own beside it: within the one file its certificates
 * library cost every player 14 MB.
 */
import { cp, mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';

const room = import.meta.dirname;
const made = join(room, 'dist');

/** One entry into one file; what `beside` names is not taken in, but loaded from its own file when it is asked for. */
async function bundle(entry: string, file: string, beside: Readonly<Record<string, string>> = {}): Promise<void> {
  await using graph = await rolldown({
    input: join(room, entry),
    platform: 'node',
    external: (id) => Object.hasOwn(beside, id),
  });
  await graph.write({
    file: join(made, file),
    format: 'esm',
    minify: true,
    paths: (id) => beside[`./${basename(id)}`] ?? id,
    codeSplitting: false,
  });
}

await rm(made, { recursive: true, force: true });
await mkdir(made, { recursive: true });
await bundle('main.ts', 'player.mjs', { './enrolling.ts': './enrolling.mjs' });
await bundle('enrolling.ts', 'enrolling.mjs');
await cp(join(room, 'chimes'), join(made, 'chimes'), { recursive: true });
