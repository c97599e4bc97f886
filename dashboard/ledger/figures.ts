/** Figures of the ledger: minutes by language, reasons by number, what passes a filter. Pure. */
import type { Reason } from '@tieng-loa/protocol/problems.ts';
import type { Airing } from '@tieng-loa/protocol/views.ts';

export type ResultFilter = 'all' | 'aired' | 'trouble';
/** States of an airing that is over, well or not. */
const over: ReadonlySet<Airing['state']> = new Set(['aired', 'overridden', 'stopped', 'missed', 'unknown']);

/** @returns the airings that are over and pass the filter. Trouble keeps a programme whole: its good places say where the bad ones are. */
export function filtered(airings: readonly Airing[], result: ResultFilter, player: string | null): Airing[] {
  const ended = airings.filter((airing) => over.has(airing.state) && (player === null || airing.player.id === player));
  if (result === 'all') return ended;
  if (result === 'aired') return ended.filter(({ state }) => state === 'aired');
  const keyOf = ({ broadcast, plannedAt }: Airing) => `${broadcast}.${plannedAt}`;
  const troubled = new Set(ended.filter(({ state }) => state !== 'aired').map(keyOf));
  return ended.filter((airing) => troubled.has(keyOf(airing)));
}

/** @returns heard milliseconds by language, the most first; each programme counts once, by the player where most was heard. */
export function heardByLanguage(airings: readonly Airing[]): { language: string; ms: number }[] {
  const sums = new Map<string, number>();
  const programmes = Map.groupBy(airings, ({ broadcast, plannedAt }) => `${broadcast}.${plannedAt}`);
  for (const group of programmes.values()) {
    const most = new Map<string, number>();
    for (const airing of group) {
      for (const [language, ms] of heardAt(airing)) most.set(language, Math.max(most.get(language) ?? 0, ms));
    }
    for (const [language, ms] of most) sums.set(language, (sums.get(language) ?? 0) + ms);
  }
  return [...sums].map(([language, ms]) => ({ language, ms })).toSorted((a, b) => b.ms - a.ms);
}

function heardAt({ parts }: Airing): Map<string, number> {
  const heard = new Map<string, number>();
  for (const { language, startedAt, endedAt } of parts) heard.set(language, (heard.get(language) ?? 0) + Math.max(0, endedAt - startedAt));
  return heard;
}

/** @returns why airings were not whole, the most frequent first; `null` where no reason is known, `unknown` where no news came. */
export function reasonsOf(airings: readonly Airing[]): { reason: Reason | 'unknown' | null; count: number }[] {
  const groups = Map.groupBy(
    airings.filter(({ state }) => over.has(state) && state !== 'aired'),
    ({ state, reason }) => reason ?? (state === 'unknown' ? ('unknown' as const) : null),
  );
  return [...groups].map(([reason, group]) => ({ reason, count: group.length })).toSorted((a, b) => b.count - a.count);
}
