/** What an airing is at this moment: decided from its row, what is planned, and the player's last word. */
import type { Reason } from '@tieng-loa/protocol/problems.ts';
import type { Result } from '@tieng-loa/protocol/report.ts';
import type { Status } from '@tieng-loa/protocol/status.ts';
import type { Airing, AiringState } from '@tieng-loa/protocol/views.ts';
import { LONGEST_MS, TOLERANCE_MS } from '@tieng-loa/timetable/rank.ts';
import type { Expected } from '../schedule/expected.ts';
import { REPORT_GRACE_MS } from '../schedule/limits.ts';

/** The last word of a player, when the hub heard it, and the body of the newest plan that it was told. */
export interface LastWord {
  status: Status;
  seenAt: number;
  newestBody: string | null;
}
/** What the ledger knows. */
export interface Recorded {
  result: Result | null;
  reason: Reason | null;
}
/** The airing that is asked about: recorded, expected, or both. */
export interface Question {
  id: string;
  class: Airing['class'];
  plannedAt: number;
  durationMs: number;
  recorded: Recorded | null;
  expected: Expected | null;
  word: LastWord | null;
}
export type Answer = Pick<Airing, 'state' | 'reason' | 'held' | 'onAir'>;

/** A cut airing stopped too, though no person did it: its reason says so. */
const ended: Readonly<Record<Result, AiringState>> = {
  aired: 'aired',
  overridden: 'overridden',
  stopped: 'stopped',
  cut: 'stopped',
  missed: 'missed',
};

/** @returns the state of an airing at `now`. */
export function airingState(asked: Question, now: number): Answer {
  const { recorded, expected, word } = asked;
  const nothing = { held: null, onAir: null };
  if (recorded?.result != null) return { state: ended[recorded.result], reason: recorded.reason, ...nothing };
  const onAir = onAirOf(asked, now);
  if (onAir !== null) return { state: 'on-air', reason: null, held: null, onAir };
  if (expected?.standing === 'called-off') return { state: 'stopped', reason: 'stopped', ...nothing };
  if (expected?.standing === 'not-approved')
    return { state: asked.plannedAt < now ? 'missed' : 'planned', reason: 'not-approved', ...nothing };
  if (now > endOf(asked) + REPORT_GRACE_MS) return { state: 'unknown', reason: recorded?.reason ?? null, ...nothing };
  const held = expected === null || word === null ? null : heldOf(expected, word);
  return { state: isReady(expected, word, held) ? 'ready' : 'planned', reason: null, held, onAir: null };
}

/** When it is over at the latest, if all went as planned. */
const endOf = ({ class: kind, plannedAt, durationMs, expected }: Question): number =>
  plannedAt + (expected?.broadcast.toleranceMs ?? TOLERANCE_MS[kind]) + Math.min(durationMs, LONGEST_MS[kind]);

/** On air by the player's own word, as long as that can still be true. */
function onAirOf({ id, word }: Question, now: number): Answer['onAir'] {
  const onAir = word?.status.onAir;
  if (!word || !onAir || onAir.airing !== id) return null;
  if (now > word.seenAt + (onAir.totalMs - onAir.elapsedMs) + REPORT_GRACE_MS) return null;
  return { elapsedMs: onAir.elapsedMs, totalMs: onAir.totalMs, language: onAir.language, at: word.seenAt };
}

/** Planned there, all of it held, by a plan that lasts until then, with a speaker that works. */
function isReady(expected: Expected | null, word: LastWord | null, held: Answer['held']): boolean {
  if (expected === null || word === null || held === null) return false;
  const lasts = expected.broadcast.startedNowAt !== null || (word.status.plan?.hardExpiresAt ?? 0) > expected.plannedAt;
  return held.heldBytes === held.totalBytes && lasts && word.status.speaker !== 'failed';
}

/**
 * What the player holds of what the airing needs. Known only where it follows the newest plan (or has spoken since a press of "now")
 * and names what it lacks; when it will hold the rest is reckoned by its own speed, soonest needed first.
 */
function heldOf({ place, broadcast }: Expected, { status, seenAt, newestBody }: LastWord): Answer['held'] {
  const { startedNowAt } = broadcast;
  const knows = startedNowAt === null ? status.plan !== null && status.plan.body === newestBody : seenAt >= startedNowAt;
  if (!knows) return null;
  const lacked = status.lacks.filter((one) => place.needs.has(one.sha256));
  if (status.lacksCount > status.lacks.length && lacked.length === 0) return null;
  const totalBytes = [...place.needs.values()].reduce((sum, bytes) => sum + bytes, 0);
  const lackedBytes = lacked.reduce((sum, one) => sum + one.sizeBytes - one.heldBytes, 0);
  return { heldBytes: totalBytes - lackedBytes, totalBytes, readyAt: readyAt(status, seenAt, place.needs) };
}

function readyAt(status: Status, seenAt: number, needs: ReadonlyMap<string, number>): number | null {
  const last = status.lacks.findLastIndex((one) => needs.has(one.sha256));
  if (last < 0 || !status.bytesPerSecond) return null;
  const before = status.lacks.slice(0, last + 1).reduce((sum, one) => sum + one.sizeBytes - one.heldBytes, 0);
  return seenAt + Math.ceil((before * 1000) / status.bytesPerSecond);
}
