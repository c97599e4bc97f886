import { airingId } from '@tieng-loa/protocol/ids.ts';
import { DAY, MINUTE } from '@tieng-loa/protocol/limits.ts';
import { decide } from '@tieng-loa/timetable/decide.ts';
import { expect, test } from 'vitest';
import {
  a,
  at,
  b,
  type Case,
  c,
  emergency,
  facts,
  inWords,
  lacks,
  later,
  night,
  onAir,
  PLAYER,
  priority,
  routine,
  shaOf,
  silence,
  six,
  source,
  tried,
} from './place.ts';

const cases: Case[] = [
  { says: 'nothing before its time', sources: [routine], now: six - 1, does: [] },
  { says: 'it begins on the instant', sources: [routine], now: six, does: [`begin ${a}`] },
  { says: 'it begins late up to the last millisecond of its tolerance', sources: [routine], now: six + 300_000, does: [`begin ${a}`] },
  { says: 'a millisecond later it is missed', sources: [routine], now: six + 300_001, does: [`end ${a} late`] },
  { says: 'what began before never begins again', sources: [routine], now: six, facts: { settled: () => true }, does: [] },
  { says: 'of two at the same instant the higher class goes first', sources: [routine, priority], now: six, does: [`begin ${b}`] },
  {
    says: 'of two of a class at the same instant the lower id goes first',
    sources: [source([six], { id: b }), routine],
    now: six,
    does: [`begin ${a}`],
  },
  {
    says: 'of two of a class the earlier goes first',
    sources: [source([six - MINUTE], { id: b }), routine],
    now: six,
    does: [`begin ${b}`],
  },
  {
    says: 'the same class waits its turn',
    sources: [routine, later],
    now: six + MINUTE,
    facts: { onAir: onAir(routine, six, six) },
    does: [],
  },
  {
    says: 'and is missed when its turn does not come within its tolerance',
    sources: [routine, later],
    now: six + MINUTE + 300_001,
    facts: { onAir: onAir(routine, six, six) },
    does: [`end ${b} outranked`],
  },
  {
    says: 'a priority item takes the place of a routine one',
    sources: [routine, priority],
    now: six,
    facts: { onAir: onAir(routine, six, six) },
    does: ['cut overridden/outranked', `begin ${b}`],
  },
  {
    says: 'an emergency takes the place of a priority item',
    sources: [priority, emergency],
    now: six,
    facts: { onAir: onAir(priority, six, six) },
    does: ['cut overridden/outranked', `begin ${c}`],
  },
  {
    says: 'a later emergency does not cut an earlier one',
    sources: [emergency, source([six + 1], { id: a, class: 'emergency', urgent: true })],
    now: six + 1,
    facts: { onAir: onAir(emergency, six, six) },
    does: [],
  },
  {
    says: 'an emergency that is stopped ends as stopped, and the one that waits begins',
    sources: [emergency, source([six + 1], { id: a, class: 'emergency', urgent: true })],
    now: six + 1,
    facts: { onAir: onAir(emergency, six, six), silences: [silence(c)] },
    does: ['cut stopped/stopped', `begin ${a}`],
  },
  {
    says: 'a routine item behind an emergency is missed as outranked',
    sources: [routine, emergency],
    now: six + 300_001,
    facts: { onAir: onAir(emergency, six, six) },
    does: [`end ${a} outranked`],
  },

  {
    says: 'the first minute of the quiet hours is quiet',
    sources: [source([night], { id: a })],
    now: night,
    does: [`end ${a} quiet-hours`],
  },
  { says: 'the last minute before them is not', sources: [source([night - MINUTE], { id: a })], now: night - MINUTE, does: [`begin ${a}`] },
  {
    says: 'a late start does not slip into them',
    sources: [source([night - MINUTE], { id: a })],
    now: night + MINUTE,
    does: [`end ${a} quiet-hours`],
  },
  {
    says: 'a priority item keeps them too',
    sources: [source([at('03:15:00')], { id: a, class: 'priority' })],
    now: at('03:15:00'),
    does: [`end ${a} quiet-hours`],
  },
  {
    says: 'an emergency breaks them',
    sources: [source([at('03:15:00')], { id: a, class: 'emergency' })],
    now: at('03:15:00'),
    does: [`begin ${a}`],
  },
  { says: 'what may still begin when they end waits', sources: [source([at('05:28:00')], { id: a })], now: at('05:28:00'), does: [] },
  { says: 'and begins then', sources: [source([at('05:28:00')], { id: a })], now: at('05:30:00'), does: [`begin ${a}`] },
  {
    says: 'midnight is a minute like any other',
    sources: [source([at('00:00:00')], { id: a })],
    now: at('00:00:00'),
    facts: { place: { languages: ['vi'], timeZone: 'Asia/Ho_Chi_Minh', quietHours: null } },
    does: [`begin ${a}`],
  },

  {
    says: 'a stop of the broadcast ends what sounds',
    sources: [routine],
    now: six,
    facts: { onAir: onAir(routine, six, six), silences: [silence(a)] },
    does: ['cut stopped/stopped'],
  },
  {
    says: 'a stop of another airing does not',
    sources: [routine],
    now: six,
    facts: { onAir: onAir(routine, six, six), silences: [silence(a, { plannedAt: six + DAY })] },
    does: [],
  },
  {
    says: 'what is stopped before it begins is missed as stopped',
    sources: [routine],
    now: six,
    facts: { silences: [silence(a, { plannedAt: six })] },
    does: [`end ${a} stopped`],
  },
  {
    says: 'a stop that has run out leaves the next day alone',
    sources: [source([six + DAY], { id: a })],
    now: six + DAY,
    facts: { silences: [silence(a)] },
    does: [`begin ${a}`],
  },
  {
    says: 'after a stop the next in turn begins',
    sources: [routine, later],
    now: six + MINUTE,
    facts: { onAir: onAir(routine, six, six), silences: [silence(a)] },
    does: ['cut stopped/stopped', `begin ${b}`],
  },
  {
    says: 'a stop asks no clock',
    sources: [routine],
    now: six,
    facts: { onAir: onAir(routine, six, six), silences: [silence(a)], clock: { state: 'unset', errorMs: null, doubtedUntil: 0 } },
    does: ['cut stopped/stopped'],
  },

  {
    says: 'it ends after its longest duration',
    sources: [routine],
    now: six,
    facts: { onAir: onAir(routine, six, six, { elapsedMs: 7_200_000 }) },
    does: ['cut cut/longest'],
  },
  {
    says: 'and not a millisecond before',
    sources: [routine],
    now: six,
    facts: { onAir: onAir(routine, six, six, { elapsedMs: 7_199_999 }) },
    does: [],
  },
];

