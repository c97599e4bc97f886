/** How airings stand on the line of time. */
import { elapsedOf, stripMark, stripsOf, timeOf, zonesOf } from '@tieng-loa/dashboard/today/strips.ts';
import { expect, test } from 'vitest';
import { AT, airing } from '../airing.ts';

test('airings of one programme and hour are one strip, in the order of time', () => {
  const strips = stripsOf(
    [airing({ name: 'Một', plannedAt: AT + 60_000 }), airing({ name: 'Một' }), airing({ name: 'Hai', plannedAt: AT + 60_000 })],
    AT - 60_000,
  );
  expect(strips.map(({ plannedAt, airings }) => [plannedAt, airings.length])).toEqual([
    [AT, 1],
    [AT + 60_000, 2],
  ]);
});

test('one player that missed it decides the mark of a programme that the others aired', () => {
  const [strip] = stripsOf([airing({ name: 'Một', state: 'aired' }), airing({ name: 'Hai', state: 'missed' })], AT + 60_000);
  expect(strip?.state).toBe('missed');
});

test('what still sounds stands at now, though its hour has passed', () => {
  const [strip] = stripsOf([airing({ state: 'on-air' })], AT + 60_000);
  expect(timeOf(strip!, AT + 60_000)).toBe('now');
});

test('in a place, the player that needs a look comes first', () => {
  const [zone] = zonesOf([airing({ name: 'A', state: 'aired' }), airing({ name: 'B', state: 'missed' })]);
  expect(zone?.airings.map(({ player }) => player.name)).toEqual(['B', 'A']);
});

test('an airing never runs beyond its end, whatever the clocks say', () => {
  const onAir = { elapsedMs: 1000, totalMs: 5000, language: null, at: AT };
  expect(elapsedOf(onAir, AT + 60_000)).toBe(5000);
  expect(elapsedOf(onAir, AT - 60_000)).toBe(0);
});

test('a programme that some hold is on its way to ready', () => {
  const [strip] = stripsOf([airing({ name: 'Một', state: 'ready' }), airing({ name: 'Hai' })], AT - 60_000);
  expect(stripMark(strip!)).toBe('filling');
});
