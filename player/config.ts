/** The player's settings: from the command line first, then the environment; each wrong one is named. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Tongue } from '@tieng-loa/protocol/sentences.ts';
import type { GpioLine } from './amplifier.ts';
import type { Output } from './mpv-command.ts';
import { type Words, words } from './words.ts';

export interface Settings {
  tongue: Tongue;
  folder: string;
  /** where to enrol; null where it is enrolled already */
  hub: string | null;
  code: string | null;
  /** enrol although it is enrolled already */
  anew: boolean;
  output: Output | 'silent';
  amplifier: GpioLine | null;
  wordy: boolean;
  help: boolean;
}
/** What a person must mend, worded. */
export class SettingFault extends Error {}

/** The folder of an installed player; elsewhere it is below the working folder. */
const INSTALLED = '/var/lib/tieng-loa-player';

const OPTIONS = {
  hub: { type: 'string' },
  code: { type: 'string' },
  data: { type: 'string' },
  audio: { type: 'string' },
  amplifier: { type: 'string' },
  anew: { type: 'boolean' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** The terminal's language, as the set-up takes it: what is empty counts as not set. */
const tongueOf = (environment: NodeJS.ProcessEnv): Tongue => {
  const said = environment.TIENGLOA_LANG || environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return said.startsWith('vi') ? 'vi' : 'en';
};

/** @returns the settings. @throws SettingFault with a sentence for each wrong one. */
export function readSettings(args: readonly string[], environment: NodeJS.ProcessEnv = process.env): Settings {
  const tongue = tongueOf(environment);
  const say = words[tongue];
  const { values, faults } = parsed(args, say);
  const { hub = null, code = null } = values;
  const url = hub === null ? null : URL.parse(hub);
  if (hub !== null && !/^https?:$/.test(url?.protocol ?? '')) faults.push(say.badSetting('--hub', hub, 'https://…'));
  if ((hub === null) !== (code === null)) faults.push(say.hubAndCode);
  const audio = values.audio ?? environment.TIENGLOA_AUDIO ?? 'auto';
  const output = outputOf(audio);
  if (output === null) faults.push(say.badSetting('--audio', audio, 'auto | null | pulse:SINK[@SOCKET] | alsa:DEVICE | pcm:FILE | silent'));
  const switched = values.amplifier ?? environment.TIENGLOA_AMPLIFIER ?? 'none';
  const amplifier = amplifierOf(switched);
  if (amplifier === undefined) faults.push(say.badSetting('--amplifier', switched, 'none | gpio:CHIP:LINE (gpio:gpiochip0:17)'));
  if (faults.length > 0) throw new SettingFault(faults.join('\n'));
  return {
    tongue,
    folder: values.data ?? environment.TIENGLOA_PLAYER_DATA ?? (existsSync(INSTALLED) ? INSTALLED : 'player-data'),
    hub,
    code,
    anew: values.anew ?? false,
    output: output!,
    amplifier: amplifier!,
    wordy: values.verbose ?? environment.TIENGLOA_LOG === 'info',
    help: values.help ?? false,
  };
}

type Values = { [K in keyof typeof OPTIONS]?: (typeof OPTIONS)[K]['type'] extends 'string' ? string : boolean };
function parsed(args: readonly string[], say: Words): { values: Values; faults: string[] } {
  try {
    return { values: parseArgs({ args: [...args], options: OPTIONS, strict: true }).values, faults: [] };
  } catch (error) {
    return { values: {}, faults: [say.badArguments((error as Error).message)] };
  }
}

/** @returns where the sound goes; null where the words mean nothing. */
function outputOf(text: string): Output | 'silent' | null {
  if (text === 'auto' || text === 'null') return { kind: text };
  if (text === 'silent') return text;
  const [, kind, rest] = /^(pulse|alsa|pcm):(.+)$/.exec(text) ?? [];
  if (rest === undefined) return null;
  if (kind === 'alsa') return { kind, device: rest };
  if (kind === 'pcm') return { kind, path: rest };
  const [sink, server] = rest.split('@');
  return { kind: 'pulse', sink: sink!, server: server ?? null };
}

/** @returns the line, null for none; undefined where the words mean nothing. */
function amplifierOf(text: string): GpioLine | null | undefined {
  if (text === 'none') return null;
  const [, chip, line] = /^gpio:([\w/-]+):(\d+)$/.exec(text) ?? [];
  return chip === undefined ? undefined : { chip, line: Number(line) };
}