test.for(cases)('$says', (one) => {
  expect(tried(one)).toEqual(one.does);
});

test('the parts are in the order of the place, and a tongue that is not held is named', () => {
  const partly = decide(facts([emergency], { holding: lacks(shaOf(c, 'hmn0')) }), six).begin!.playable;
  expect(partly.steps.map((step) => (step.kind === 'part' ? step.language : step.kind))).toEqual(['vi']);
  expect(partly).toMatchObject({ missingLanguages: ['hmn'], lacked: [shaOf(c, 'hmn0')] });
  const whole = decide(facts([routine]), six).begin!.playable;
  expect(whole.steps.map((step) => (step.kind === 'part' ? step.language : step.kind))).toEqual(['hmn', 'pause', 'vi']);
});

test('repeats of an emergency are its starts: each is an airing of its own', () => {
  const repeated = source([six, six + 5 * MINUTE, six + 10 * MINUTE], { id: c, class: 'emergency', urgent: true });
  const done = new Set([airingId({ broadcast: c, plannedAt: six, player: PLAYER, repeat: 0 })]);
  const settled = (id: string): boolean => done.has(id);
  expect(inWords(decide(facts([repeated], { settled }), six + MINUTE))).toEqual([]);
  expect(decide(facts([repeated], { settled }), six + 5 * MINUTE).begin?.airing.plannedAt).toBe(six + 5 * MINUTE);
});

test('an airing that plan and board both name is one airing', () => {
  const twice = [source([six], { id: a, urgent: true }), source([six], { id: a })];
  expect(inWords(decide(facts(twice), six + 300_001))).toEqual([`end ${a} late`]);
});

test('it wakes for the next start, and what begins next is made ready beforehand', () => {
  const decision = decide(facts([source([six], { id: b }), routine, source([six + 5000], { id: c })]), six - 30_000);
  expect(decision.next).toMatchObject({ at: six, airing: { source: { broadcast: { id: a } } } });
  expect(decision.wakeAt).toBe(six);
  expect(decide(facts([routine]), six - DAY).wakeAt).toBe(six - DAY + MINUTE);
});

test('what cannot begin is not made ready, so that the next one is', () => {
  const holding = lacks(shaOf(a, 'vi0'));
  const sources = [routine, source([six + 5000], { id: b })];
  expect(decide(facts(sources, { holding }), six - 1000).next?.airing.source.broadcast.id).toBe(b);
});

test('weeks of missed airings are settled in bounded portions, none of them twice', () => {
  const starts = Array.from({ length: 360 }, (_, day) => six + day * 3 * 3_600_000);
  const missed = source(starts, { id: a });
  const now = six + 60 * DAY;
  const ended = new Set<string>();
  let from = 0;
  let looks = 0;
  for (let wakeAt = now; wakeAt === now && looks < 10; looks++) {
    const decision = decide(facts([missed], { settled: (id) => ended.has(id), from }), now);
    for (const { airing } of decision.ends) {
      expect(ended.has(airing.id)).toBe(false);
      ended.add(airing.id);
    }
    ({ from, wakeAt } = decision);
  }
  expect(ended.size).toBe(360);
  expect(from).toBe(now);
  expect(looks).toBe(2);
});

test('a wall clock that is set back sounds nothing twice, and one that is set on skips nothing', () => {
  const done = new Set([airingId({ broadcast: a, plannedAt: six, player: PLAYER, repeat: 0 })]);
  const settled = (id: string): boolean => done.has(id);
  const after = decide(facts([routine], { settled }), six + MINUTE);
  expect(inWords(decide(facts([routine], { settled, from: after.from }), six))).toEqual([]);
  const daily = source([six, six + DAY], { id: b });
  expect(inWords(decide(facts([daily]), six + DAY + 1000))).toEqual([`begin ${b}`, `end ${b} late`]);
});
