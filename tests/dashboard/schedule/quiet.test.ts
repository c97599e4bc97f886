/** Which places the form of the schedule names as silent, before anything is sent. */
import { newId } from '@tieng-loa/protocol/ids.ts';
import type { QuietHours } from '@tieng-loa/protocol/plan.ts';
import type { Zone } from '@tieng-loa/protocol/views.ts';
import { isQuiet } from '@tieng-loa/timetable/quiet.ts';
import { expect, test } from 'vitest';
import { isQuietAt, quietAt } from '../../../dashboard/schedule/quiet.ts';
import { instantOf, TIME_ZONE } from '../../../dashboard/words/format.ts';

const at = (time: string): number => instantOf('2026-11-24', time);
const zone = (name: string, quietHours: QuietHours | null): Zone => ({
  id: newId(),
  station: newId(),
  name,
  kind: 'village',
  languages: ['vi'],
  quietHours,
  players: 1,
});

test('the page and the players agree on what is quiet, over midnight too', () => {
  const hours: (QuietHours | null)[] = [
    null,
    { from: '21:00', to: '05:30' },
    { from: '12:00', to: '13:00' },
    { from: '08:00', to: '08:00' },
  ];
  for (const one of hours) {
    for (const time of ['00:00', '05:29', '05:30', '08:00', '12:00', '12:59', '13:00', '20:59', '21:00', '23:59']) {
      expect(isQuietAt(at(time), one), `${time} ${one?.from}`).toBe(isQuiet(at(time), one, TIME_ZONE));
    }
  }
});

test('the places that would stay silent are named with the times at which they do', () => {
  const night = zone('Huổi Khương', { from: '21:00', to: '05:30' });
  const found = quietAt([zone('Chợ', null), night], [at('06:00'), at('22:00'), at('22:00') + 86_400_000]);
  expect(found).toEqual({ zones: [night], times: ['22:00'] });
});
