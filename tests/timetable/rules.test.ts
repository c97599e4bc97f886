import { newId } from '@tieng-loa/protocol/ids.ts';
import type { Step } from '@tieng-loa/protocol/plan.ts';
import { isQuiet, mayBegin } from '@tieng-loa/timetable/quiet.ts';
import { byRank, overrides } from '@tieng-loa/timetable/rank.ts';
import { durationOf, LANGUAGE_PAUSE_MS, missingLanguages, renderingsOf, stepsAt } from '@tieng-loa/timetable/steps.ts';
import { expect, test } from 'vitest';

const at = (time: string): number => Date.parse(`2026-11-24T${time}+07:00`);
const zone = 'Asia/Ho_Chi_Minh';
const part = (item: number, language: string): Step => ({
  kind: 'part',
  item,
  bulletin: newId(),
  language,
  renderings: [`${language}${item}`.padEnd(64, '0')],
  gainDb: 0,
});
/** what is heard, without the pauses between languages */
const tongues = (steps: Step[]): string[] =>
  steps.filter((step) => step.kind !== 'pause').map((step) => (step.kind === 'part' ? `${step.item}${step.language}` : step.kind));

test('quiet hours run over midnight: their first minute is quiet, their last is not', () => {
  const night = { from: '21:00', to: '05:30' };
  expect(['20:59:59', '21:00:00', '03:15:00', '05:29:59', '05:30:00'].map((time) => isQuiet(at(time), night, zone))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(isQuiet(at('12:00:00'), { from: '11:30', to: '13:00' }, zone)).toBe(true);
  expect(isQuiet(at('03:00:00'), null, zone)).toBe(false);
  expect(isQuiet(at('21:00:00') - 0.25, night, zone)).toBe(false);
});

test('only an emergency may begin in quiet hours', () => {
  const night = { from: '21:00', to: '05:30' };
  expect((['routine', 'priority', 'emergency'] as const).map((kind) => mayBegin(kind, at('03:15:00'), night, zone))).toEqual([
    false,
    false,
    true,
  ]);
});

test('each item is heard in the order of the place, and languages that it does not hear are left out', () => {
  const steps: Step[] = [
    { kind: 'chime', chime: 'signature', gainDb: 0 },
    part(1, 'vi'),
    part(1, 'hmn'),
    part(1, 'tyj'),
    part(2, 'zxx'),
    part(3, 'vi'),
    part(3, 'mww'),
  ];
  expect(tongues(stepsAt(steps, ['hmn', 'vi']))).toEqual(['chime', '1hmn', '1vi', '2zxx', '3vi']);
  expect(tongues(stepsAt(steps, ['tyj']))).toEqual(['chime', '1tyj', '2zxx', '3vi', '3mww']);
});

test('a short pause parts the languages of one item, and counts in its length wherever that is asked', () => {
  const steps = [part(1, 'vi'), part(1, 'hmn'), part(2, 'vi')];
  const placed = stepsAt(steps, ['hmn', 'vi']);
  expect(placed.map((step) => step.kind)).toEqual(['part', 'pause', 'part', 'part']);
  const renderings = new Map(renderingsOf(steps).map((sha256) => [sha256, { durationMs: 1000 }]));
  expect([durationOf(steps, renderings), durationOf(placed, renderings)]).toEqual([3000 + LANGUAGE_PAUSE_MS, 3000 + LANGUAGE_PAUSE_MS]);
  expect(stepsAt(placed, ['hmn', 'vi'])).toEqual(placed);
});

test('a missing tongue is seen per item, and a song lacks none', () => {
  expect(missingLanguages([part(1, 'vi'), part(1, 'hmn'), part(2, 'vi')], ['hmn', 'vi'])).toEqual(['hmn']);
  expect(missingLanguages([part(1, 'zxx')], ['hmn', 'vi'])).toEqual([]);
  expect(missingLanguages([part(1, 'hmn-Latn'), part(1, 'vi')], ['hmn', 'vi'])).toEqual([]);
});

test('what is needed is listed once, soonest first', () => {
  const one = part(1, 'vi');
  expect(renderingsOf([one, part(1, 'hmn'), one])).toHaveLength(2);
});

test('rank is total: class, then time, then id; only a higher class takes the place of another', () => {
  const airing = (kind: 'routine' | 'priority' | 'emergency', plannedAt: number, broadcast: string) => ({
    class: kind,
    plannedAt,
    broadcast,
  });
  const order = [
    airing('routine', 1, 'a'),
    airing('priority', 9, 'b'),
    airing('emergency', 9, 'd'),
    airing('emergency', 9, 'c'),
    airing('routine', 0, 'z'),
  ].sort(byRank);
  expect(order.map((one) => one.broadcast)).toEqual(['c', 'd', 'b', 'z', 'a']);
  expect([
    overrides(order[0]!, order[1]!),
    overrides(order[0]!, order[3]!),
    overrides(order[2]!, order[0]!),
    overrides(order[3]!, order[4]!),
  ]).toEqual([false, true, false, false]);
});
