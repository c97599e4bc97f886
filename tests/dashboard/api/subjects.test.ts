/** What is asked for again when something changed. */
import { ALL_SUBJECTS, isRenewedBy, subjectOf } from '@tieng-loa/dashboard/api/subjects.ts';
import { api, type RouteName } from '@tieng-loa/protocol/api.ts';
import { CHANGE_SUBJECTS } from '@tieng-loa/protocol/views.ts';
import { expect, test } from 'vitest';

test('every subject that the hub tells of renews something', () => {
  expect([...ALL_SUBJECTS].sort()).toEqual([...CHANGE_SUBJECTS].sort());
  const asked = (Object.keys(api) as RouteName[]).filter((name) => name.startsWith('GET '));
  for (const subject of CHANGE_SUBJECTS) expect(asked.some((name) => isRenewedBy(name, subject))).toBe(true);
});

test('a change of one’s own is seen without the stream', () => {
  expect(subjectOf('PUT /api/stations/:station/players/:player')).toBe('players');
  expect(subjectOf('POST /api/broadcasts/:broadcast/stop')).toBe('broadcasts');
  expect(subjectOf('POST /api/stations/:station/people/:person/link')).toBe('people');
  expect(subjectOf('PUT /api/stations/:station')).toBe('station');
  expect(subjectOf('POST /api/session')).toBeNull();
});
