/** The figures that the chairman reads on Friday. */
import { filtered, heardByLanguage, reasonsOf } from '@tieng-loa/dashboard/ledger/figures.ts';
import { expect, test } from 'vitest';
import { AT, airing } from '../airing.ts';

const part = (language: string, startedAt: number, ms: number) => ({
  bulletin: 'b',
  language,
  startedAt,
  endedAt: startedAt + ms,
  whole: true,
});

test('minutes of a language count a programme once, by the player where most was heard', () => {
  const airings = [
    airing({ name: 'Một', state: 'aired', parts: [part('hmn', AT, 60_000), part('vi', AT + 60_000, 90_000)] }),
    airing({ name: 'Hai', state: 'stopped', parts: [part('hmn', AT, 20_000)] }),
    airing({ name: 'Một', plannedAt: AT + 1e6, state: 'aired', parts: [part('hmn', AT + 1e6, 60_000)] }),
  ];
  expect(heardByLanguage(airings)).toEqual([
    { language: 'hmn', ms: 120_000 },
    { language: 'vi', ms: 90_000 },
  ]);
});

test('a programme with trouble is shown whole, its good places beside the bad', () => {
  const airings = [
    airing({ name: 'Một', state: 'aired' }),
    airing({ name: 'Hai', state: 'missed', reason: 'late' }),
    airing({ name: 'Một', plannedAt: AT + 1e6, state: 'aired' }),
    airing({ name: 'Một', plannedAt: AT + 2e6, state: 'ready' }),
  ];
  expect(filtered(airings, 'trouble', null)).toHaveLength(2);
  expect(filtered(airings, 'all', null)).toHaveLength(3);
});

test('why airings were not whole is counted, the most frequent first', () => {
  const airings = [
    airing({ state: 'missed', reason: 'late' }),
    airing({ state: 'missed', reason: 'late' }),
    airing({ state: 'unknown' }),
    airing({ state: 'aired' }),
  ];
  expect(reasonsOf(airings)).toEqual([
    { reason: 'late', count: 2 },
    { reason: 'unknown', count: 1 },
  ]);
});
