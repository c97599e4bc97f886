/** Runs the tests (all, or those whose paths hold the given words), looks for leftovers, and closes with the line `N passed, N failed`. */
import { join } from 'node:path';
import { parseCLI, startVitest, type TestModule } from 'vitest/node';
import { openGround } from './support/leftovers.ts';

/** How long programs that have been told to end may take to be gone. */
const GONE_MS = 3_000;

const ground = await openGround(process.env);
process.once('exit', () => ground.clear());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
const vitest = await startVitest('test', filter, { ...options, config: join(import.meta.dirname, 'vitest.config.ts'), watch: false });
const modules = vitest.state.getTestModules();
const errors = vitest.state.getUnhandledErrors().length;
await vitest.close();

const tests = modules.flatMap((module) => [...module.children.allTests()]);
const passed = tests.filter((test) => test.result().state === 'passed').length;
// a file that could not be read holds no tests, yet failed
const brokenFiles = modules.filter((module: TestModule) => module.errors().length > 0).length;
let failed = tests.filter((test) => test.result().state === 'failed').length + brokenFiles + errors;

const end = performance.now() + GONE_MS;
while (ground.leftovers().length > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
const left = ground.leftovers();
if (left.length > 0) {
  failed += 1;
  console.error(`The tests left something behind:\n  ${left.join('\n  ')}`);
}
if (tests.length === 0) console.error('No test was found.');

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || tests.length === 0 ? 1 : 0);
