/** Which answers are asked for again when something changed: the page's side of the stream of changes. Pure. */
import type { RouteName } from '@tieng-loa/protocol/api.ts';
import type { Change } from '@tieng-loa/protocol/views.ts';

export type Subject = Change['subject'];

const renewedBy: Readonly<Record<Subject, readonly RouteName[]>> = {
  station: ['GET /api/stations/:station', 'GET /api/me'],
  zones: ['GET /api/stations/:station/zones', 'GET /api/stations/:station/broadcasts'],
  people: ['GET /api/stations/:station/people', 'GET /api/me'],
  recordings: [
    'GET /api/stations/:station/recordings',
    'GET /api/recordings/:recording',
    'GET /api/recordings/:recording/peaks',
    'GET /api/stations/:station/bulletins',
    'GET /api/bulletins/:bulletin',
  ],
  bulletins: [
    'GET /api/stations/:station/bulletins',
    'GET /api/bulletins/:bulletin',
    'GET /api/stations/:station/programmes',
    'GET /api/stations/:station/broadcasts',
  ],
  programmes: ['GET /api/stations/:station/programmes', 'GET /api/stations/:station/broadcasts'],
  broadcasts: ['GET /api/stations/:station/broadcasts', 'GET /api/stations/:station/airings'],
  airings: ['GET /api/stations/:station/airings'],
  players: ['GET /api/stations/:station/players', 'GET /api/stations/:station/zones'],
};

export const ALL_SUBJECTS = Object.keys(renewedBy) as Subject[];

/** @returns whether the answer of a route may differ after a change of this subject. */
export const isRenewedBy = (name: RouteName, subject: Subject): boolean => renewedBy[subject].includes(name);

/** @returns the subject that a successful change through this route is about; null where it concerns the session only. */
export function subjectOf(name: RouteName): Subject | null {
  const words = name.split('/');
  const found = ALL_SUBJECTS.findLast((subject) => subject !== 'station' && words.includes(subject));
  return found ?? (words.includes('stations') ? 'station' : words.includes('me') ? 'people' : null);
}
