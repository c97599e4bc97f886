/** Places whose quiet hours a broadcast would fall into: what is no emergency does not begin there. Pure. */
import type { Zone } from '@tieng-loa/protocol/views.ts';
import { formatTime } from '../words/format.ts';

/** @returns whether an instant lies in the quiet hours of a place; `from` is quiet, `to` is not. */
export function isQuietAt(at: number, hours: Zone['quietHours']): boolean {
  if (hours === null || hours.from === hours.to) return false;
  const time = formatTime(at);
  return hours.from < hours.to ? time >= hours.from && time < hours.to : time >= hours.from || time < hours.to;
}

/** @returns the places that stay silent at one or more of the starts, and the times of day of these starts. */
export function quietAt(zones: readonly Zone[], starts: readonly number[]): { zones: Zone[]; times: string[] } {
  const quiet = zones.filter(({ quietHours }) => starts.some((at) => isQuietAt(at, quietHours)));
  const those = starts.filter((at) => quiet.some(({ quietHours }) => isQuietAt(at, quietHours)));
  return { zones: quiet, times: [...new Set(those.map(formatTime))].sort() };
}
