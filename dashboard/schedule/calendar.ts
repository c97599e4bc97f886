/** Days, weeks and the starts of a rule, as a week's page shows them; and which of them clash. Pure. */
import type { Broadcast } from '@tieng-loa/protocol/views.ts';
import { DAY_MS, dayKey, instantOf } from '../words/format.ts';

export type When = Broadcast['when'];

/** @returns 1 for Monday … 7 for Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00Z`).getUTCDay() || 7;
/** @returns the Monday of the week of `day`. */
export const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day));
export const addDays = (day: string, days: number): string => dayKey(instantOf(day) + days * DAY_MS);

/** @returns the starts of a rule with from ≤ start < to, rising. What is aired now has no start to wait for. */
export function startsIn(when: When, from: number, to: number): number[] {
  if (when.kind === 'now') return [];
  if (when.kind === 'once') return when.at >= from && when.at < to ? [when.at] : [];
  const starts: number[] = [];
  for (let day = dayKey(from); instantOf(day) < to; day = addDays(day, 1)) {
    if (day < when.from || (when.until !== null && day > when.until) || !when.weekdays.includes(weekdayOf(day))) continue;
    for (const time of when.times) {
      const at = instantOf(day, time);
      if (at >= from && at < to) starts.push(at);
    }
  }
  return starts.sort((a, b) => a - b);
}

/** One start of one broadcast. */
export interface Occurrence {
  broadcast: Broadcast;
  startAt: number;
}

/** @returns what is planned between two instants, in its order. */
export const occurrencesIn = (broadcasts: readonly Broadcast[], from: number, to: number): Occurrence[] =>
  broadcasts
    .filter(({ state }) => state === 'scheduled' || state === 'waiting')
    .flatMap((broadcast) => startsIn(broadcast.when, from, to).map((startAt) => ({ broadcast, startAt })))
    .sort((a, b) => a.startAt - b.startAt);

/** @returns the others that sound while this one does, in a place of both; each with these places. */
export function clashesOf(one: Occurrence, all: readonly Occurrence[]): { other: Occurrence; zones: string[] }[] {
  const endAt = one.startAt + one.broadcast.durationMs;
  return all.flatMap((other) => {
    if (other === one || other.startAt >= endAt || other.startAt + other.broadcast.durationMs <= one.startAt) return [];
    const zones = other.broadcast.zones.filter((zone) => one.broadcast.zones.includes(zone));
    return zones.length > 0 ? [{ other, zones }] : [];
  });
}

/** @returns a time of day as people type it (`6`, `630`, `6h30`, `17.30`) in the form HH:MM; null where it is none. */
export function timeOfDay(typed: string): string | null {
  const text = typed.trim();
  const parts = /^(\d{1,2})\s*[:h.,gGH ]\s*(\d{0,2})$/.exec(text) ?? /^(\d{1,2})(\d{2})$/.exec(text) ?? /^(\d{1,2})$/.exec(text);
  if (!parts) return null;
  const [hour, minute] = [Number(parts[1]), Number(parts[2] || 0)];
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
