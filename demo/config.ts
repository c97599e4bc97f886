/** What the demo is told: its arguments, the terminal's language, and whether this machine has a sound card. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface DemoConfig {
  /** end after the table of airings */
  once: boolean;
  /** files of the user's own in place of the spoken parts */
  files: { vi: string | null; hmn: string | null };
  tongue: 'vi' | 'en';
  /** the environment for the programs it starts */
  env: NodeJS.ProcessEnv;
  /** false: the players sound into nothing, in real time */
  sound: boolean;
}

/** @throws TypeError naming the argument that is not known. */
export function readConfig(args: string[]): DemoConfig {
  const { values } = parseArgs({
    args,
    options: { once: { type: 'boolean', default: false }, vi: { type: 'string' }, hmn: { type: 'string' } },
  });
  const { env } = process;
  // npm changes to the folder of package.json; the user's own folder is in INIT_CWD
  const file = (name: string | undefined): string | null => (name === undefined ? null : resolve(env.INIT_CWD ?? '.', name));
  const language = env.TIENGLOA_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return {
    once: values.once,
    files: { vi: file(values.vi), hmn: file(values.hmn) },
    tongue: language.startsWith('vi') ? 'vi' : 'en',
    env,
    sound: hasSound(env),
  };
}

/** A sound server of this user, or a card of the machine. */
function hasSound(env: NodeJS.ProcessEnv): boolean {
  const runtime = env.XDG_RUNTIME_DIR;
  if (env.PULSE_SERVER || (runtime && (existsSync(`${runtime}/pulse/native`) || existsSync(`${runtime}/pipewire-0`)))) return true;
  if (process.platform !== 'linux') return true;
  return existsSync('/proc/asound/cards') && /^\s*\d+\s+\[/m.test(readFileSync('/proc/asound/cards', 'utf8'));
}
