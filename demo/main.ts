/** `npm run demo`: a hub and three players on this machine do the main job on real input, by the public API only. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './clock.ts';
import { type DemoConfig, readConfig, tongueOf, unreadable } from './config.ts';
import { freePort, openPrograms } from './programs.ts';
import { firstPerson, invite, LOGIN, makeBulletin, record, type Stage, schedule, setUpPlaces, speakParts } from './story.ts';
import { isAired, tableOf } from './table.ts';
import { watch } from './watch.ts';
import { words as allWords, type Words } from './words.ts';

const ROOT = join(import.meta.dirname, '..');
const HUB_WITHIN_MS = 30_000;
const WANTED_PORT = 8080;
const FOLDER = 'tieng-loa-demo-';

/** @returns the exit code: 0 only where all is aired and reported. */
async function tell(stage: Stage, stopped: Promise<void>): Promise<number> {
  const { config, words, programs, folder, say } = stage;
  const url = `http://127.0.0.1:${await freePort(WANTED_PORT)}`;
  const data = join(folder, 'hub');
  const env = {
    TIENGLOA_DATA: data,
    TIENGLOA_HOST: '127.0.0.1',
    TIENGLOA_PORT: new URL(url).port,
    TIENGLOA_BROKER_PORT: String(await freePort()),
  };
  const { ended } = programs.start('hub', 'hub/main.ts', [], env);
  const linkFile = join(data, 'first-link');
  const readLink = async (): Promise<string | null> => (existsSync(linkFile) ? readFileSync(linkFile, 'utf8').trim() || null : null);
  const link = await Promise.race([ended, until(words.waits.hub, HUB_WITHIN_MS, readLink)]);
  const owner = await firstPerson(link, config.tongue);
  say(words.hub(url));
  const post = await invite(owner, 'Đồn Biên phòng Na Cô Sa', 'Đồn Biên phòng Na Cô Sa', 'contributor', 'bp.nacosa', config.tongue);
  const approver = await invite(owner, 'Vàng A Dơ', 'UBND xã Quảng Lâm', 'approver', 'vang.a.do', config.tongue);
  say(words.station(owner.me.stations[0]!.name));

  await setUpPlaces(stage, owner, url);
  const recordings = await record(stage, post, await speakParts(stage));
  const bulletin = await makeBulletin(stage, post, approver, recordings);
  const { broadcast, at } = await schedule(stage, owner, bulletin);

  const airings = await watch(owner, broadcast, at, words, process.stdout);
  const aired = airings.filter(isAired).length;
  console.log(`\n${tableOf(airings, words).join('\n')}\n`);
  const all = aired === broadcast.zones.length;
  console.log(all ? words.allAired(aired) : words.notAll(aired, broadcast.zones.length));
  if (!config.once) {
    const signIn = await programs.run('hub/main.ts', ['sign-in-link', LOGIN], { env });
    console.log(`\n${words.open}\n  ${signIn.trim()}\n${words.stop}`);
    await Promise.race([ended, stopped]);
  }
  return all ? 0 : 1;
}

/** Settles when a person (or a supervisor) wants the demo to end. */
const askedToStop = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });

/** Removes what demos that were killed left behind: folders whose program no longer runs. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${FOLDER}(\\d+)-`).exec(name)?.[1]);
    if (pid && !isRunning(pid)) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function main(config: DemoConfig, words: Words): Promise<number> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER}${process.pid}-`));
  const logs = join(folder, 'logs');
  await mkdir(logs);
  const programs = openPrograms({ root: ROOT, logs, env: config.env });
  const stopped = askedToStop();
  const say = (line: string): void => console.log(`✓ ${line}`);
  console.log(`\n${words.title}\n`);
  try {
    const interrupted = stopped.then(() => 130);
    return await Promise.race([tell({ config, words, programs, folder, say }, stopped), interrupted]);
  } catch (error) {
    console.error(`\n${words.failed((error as Error).message)}`);
    return 1;
  } finally {
    console.log(words.stopping);
    await programs.close();
    await rm(folder, { recursive: true, force: true });
    console.log(words.stopped);
  }
}

/** @returns what was asked for; a person who asked for something else is told how to ask, before anything is started. */
function asked(): DemoConfig | { exitCode: number } {
  const { usage, noFile } = allWords[tongueOf()];
  try {
    const config = readConfig(process.argv.slice(2));
    const wrong = unreadable(config);
    if (config.help) console.log(usage);
    if (wrong) console.error(noFile(...wrong));
    return config.help || wrong ? { exitCode: wrong ? 1 : 0 } : config;
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return { exitCode: 1 };
  }
}

const config = asked();
// a step that was interrupted may still wait for something: all that it waits for has ended
process.exit('exitCode' in config ? config.exitCode : await main(config, allWords[config.tongue]));
