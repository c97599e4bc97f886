/** The program on a loudspeaker: enrols with a code where it must, then runs until it is told to stop. */
import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { type Amplifier, gpioAmplifier, noAmplifier } from './amplifier.ts';
import { builtInChimes } from './built-in.ts';
import { systemClock } from './clock.ts';
import { readSettings, SettingFault, type Settings } from './config.ts';
import { isFull } from './disk.ts';
import { type Identity, readIdentity } from './identity.ts';
import { jsonLog, type Logger } from './log.ts';
import { mpvSpeaker } from './mpv.ts';
import about from './package.json' with { type: 'json' };
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
  const { enrolling } = await import('./enrolling.ts');
  const identity = await enrolling({ hub, code, folder, tongue });
  if ('refused' in identity) throw new Stop(identity.refused);
  console.log(say.enrolled(identity.name));
  return identity;
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
