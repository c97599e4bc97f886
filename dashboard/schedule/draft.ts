/** What the form of the schedule holds, and the rule that it makes. Pure. */
import type { BodyOf } from '@tieng-loa/protocol/api.ts';
import type { Broadcast, Zone } from '@tieng-loa/protocol/views.ts';
import { dayKey, instantOf } from '../words/format.ts';
import { timeOfDay, type When } from './calendar.ts';

export interface ScheduleDraft {
  /** of the broadcast that will be made: sending twice makes one */
  id: string;
  programme: string;
  class: Broadcast['class'];
  /** null: all places that have a player */
  zones: string[] | null;
  kind: When['kind'];
  day: string;
  time: string;
  weekdays: number[];
  times: string[];
  from: string;
  until: string;
  acceptMissing: boolean;
}

/** @returns an empty form; the times are those of a usual timetable. */
export const newDraft = (id: string, programme: string, now: number): ScheduleDraft => ({
  id,
  programme,
  class: 'routine',
  zones: null,
  kind: 'once',
  day: dayKey(now),
  time: '',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  times: ['17:30'],
  from: dayKey(now),
  until: '',
  acceptMissing: false,
});

/** @returns the rule; null where something is still open. */
export function whenOf(draft: ScheduleDraft): When | null {
  if (draft.kind === 'now') return { kind: 'now' };
  if (draft.kind === 'once') {
    const time = timeOfDay(draft.time);
    return draft.day === '' || time === null ? null : { kind: 'once', at: instantOf(draft.day, time) };
  }
  const times = [...new Set(draft.times.map(timeOfDay).filter((time) => time !== null))].sort();
  if (times.length === 0 || times.length > 8 || draft.weekdays.length === 0 || draft.from === '') return null;
  const weekdays = [...draft.weekdays].sort();
  return { kind: 'weekly', weekdays, times, from: draft.from, until: draft.until === '' ? null : draft.until };
}

/** @returns the places that are meant. */
export const chosenZones = (draft: ScheduleDraft, zones: readonly Zone[]): Zone[] =>
  zones.filter(({ id, players }) => (draft.zones === null ? players > 0 : draft.zones.includes(id)));

export type ScheduleBody = BodyOf<'PUT /api/stations/:station/broadcasts/:broadcast'>;

/** @returns what the hub takes; null where something is still open. */
export function bodyOf(draft: ScheduleDraft, zones: readonly Zone[]): ScheduleBody | null {
  const when = whenOf(draft);
  const chosen = chosenZones(draft, zones).map(({ id }) => id);
  if (!when || chosen.length === 0 || draft.programme === '') return null;
  return {
    programme: draft.programme,
    class: draft.class,
    when,
    zones: chosen,
    ...(draft.acceptMissing ? { acceptMissing: true } : {}),
  };
}
