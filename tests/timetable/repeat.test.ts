import { airingId } from '@tieng-loa/protocol/ids.ts';
import { MINUTE } from '@tieng-loa/protocol/limits.ts';
import { type Decision, decide, type Facts } from '@tieng-loa/timetable/decide.ts';
import { expect, test } from 'vitest';
import { c, emergency, facts, PLAYER, silence, six, source } from './place.ts';

const repeats = Array.from({ length: 7 }, (_, repeat) => airingId({ broadcast: c, plannedAt: six, player: PLAYER, repeat }));
/** The decision where the airing has begun `count` times and the machine broke off each. */
const begun = (count: number, now = six + MINUTE, change: Partial<Facts> = {}): Decision =>
  decide(facts([emergency], { settled: (id) => repeats.slice(0, count).includes(id), brokenOff: () => true, ...change }), now);
const nothing = { begin: null, ends: [] };

test('an emergency that the machine broke off begins anew, at most five times', () => {
  for (const count of [1, 2, 5]) expect(begun(count).begin?.airing).toMatchObject({ id: repeats[count], repeat: count });
  expect(begun(6)).toMatchObject(nothing);
});

test('one that a person stopped, or that is too late, does not come again, and gets no second report', () => {
  expect(begun(1, six + MINUTE, { brokenOff: () => false })).toMatchObject(nothing);
  expect(begun(1, six + MINUTE, { silences: [silence(c)] })).toMatchObject(nothing);
  expect(begun(1, six + 31 * MINUTE)).toMatchObject(nothing);
});

test('an emergency of the plan comes again too, although all before now is settled', () => {
  const planned = source([six], { id: c, class: 'emergency' });
  const now = six + 5 * MINUTE;
  expect(decide(facts([planned], { settled: (id) => id === repeats[0], brokenOff: () => true, from: now }), now).begin?.airing.repeat).toBe(
    1,
  );
});

test('what it broke off of a routine bulletin does not come again', () => {
  const routine = source([six], { id: c });
  expect(decide(facts([routine], { settled: (id) => id === repeats[0], brokenOff: () => true }), six + MINUTE)).toMatchObject(nothing);
});
