/** When a broadcast begins: a date rule times a list of times of day, as instants. */
import { DAY } from '@tieng-loa/protocol/limits.ts';
import type { When } from '@tieng-loa/protocol/views.ts';
import { RRuleTemporal } from 'rrule-temporal';

/** Instants from `from` on and before `to`, in a time zone. */
export interface Window {
  timeZone: string;
  from: number;
  to: number;
}

type Weekly = Extract<When, { kind: 'weekly' }>;
const BYDAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/**
 * @returns the starts within the window, rising, each once. What is aired "now" has no rule: its start is the press itself.
 * A time that a change of clocks skips is moved as far as the clocks were; a time that comes twice is aired once, the first time.
 */
export function startsOf(when: When, window: Window): number[] {
  const { timeZone, from, to } = window;
  if (when.kind === 'now') return [];
  if (when.kind === 'once') return when.at >= from && when.at < to ? [when.at] : [];
  const times = when.times.map((time) => Temporal.PlainTime.from(time));
  const starts = datesOf(when, window).flatMap((date) =>
    times.map((plainTime) => date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds),
  );
  return [...new Set(starts)].filter((at) => at >= from && at < to).sort((a, b) => a - b);
}

/** The rule runs over noons in UTC, where no day is missing or doubled: dates come out, times of day are put on afterwards. */
function datesOf(when: Weekly, { timeZone, from, to }: Window): Temporal.PlainDate[] {
  const first = noonOf(when.from);
  const earliest = Math.max(first, noonOf(dayOf(from, timeZone)) - DAY);
  const latest = Math.min(when.until === null ? Number.POSITIVE_INFINITY : noonOf(when.until), noonOf(dayOf(to, timeZone)));
  if (earliest > latest) return [];
  const rule = new RRuleTemporal({
    freq: 'WEEKLY',
    byDay: when.weekdays.map((weekday) => BYDAY[weekday - 1]!),
    tzid: 'UTC',
    dtstart: utc(first),
  });
  return rule.between(utc(earliest), utc(latest), true).map((noon) => Temporal.PlainDate.from(noon.toString().slice(0, 10)));
}

const utc = (at: number): Temporal.ZonedDateTime => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC');
const noonOf = (day: string): number => Date.parse(`${day}T12:00:00Z`);

/** @returns the day of an instant in a time zone, as YYYY-MM-DD. */
export const dayOf = (at: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** @returns the first instant of the day that is `days` after the day of `at`. */
export const dayStart = (at: number, timeZone: string, days = 0): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().add({ days }).toZonedDateTime(timeZone)
    .epochMilliseconds;
