/** `npm run bench -- NAME`: prints the table of a bench for people, and as its last line one flat JSON object for machines. */
import { openGround } from '../support/leftovers.ts';
import { machine, type Result } from './figures.ts';

/** Loaded only when asked for: each brings its own world. */
const benches: Readonly<Record<string, () => Promise<{ run(): Promise<Result> }>>> = {
  'first-sound': () => import('./first-sound.ts'),
  'start-skew': () => import('./start-skew.ts'),
  ingest: () => import('./ingest.ts'),
  footprint: () => import('./footprint.ts'),
};

const name = process.argv[2] ?? '';
const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (load === undefined) {
  console.error(`npm run bench -- NAME, where NAME is one of: ${Object.keys(benches).join(', ')}`);
  process.exit(1);
}
const ground = await openGround(process.env);
process.once('exit', () => ground.clear());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

const { run } = await load();
const { table, figures } = await run();
console.log(`${table}\n\n${machine()}`);
console.log(JSON.stringify({ bench: name, ...figures, machine: machine() }));
process.exit(0);
