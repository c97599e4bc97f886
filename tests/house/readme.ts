/** The README's tables, made from the code; `node tests/house/readme.ts` writes them between their marks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settings } from '@tieng-loa/hub/config.ts';
import { api } from '@tieng-loa/protocol/api.ts';
import { channels } from '@tieng-loa/protocol/channels.ts';
import { ROOT } from './sources.ts';

export const README = join(ROOT, 'README.md');

const cell = (value: unknown): string => String(value).replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (head: readonly string[], rows: readonly (readonly unknown[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** The parts that are derived, by the name of their marks. */
export const tables: Readonly<Record<string, () => string>> = {
  settings: () =>
    table(
      ['variable', 'default', 'what it is'],
      Object.values(settings).map(({ env, default: value, says }) => [`\`${env}\``, value === null ? '' : `\`${value}\``, says]),
    ),
  channels: () =>
    table(
      ['topic', 'from', 'QoS', 'retained', 'says'],
      Object.values(channels).map(({ topic, from, qos, retain, says }) => [`\`${topic}\``, from, qos, retain ? 'yes' : '', says]),
    ),
  api: () =>
    table(
      ['request', 'who', 'says'],
      Object.entries(api).map(([name, { who, says }]) => [`\`${name}\``, who, says]),
    ),
};

/** @returns the text with each derived part made anew. @throws Error where a mark is missing. */
export function withTables(text: string): string {
  return Object.entries(tables).reduce((out, [name, make]) => {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [from, to] = [out.indexOf(open), out.indexOf(close)];
    if (from < 0 || to < from) throw new Error(`README.md has no place for “${name}”: ${open} … ${close}`);
    return `${out.slice(0, from + open.length)}\n${make()}\n${out.slice(to)}`;
  }, text);
}

if (import.meta.main) writeFileSync(README, withTables(readFileSync(README, 'utf8')));
