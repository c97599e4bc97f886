import type { When } from '@tieng-loa/protocol/views.ts';
import { expect, test } from 'vitest';
import { startsOf } from '../../../hub/schedule/recurrence.ts';
import { local, timeZone } from './commune.ts';

type Weekly = Extract<When, { kind: 'weekly' }>;
const weekly = (change: Partial<Weekly>): Weekly => ({
  kind: 'weekly',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  times: ['06:00'],
  from: '2026-01-01',
  until: null,
  ...change,
});
const within = (when: When, from: string, to: string, zone = timeZone): string[] =>
  startsOf(when, { timeZone: zone, from: local(from), to: local(to) }).map((at) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime().toString().slice(0, 16).replace('T', ' '),
  );

test('a border post’s bulletin: Tuesday, Thursday, Saturday and Sunday at 06:00 and 17:30', () => {
  const when = weekly({ weekdays: [2, 4, 6, 7], times: ['17:30', '06:00'] });
  expect(within(when, '2026-11-24 00:00', '2026-11-30 00:00')).toEqual([
    '2026-11-24 06:00',
    '2026-11-24 17:30',
    '2026-11-26 06:00',
    '2026-11-26 17:30',
    '2026-11-28 06:00',
    '2026-11-28 17:30',
    '2026-11-29 06:00',
    '2026-11-29 17:30',
  ]);
});

test('the first instant of a window belongs to it, its last does not', () => {
  expect(within(weekly({}), '2026-11-24 06:00', '2026-11-25 06:00')).toEqual(['2026-11-24 06:00']);
  expect(within(weekly({}), '2026-11-24 06:01', '2026-11-25 06:00')).toEqual([]);
  const at = local('2026-11-24 17:30');
  expect(startsOf({ kind: 'once', at }, { timeZone, from: at, to: at + 1 })).toEqual([at]);
  expect(startsOf({ kind: 'once', at }, { timeZone, from: at - 1, to: at })).toEqual([]);
});

test('days run over the ends of months and years, and over the leap day', () => {
  expect(within(weekly({ weekdays: [7], from: '2027-12-20' }), '2027-12-25 00:00', '2028-01-04 00:00')).toEqual([
    '2027-12-26 06:00',
    '2028-01-02 06:00',
  ]);
  expect(within(weekly({}), '2028-02-28 00:00', '2028-03-02 00:00')).toEqual(['2028-02-28 06:00', '2028-02-29 06:00', '2028-03-01 06:00']);
});

test('a rule begins on its first day and ends after its last', () => {
  const when = weekly({ times: ['00:00', '23:59'], from: '2026-11-24', until: '2026-11-25' });
  expect(within(when, '2026-11-01 00:00', '2026-12-31 00:00')).toEqual([
    '2026-11-24 00:00',
    '2026-11-24 23:59',
    '2026-11-25 00:00',
    '2026-11-25 23:59',
  ]);
  expect(within(weekly({ from: '2026-11-25', until: '2026-11-24' }), '2026-11-01 00:00', '2026-12-31 00:00')).toEqual([]);
});

test('45 days of eight times a day are 360 starts, quick even where the rule is old', () => {
  const times = ['05:30', '06:30', '07:30', '11:00', '12:00', '17:00', '18:00', '19:00'];
  const started = performance.now();
  expect(within(weekly({ times, from: '2001-01-01' }), '2026-11-24 00:00', '2027-01-08 00:00')).toHaveLength(360);
  expect(performance.now() - started).toBeLessThan(500);
});

test('where clocks are changed, a time that is skipped moves with them and a doubled one comes once', () => {
  const when = weekly({ times: ['02:30'] });
  expect(within(when, '2026-03-28 12:00', '2026-03-29 12:00', 'Europe/Berlin')).toEqual(['2026-03-29 03:30']);
  expect(within(when, '2026-10-24 20:00', '2026-10-25 20:00', 'Europe/Berlin')).toEqual(['2026-10-25 02:30']);
});

test('what is aired now has no rule', () => {
  expect(startsOf({ kind: 'now' }, { timeZone, from: 0, to: local('2030-01-01 00:00') })).toEqual([]);
});
