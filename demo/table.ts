/** The table of airings: player, part, planned, started, lateness, ended, result. */
import type { Airing } from '@tieng-loa/protocol/views.ts';
import type { Words } from './words.ts';

/** Whether it sounded to its end, whole, and the player's report is in. */
export const isAired = ({ state, parts }: Airing): boolean => state === 'aired' && parts.length > 0 && parts.every(({ whole }) => whole);

/** @returns the table as lines of text. */
export function tableOf(airings: readonly Airing[], words: Words): string[] {
  const time = (ms: number | null): string => (ms === null ? '–' : words.time(ms));
  const rows = airings.flatMap((airing) => {
    const result = words.states[airing.state] + (airing.reason === null ? '' : ` (${airing.reason})`);
    const lateness = airing.latenessMs === null ? '–' : String(airing.latenessMs);
    return [
      [airing.player.name, words.whole, time(airing.plannedAt), time(airing.startedAt), lateness, time(airing.endedAt), result],
      ...airing.parts.map(({ language, startedAt, endedAt, whole }) => [
        '',
        words.languages[language] ?? language,
        '',
        time(startedAt),
        '',
        time(endedAt),
        whole ? '✓' : '✕',
      ]),
    ];
  });
  const all = [words.heads, ...rows];
  const widths = words.heads.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const lineOf = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  return [lineOf(words.heads), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(lineOf)];
}
