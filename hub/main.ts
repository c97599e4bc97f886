/** The hub's program: `node hub/main.ts` runs it, `node hub/main.ts sign-in-link LOGIN` makes a way back in. */
import { mkdir } from 'node:fs/promises';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { problemSentences, worded } from '@tieng-loa/protocol/sentences.ts';
import { systemClock } from './clock.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { openHub, placeOf } from './hub.ts';
import { jsonLog } from './log.ts';
import { signInLink } from './people/sign-in-link.ts';
import { startFault } from './start-faults.ts';
import { openDatabase } from './store/database.ts';

/** Longer than every room's own bound: only a hub that hangs meets it. */
const LAST_RESORT_MS = 4500;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function run(config: Config): Promise<void> {
  const log = jsonLog(config.logLevel, systemClock, (line) => void process.stderr.write(line));
  const hub = await openHub(config, { clock: systemClock, log });
  say(`Tiếng Loa: ${hub.url}`);
  if (hub.firstLink !== null) {
    say(`Người quản trị đầu tiên mở đường dẫn này (dùng một lần, trong 72 giờ):\n${hub.firstLink}`);
    say('(The first administrator opens this link: once, within 72 hours.)');
  }
  const stop = (signal: string): void => {
    log.info({ signal }, 'The hub stops.');
    setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
    hub.close().then(
      () => log.info({}, 'The hub has stopped.'),
      (error) => {
        log.error({ error }, 'The hub did not stop cleanly.');
        process.exitCode = 1;
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => stop(signal));
}

async function printSignInLink(config: Config, login: string): Promise<void> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const database = await openDatabase(placeOf(config));
  try {
    say(await signInLink(database, login, systemClock));
  } finally {
    await database.destroy();
  }
}

async function main([command, login]: string[]): Promise<void> {
  const config = readConfig();
  try {
    if (command === undefined) return await run(config);
    if (command === 'sign-in-link' && login !== undefined) return await printSignInLink(config, login);
  } catch (error) {
    const fault = startFault(error, config);
    throw fault === null ? error : new ConfigError([fault]);
  }
  throw new ConfigError([`unknown command “${command}”: there are none but sign-in-link LOGIN`]);
}

// what lies in the data folder is the hub's alone: names, passwords' hashes, keys
process.umask(0o077);
try {
  await main(process.argv.slice(2));
} catch (error) {
  const words = error instanceof Problem ? worded(problemSentences[error.code], 'vi', error.facts) : null;
  process.stderr.write(`${words ?? (error instanceof ConfigError ? error.message : (error as Error).stack)}\n`);
  process.exitCode = 1;
}
