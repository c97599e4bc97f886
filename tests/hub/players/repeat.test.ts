import { type Planned, refusalOf } from '@tieng-loa/hub/players/judge.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import type { Report } from '@tieng-loa/protocol/report.ts';
import { expect, test } from 'vitest';

const pressedAt = Date.parse('2026-11-24T06:00:00+07:00');
const station = newId();
const planned = (kind: Planned['class']): Planned => ({
  station,
  timeZone: 'Asia/Ho_Chi_Minh',
  title: 'Lũ quét',
  class: kind,
  zones: [],
  when: { kind: 'now' },
  startedNowAt: pressedAt,
  createdAt: pressedAt,
});
const judged = (kind: Planned['class'], repeat: number) =>
  refusalOf({ station, plannedAt: pressedAt, repeat } as Report, planned(kind), pressedAt + 60_000);

test('an emergency that was broken off and began anew has its reports in the ledger, five at most', () => {
  expect([0, 1, 5].map((repeat) => judged('emergency', repeat))).toEqual([null, null, null]);
  expect(judged('emergency', 6)).toBe('bad-document');
});

test('nothing else begins anew', () => {
  expect([judged('routine', 0), judged('routine', 1), judged('priority', 1)]).toEqual([null, 'bad-document', 'bad-document']);
});
