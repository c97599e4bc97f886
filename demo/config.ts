/** What the demo is told: its arguments, the terminal's language, and whether this machine has a sound card. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Tongue } from '@tieng-loa/protocol/sentences.ts';

export interface DemoConfig {
  /** end after the table of airings */
  once: boolean;
  /** only say how to ask */
  help: boolean;
  /** files of the user's own in place of the spoken parts */
  files: { vi: string | null; hmn: string | null };
  tongue: Tongue;
  /** the environment for the programs it starts */
  env: NodeJS.ProcessEnv;
  /** false: the players sound into nothing, in real time */
  sound: boolean;
}

/** @throws TypeError naming the argument that is not known. */
export function readConfig(args: string[], env: NodeJS.ProcessEnv = process.env): DemoConfig {
  const { values } = parseArgs({
    args,
    options: {
      once: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      vi: { type: 'string' },
      hmn: { type: 'string' },
    },
  });
  // npm changes to the folder of package.json; the user's own folder is in INIT_CWD
  const file = (name: string | undefined): string | null => (name === undefined ? null : resolve(env.INIT_CWD ?? '.', name));
  return {
    once: values.once,
    files: { vi: file(values.vi), hmn: file(values.hmn) },
    help: values.help,
    tongue: tongueOf(env),
    env,
    sound: hasSound(env),
  };
}

/** @returns the language of this terminal. */
export function tongueOf(env: NodeJS.ProcessEnv = process.env): Tongue {
  const language = env.TIENGLOA_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return language.startsWith('vi') ? 'vi' : 'en';
}

/** @returns the option and the path of a file that cannot be read; null where all can. */
export function unreadable({ files }: DemoConfig): [option: string, path: string] | null {
  for (const [name, path] of Object.entries(files)) {
    if (path !== null && !(statSync(path, { throwIfNoEntry: false })?.isFile() ?? false)) return [`--${name}`, path];
  }
  return null;
}

/** A sound server of this user, or a card of the machine. */
function hasSound(env: NodeJS.ProcessEnv): boolean {
  const runtime = env.XDG_RUNTIME_DIR;
  if (env.PULSE_SERVER || (runtime && (existsSync(`${runtime}/pulse/native`) || existsSync(`${runtime}/pipewire-0`)))) return true;
  if (process.platform !== 'linux') return true;
  return existsSync('/proc/asound/cards') && /^\s*\d+\s+\[/m.test(readFileSync('/proc/asound/cards', 'utf8'));
}
