/** What stands against a schedule: times that are no times, that have passed, lie too far ahead, or in quiet hours. */
import { DAY, HORIZON_MS } from '@tieng-loa/protocol/limits.ts';
import type { BroadcastClass } from '@tieng-loa/protocol/plan.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { When } from '@tieng-loa/protocol/views.ts';
import { mayBegin } from '@tieng-loa/timetable/quiet.ts';
import type { ZoneFacts } from './facts.ts';
import { HORIZON_DAYS, RULE_DAYS } from './limits.ts';
import { dayStart, startsOf } from './recurrence.ts';

export interface Wish {
  when: When;
  class: BroadcastClass;
  zones: readonly ZoneFacts[];
  timeZone: string;
  now: number;
}

/**
 * Refuses a schedule that could not be kept.
 * @throws Problem `bad-input` (a day that no calendar has), `quiet-hours` (in all of its places, unless it is an emergency), `past-time`,
 * `too-far`, `no-starts`.
 */
export function refuseConflicts(wish: Wish): void {
  const { when, now } = wish;
  if (when.kind === 'weekly') refuseFalseDays(when, now);
  const starts = firstStarts(wish);
  refuseQuietHours(wish, starts);
  if (when.kind === 'once' && when.at < now) throw new Problem('past-time', { at: when.at });
  if (when.kind === 'once' && when.at > now + HORIZON_MS) throw new Problem('too-far', { days: HORIZON_DAYS });
  if (starts.length === 0) throw new Problem('no-starts');
}

/** The starts of one whole round of the rule, from now or from its first day on: one week shows each time of day on each weekday. */
function firstStarts({ when, timeZone, now }: Wish): number[] {
  if (when.kind === 'now') return [now];
  if (when.kind === 'once') return [when.at];
  const from = Math.max(now, Temporal.PlainDate.from(when.from).toZonedDateTime(timeZone).epochMilliseconds);
  return startsOf(when, { timeZone, from, to: dayStart(from + 8 * DAY, timeZone) });
}

/** A day that no calendar has, or that lies so far off that no calendar reckons with it. */
function refuseFalseDays(when: Extract<When, { kind: 'weekly' }>, now: number): void {
  for (const field of ['from', 'until'] as const) {
    const day = when[field];
    if (day === null) continue;
    try {
      Temporal.PlainDate.from(day);
    } catch {
      throw new Problem('bad-input', { field: `when.${field}`, why: 'pattern' });
    }
    if (Math.abs(Date.parse(`${day}T12:00:00Z`) - now) > RULE_DAYS * DAY) throw new Problem('too-far', { days: RULE_DAYS });
  }
}

/** A start that is quiet in some of the places is left to their players; one that is quiet in all of them would be heard nowhere. */
function refuseQuietHours({ class: kind, zones, timeZone }: Wish, starts: readonly number[]): void {
  for (const at of starts) {
    const quiet = zones.filter((zone) => !mayBegin(kind, at, zone.quietHours, timeZone));
    const hours = quiet[0]?.quietHours;
    if (hours && quiet.length === zones.length)
      throw new Problem('quiet-hours', { from: hours.from, to: hours.to, at, zone: quiet[0]!.name });
  }
}
