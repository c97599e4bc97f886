/** Bundles the player for a Pi into one file, and one more for enrolling: unbundled, the imports alone cost 93 MB of memory. */
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const room = import.meta.dirname;
const made = join(room, 'dist');

await rm(made, { recursive: true, force: true });
await mkdir(made, { recursive: true });
await using bundle = await rolldown({
  input: join(room, 'main.ts'),
  platform: 'node',
});
// enrolling is a file of its own, read once in a player's life
await bundle.write({ dir: made, entryFileNames: 'player.mjs', chunkFileNames: '[name].mjs', format: 'esm', minify: true });
await cp(join(room, 'chimes'), join(made, 'chimes'), { recursive: true });
