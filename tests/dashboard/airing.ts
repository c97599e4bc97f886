/** Airings for the tests of the page, as the hub answers them. */
import type { Airing } from '@tieng-loa/protocol/views.ts';

export const AT = Date.parse('2026-11-24T10:30:00Z');

/** @returns an airing at 17:30 of a bulletin of four minutes, in both languages, changed as asked. */
export function airing(change: Partial<Airing> & { name?: string; place?: string } = {}): Airing {
  const { name = 'Huổi Khương', place = 'Bản Huổi Khương', ...rest } = change;
  return {
    id: `airing ${name}`,
    broadcast: 'b',
    title: 'Bản tin chiều',
    class: 'routine',
    plannedAt: AT,
    durationMs: 240_000,
    player: { id: `player ${name}`, name },
    zone: { id: `zone ${place}`, name: place },
    languages: ['hmn', 'vi'],
    state: 'planned',
    reason: null,
    result: null,
    held: null,
    onAir: null,
    startedAt: null,
    endedAt: null,
    latenessMs: null,
    parts: [],
    missingLanguages: [],
    ...rest,
  };
}
