/** How times, lengths and numbers are written, wherever the browser stands. */
import { dayKey, formatsOf, instantOf, startOfDay, timeOfDay } from '@tieng-loa/dashboard/words/format.ts';
import { problems } from '@tieng-loa/protocol/problems.ts';
import { expect, test } from 'vitest';

const vi = formatsOf('vi');
const LATE = Date.parse('2026-11-24T17:45:00Z');

test('a day begins at midnight in Vietnam', () => {
  expect(dayKey(LATE)).toBe('2026-11-25');
  expect(startOfDay(LATE)).toBe(Date.parse('2026-11-24T17:00:00Z'));
  expect(instantOf('2026-11-25', '00:45')).toBe(LATE);
});

test('moments are written as people here write them', () => {
  expect(vi.formatDay(LATE)).toBe('thứ Tư 25/11');
  expect(vi.formatTime(LATE)).toBe('00:45');
  expect(vi.formatMoment(LATE, LATE + 60_000)).toBe('00:45');
  expect(vi.formatMoment(LATE, LATE - 86_400_000)).toBe('thứ Tư 25/11 00:45');
  expect(vi.formatNumber(1234.5, 1)).toBe('1.234,5');
  expect([130_000, 3_730_000].map(vi.formatDuration)).toEqual(['2:10', '1:02:10']);
});

test('a day of another year carries its year', () => {
  const dated = formatsOf('vi', { now: () => LATE });
  expect(dated.formatDay(LATE)).toBe('thứ Tư 25/11');
  expect(dated.formatDay(instantOf('2027-01-04'))).toBe('thứ Hai 4/1/2027');
  expect(dated.formatMoment(instantOf('2025-12-31', '06:00'), LATE)).toBe('thứ Tư 31/12/2025 06:00');
});

test('a time of day is understood however it is typed', () => {
  expect(['5:30', '530', '17h30', ' 06:00 ', '7'].map(timeOfDay)).toEqual(['05:30', '05:30', '17:30', '06:00', '07:00']);
  expect(['24:00', '5:75', 'sáng', ''].map(timeOfDay)).toEqual([null, null, null, null]);
});

test('every refusal of the hub, and its silence, has a sentence in both tongues', () => {
  for (const code of [...(Object.keys(problems) as (keyof typeof problems)[]), 'unreachable' as const]) {
    expect(vi.problemText({ code, facts: {} })).not.toBe('');
    expect(formatsOf('en').problemText({ code, facts: {} })).not.toBe('');
  }
});
