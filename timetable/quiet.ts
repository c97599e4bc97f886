/** Quiet hours: in which only an emergency may sound. Default 21:00–05:30 (QCVN 26:2010/BTNMT counts 21:00–06:00 as night; the 05:30 programme is customary). */
import type { BroadcastClass, QuietHours } from '@tieng-loa/protocol/plan.ts';

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** @returns whether an instant (it may have a fraction) lies in the quiet hours of a place; `from` is quiet, `to` is not. */
export function isQuiet(at: number, hours: QuietHours | null, timeZone: string): boolean {
  if (hours === null || hours.from === hours.to) return false;
  const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(timeZone);
  const now = local.hour * 60 + local.minute;
  const from = minutesOf(hours.from);
  const to = minutesOf(hours.to);
  return from < to ? now >= from && now < to : now >= from || now < to;
}

/** @returns whether something of this class may begin at `at`. */
export const mayBegin = (kind: BroadcastClass, at: number, hours: QuietHours | null, timeZone: string): boolean =>
  kind === 'emergency' || !isQuiet(at, hours, timeZone);
