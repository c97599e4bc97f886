/** Words of the schedule, in English. */
import type { schedule as Vi } from '../vi/schedule.ts';

const weekday = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** @returns “every day”, “from Monday to Friday”, “on Tuesday and Thursday” … */
function days(weekdays: readonly number[]): string {
  const sorted = [...weekdays].sort((a, b) => a - b);
  if (sorted.length === 7) return 'every day';
  const [first, last] = [sorted[0] ?? 1, sorted.at(-1) ?? 1];
  if (sorted.length > 2 && last - first === sorted.length - 1) return `from ${weekday[first]} to ${weekday[last]}`;
  return `on ${joined(sorted.map((day) => weekday[day] ?? ''))}`;
}

export const schedule: typeof Vi = {
  title: 'Schedule',
  make: 'Schedule a programme',
  weekday,
  weekdayShort: ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  week: (from, to) => `${from} – ${to}`,
  thisWeek: 'This week',
  previousWeek: 'Earlier',
  nextWeek: 'Later',
  today: 'Today',
  nothingThatDay: 'Nothing is aired',
  inLedger: 'Result in the ledger',
  pastDays: 'Days gone by are in the ledger.',
  emptyTitle: 'Nothing is scheduled yet',
  emptyText: 'Choose a programme, places and times. The players air it on time, even without network.',
  allPlaces: 'all places',
  places: (count) => `${count} places`,
  clash: (other, at, places) => `Clashes with “${other}” (${at}) in ${places}: the higher class airs, the other gives way.`,
  clashSame: (other, at, places) => `Clashes with “${other}” (${at}) in ${places}: same class, only one of them airs.`,
  lacks: (languages) => `Lacks ${languages}`,
  cancel: 'Cancel',
  cancelNamed: (title) => `Cancel “${title}”`,
  cancelled: (title) => `Cancelled “${title}”`,
  rules: 'What is scheduled',
  formTitle: 'Schedule a programme',
  back: 'Schedule',
  what: 'What',
  chooseProgramme: 'Choose a programme',
  noProgramme: 'No programme yet. Make one from a bulletin.',
  toProgrammes: 'Make a programme',
  notApprovedYet: 'Not everything in it is approved. You may schedule it; an airing whose time comes before the approval is missed.',
  notApprovedNow: 'Not everything in it is approved, so it cannot be aired now. Choose another time, or have it approved first.',
  where: 'Where',
  everywhere: (count) => `All ${count} places that have a player`,
  somewhere: 'Some places only',
  noZones: 'There are no places yet. An administrator adds them in Settings.',
  noPlayers: 'no player yet',
  players: (count) => `players: ${count}`,
  acceptMissing: 'Air it although it is missing',
  inWhichClass: 'Class',
  classOnlyUpTo: (cls) => `The programme is approved only up to the class ${cls}`,
  when: 'When',
  kinds: { now: 'Now', once: 'Once', weekly: 'Every week' },
  date: 'Day',
  time: 'Time',
  timeExample: '06:00',
  timeWrong: 'Write the time like 06:00 or 17:30',
  times: 'Times of day',
  addTime: 'Add a time',
  removeTime: (time) => `Remove ${time}`,
  weekdays: 'Days of the week',
  everyDay: 'Every day',
  from: 'From',
  until: 'Until the end of',
  untilCancelled: 'Until it is cancelled',
  clearUntil: 'No last day',
  notAllowed: 'Your account may not schedule. Call the person in charge of the station.',
  quietNow: (count, places) => `In quiet hours now, so it stays silent (places: ${count}): ${places}.`,
  quietThen: (count, times, places) => `In quiet hours at ${times}, so it stays silent then (places: ${count}): ${places}.`,
  needProgramme: 'Choose a programme.',
  needPlaces: 'Choose at least one place.',
  needWhen: 'Choose day and time.',
  submit: 'Schedule it',
  submitNow: 'Air it now',
  done: (title) => `Scheduled “${title}”`,
  doneNow: (title) => `Ordered to air: “${title}”`,
  sayNow: (title, places) => `Airs “${title}” now, in ${places}.`,
  sayOnce: (title, time, day, places) => `Airs “${title}” at ${time}, ${day}, in ${places}.`,
  sayWeekly: (title, times, weekdays, places) => `Airs “${title}” ${days(weekdays)}, at ${joined(times)}, in ${places}.`,
  sayFrom: (day) => `Begins on ${day}.`,
  sayUntil: (day) => `Until the end of ${day}.`,
  sayClass: (cls) => `Class: ${cls.toLowerCase()}.`,
  sayNext: (starts) => `Next: ${starts.join('; ')}.`,
};
