/** Bundles the player into one file for a Pi: unbundled, the imports cost 93 MB of memory, bundled about 60. */
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
  // mqtt's own bundled build leaves nothing to shake off: its modules are taken one by one
  resolve: { conditionNames: ['node', 'import', 'default'] },
});
await bundle.write({ file: join(made, 'player.mjs'), format: 'esm', minify: true, codeSplitting: false });
await cp(join(room, 'chimes'), join(made, 'chimes'), { recursive: true });
