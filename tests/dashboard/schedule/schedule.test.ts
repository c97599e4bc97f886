/** The page's side of the schedule: times as people type them, starts as the week shows them, what clashes. */
import { newId } from '@tieng-loa/protocol/ids.ts';
import type { Broadcast, Zone } from '@tieng-loa/protocol/views.ts';
import { describe, expect, test } from 'vitest';
import { clashesOf, mondayOf, occurrencesIn, startsIn, timeOfDay, weekdayOf } from '../../../dashboard/schedule/calendar.ts';
import { bodyOf, chosenZones, newDraft, whenOf } from '../../../dashboard/schedule/draft.ts';
import { instantOf } from '../../../dashboard/words/format.ts';
import { startsOf } from '../../../hub/schedule/recurrence.ts';

const NOW = instantOf('2026-11-24', '10:00');
const weekly: Broadcast['when'] = {
  kind: 'weekly',
  weekdays: [2, 4, 7],
  times: ['06:00', '17:30'],
  from: '2026-11-26',
  until: '2026-12-06',
};
const broadcast = (part: Partial<Broadcast>): Broadcast => ({
  id: newId(),
  station: newId(),
  programme: newId(),
  title: 'Bản tin',
  class: 'routine',
  when: weekly,
  zones: ['a'],
  toleranceMs: 0,
  state: 'scheduled',
  next: [],
  durationMs: 10 * 60_000,
  languages: [],
  missingLanguages: [],
  by: { id: newId(), name: '' },
  createdAt: 0,
  ...part,
});
const zone = (id: string, players: number): Zone => ({
  id,
  station: newId(),
  name: id,
  kind: 'village',
  languages: ['hmn'],
  quietHours: null,
  players,
});

describe('a time of day', () => {
  test.each([
    ['6', '06:00'],
    ['630', '06:30'],
    ['0630', '06:30'],
    ['6h30', '06:30'],
    ['17.30', '17:30'],
    ['17:', '17:00'],
    ['23:59', '23:59'],
  ])('typed as %s is %s', (typed, time) => expect(timeOfDay(typed)).toBe(time));

  test.each(['', '24:00', '6:60', 'sáng', '12345'])('is none where it was typed as “%s”', (typed) => expect(timeOfDay(typed)).toBeNull());
});

describe('the week', () => {
  test('begins on Monday, and Sunday is its seventh day', () => {
    expect(weekdayOf('2026-11-29')).toBe(7);
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
    expect(mondayOf('2026-11-23')).toBe('2026-11-23');
  });

  test('shows the starts that the hub plans, over a month’s end', () => {
    const span = { from: NOW, to: instantOf('2026-12-20') };
    const planned = startsOf(weekly, { timeZone: 'Asia/Ho_Chi_Minh', ...span });
    expect(planned.length).toBe(10);
    expect(startsIn(weekly, span.from, span.to)).toEqual(planned);
  });

  test('shows nothing of what is cancelled or over', () => {
    const all = [broadcast({ state: 'cancelled' }), broadcast({ state: 'ended' })];
    expect(occurrencesIn(all, NOW, instantOf('2026-12-20'))).toEqual([]);
  });
});

describe('two starts', () => {
  const at = (time: string, part: Partial<Broadcast> = {}) =>
    broadcast({ when: { kind: 'once', at: instantOf('2026-11-25', time) }, ...part });
  const clash = (...all: Broadcast[]) => {
    const found = occurrencesIn(all, NOW, instantOf('2026-11-26'));
    return clashesOf(found[0]!, found);
  };

  test('clash where they sound in the same place at the same time', () => {
    expect(clash(at('06:00', { zones: ['a', 'b'] }), at('06:09', { zones: ['b', 'c'] }))).toMatchObject([{ zones: ['b'] }]);
  });
  test('do not clash in different places, nor one right after the other', () => {
    expect(clash(at('06:00'), at('06:05', { zones: ['b'] }))).toEqual([]);
    expect(clash(at('06:00'), at('06:10'))).toEqual([]);
  });
});

describe('the form', () => {
  const zones = [zone('a', 1), zone('b', 0), zone('c', 2)];
  const draft = newDraft(newId(), newId(), NOW);

  test('means by all places those that have a player', () => {
    expect(chosenZones(draft, zones).map(({ id }) => id)).toEqual(['a', 'c']);
  });
  test('makes no rule until day and time are there', () => {
    expect(whenOf(draft)).toBeNull();
    expect(bodyOf(draft, zones)).toBeNull();
    expect(whenOf({ ...draft, time: '1730' })).toEqual({ kind: 'once', at: instantOf('2026-11-24', '17:30') });
  });
  test('puts the times of a week in order, each once, and leaves out what is no time', () => {
    const when = whenOf({ ...draft, kind: 'weekly', weekdays: [7, 2], times: ['17h30', '6', '06:00', 'x'] });
    expect(when).toMatchObject({ weekdays: [2, 7], times: ['06:00', '17:30'], until: null });
  });
  test('accepts a missing tongue only where somebody said so', () => {
    const whole = { ...draft, time: '6' };
    expect(bodyOf(whole, zones)).not.toHaveProperty('acceptMissing');
    expect(bodyOf({ ...whole, acceptMissing: true }, zones)).toHaveProperty('acceptMissing', true);
  });
});
