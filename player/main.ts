/** The program on a loudspeaker: enrols with a code where it must, then runs until it is told to stop. */
import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { ApiProblem } from '@tieng-loa/protocol/client.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { problemSentences, worded } from '@tieng-loa/protocol/sentences.ts';
import { type Amplifier, gpioAmplifier, noAmplifier } from './amplifier.ts';
import { builtInChimes } from './built-in.ts';
import { systemClock } from './clock.ts';
import { readSettings, SettingFault, type Settings } from './config.ts';
import { isFull, localDisk } from './disk.ts';
import { type Identity, readIdentity } from './identity.ts';
import { jsonLog, type Logger } from './log.ts';
import { mpvSpeaker } from './mpv.ts';
import about from './package.json' with { type: 'json' };
import { AddressFault } from './pinned.ts';
import { openPlayer } from './player.ts';
import { silentSpeaker } from './silent.ts';
import type { Speaker } from './speaker.ts';
import { words } from './words.ts';

/** Said on the terminal before the program ends with a failure. */
class Stop extends Error {}

async function identityFor({ tongue, folder, hub, code, anew }: Settings): Promise<Identity> {
  const say = words[tongue];
  const held = await readIdentity(folder).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    if (!anew) throw new Stop(say.damaged(folder));
    return null;
  });
  if (held && !anew) {
    if (code) console.log(say.already(held.name));
    return held;
  }
  if (!hub || !code) throw new Stop(say.notEnrolled(folder));
  console.log(say.enrolling(hub));
  // once in a player's life: its 19 MB of certificate code stay out of memory at every other start
  const { enrol } = await import('./enrol.ts');
  const identity = await enrol({ hub, code, folder, clock: systemClock, disk: localDisk(), tongue }).catch((error: unknown) => {
    if (isFull(error)) throw new Stop(say.diskFull(folder));
    throw new Stop(whyNotEnrolled(error, hub, tongue));
  });
  console.log(say.enrolled(identity.name));
  return identity;
}

function whyNotEnrolled(error: unknown, hub: string, tongue: Settings['tongue']): string {
  const say = words[tongue];
  if (error instanceof ApiProblem) {
    if (error.cause instanceof AddressFault) return say.wrongAddress[error.cause.why](hub);
    if (error.code === 'unreachable') return say.unreachable(hub, causeOf(error));
    return `${say.notEnrolledBecause(error.message)}${error.code === 'code-spent' ? ` ${say.spent}` : ''}`;
  }
  if (error instanceof Problem && error.code === 'bad-seal') return say.otherHub;
  if (error instanceof Problem) return say.notEnrolledBecause(worded(problemSentences[error.code], tongue, error.facts));
  throw error;
}

/** What the network said; where each of several addresses failed, there is no message but a code. */
function causeOf({ cause, message }: Error): string {
  if (!(cause instanceof Error)) return message;
  return cause.message || (cause as NodeJS.ErrnoException).code || cause.name;
}

const speakerFor = ({ output }: Settings, log: Logger): Speaker =>
  output === 'silent' ? silentSpeaker(systemClock) : mpvSpeaker({ output, clock: systemClock, log });

async function run(settings: Settings): Promise<void> {
  const { tongue, wordy } = settings;
  const say = words[tongue];
  const folder = resolve(settings.folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const log = jsonLog(wordy, systemClock, (line) => process.stderr.write(line));
  const identity = await identityFor({ ...settings, folder });
  const { chimes, damaged } = await builtInChimes(join(import.meta.dirname, 'chimes'));
  for (const file of damaged) console.error(say.chimeDamaged(file));
  const amplifier: Amplifier = settings.amplifier ? await gpioAmplifier(settings.amplifier, log) : noAmplifier;
  const speaker = speakerFor(settings, log);
  const software = `tieng-loa-player ${about.version}`;
  const builtAt = Math.floor(statSync(import.meta.filename).mtimeMs);
  const player = await openPlayer({ folder, identity, software, builtAt, chimes }, { clock: systemClock, speaker, amplifier, log }).catch(
    async (error: unknown) => {
      await speaker.close();
      await amplifier.close();
      if ((error as Error).message.includes('database is locked')) throw new Stop(say.sharedFolder(folder));
      if (isFull(error)) throw new Stop(say.diskFull(folder));
      throw error;
    },
  );
  console.log(say.running(identity.name, identity.hub));
  await new Promise<void>((stop) => {
    // npm passes on the Ctrl-C that the terminal sent already: the second one must not end the farewell
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  });
  await player.close();
  await speaker.close();
  await amplifier.close();
  console.log(say.stopped);
}

// a player is idle nearly always: V8's optimising compilers cost it 4 MB and gain it nothing
for (const flag of ['--no-opt', '--no-maglev', '--no-sparkplug']) setFlagsFromString(flag);
try {
  const settings = readSettings(process.argv.slice(2));
  if (settings.help) console.log(words[settings.tongue].usage);
  else await run(settings);
} catch (error) {
  if (!(error instanceof Stop || error instanceof SettingFault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
