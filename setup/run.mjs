/**
 * The way in: `node setup/run.mjs demo|hub|player|test|bench|check [arguments]`. It needs nothing but Node 20: it fetches
 * the packages, installs what the system lacks, builds what is stale, and then runs the program under its own Node.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareBuilds } from './builds.mjs';
import { fittingNode, majorOf, TO_BEGIN } from './node.mjs';
import { preparePackages } from './packages.mjs';
import { runProgram } from './program.mjs';
import { preparePrograms, toAir, toListen, toPlay, toRun, toTest } from './programs.mjs';
import { Stop } from './steps.mjs';
import { wordsFor } from './words.mjs';

const commands = {
  demo: { entry: 'demo/main.ts', programs: [...toAir, ...toPlay], builds: ['dashboard', 'player'] },
  hub: { entry: 'hub/main.ts', programs: toAir, builds: ['dashboard'] },
  // a small new space: the player then holds 68 MB rather than 79 on a Pi
  player: { entry: 'player/dist/player.mjs', flags: ['--max-semi-space-size=1'], programs: toPlay, builds: ['player'] },
  test: { entry: 'tests/main.ts', programs: [...toAir, ...toPlay, ...toListen, ...toTest], builds: ['dashboard', 'player'] },
  bench: { entry: 'tests/bench/run.ts', programs: [...toAir, ...toPlay, ...toListen], builds: ['player'] },
  check: { entry: 'tests/main.ts', args: ['house'], programs: [], builds: [] },
};

async function main([name = '', ...args], env) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..');
  const words = wordsFor(env);
  if (majorOf(process.version) < TO_BEGIN) {
    console.error(words.oldNode(process.version, TO_BEGIN));
    return 1;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    console.error(words.unknown(name, Object.keys(commands).join(' ')));
    return 1;
  }
  // the system's programs first: once the packages are there, npm runs this file under the Node that needs them
  await preparePrograms([...toRun, ...command.programs], words, env);
  await preparePackages(root, words, env);
  const node = fittingNode(root, words);
  await prepareBuilds(command.builds, root, words, node);
  const parts = [
    '--disable-warning=ExperimentalWarning',
    ...(command.flags ?? []),
    join(root, command.entry),
    ...(command.args ?? []),
    ...args,
  ];
  return runProgram(node, parts, { cwd: process.cwd(), env });
}

try {
  process.exitCode = await main(process.argv.slice(2), process.env);
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.exitCode = 1;
}
