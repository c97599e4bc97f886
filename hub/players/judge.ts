/** Judges one report: whether the player's seal holds, and whether what it says can be. Pure. */
import { airingId } from '@tieng-loa/protocol/ids.ts';
import type { BroadcastClass } from '@tieng-loa/protocol/plan.ts';
import { Problem, type ProblemCode } from '@tieng-loa/protocol/problems.ts';
import { type Report, reportKind } from '@tieng-loa/protocol/report.ts';
import { type Envelope, open, type TrustedKeys } from '@tieng-loa/protocol/seal.ts';
import { parseStrictly } from '@tieng-loa/protocol/strict.ts';
import { MOST_REPEATS } from '@tieng-loa/timetable/rank.ts';
import { isStartOf } from '../schedule/compose.ts';
import type { BroadcastFacts } from '../schedule/facts.ts';
import { AHEAD_MS } from './limits.ts';

/** What the hub knows of the player that a report came from. */
export interface Sender {
  id: string;
  station: string;
  /** its seal key; none where it has not enrolled */
  keys: TrustedKeys;
}
/** `refused` with an id is receipted, so that the player forgets it; without one nobody knows what to receipt. */
export type Verdict = { report: Report } | { refused: ProblemCode; id: string | null };

const ID = /^[0-9a-hjkmnp-tv-z]{20}$/;

/** @returns the report, or why it is refused. */
export function judge(envelope: Envelope, sender: Sender): Verdict {
  let report: Report;
  try {
    report = open(reportKind, envelope, sender.keys).document;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // what the player did not seal is never receipted: whoever forged it could make the player forget a true report of that id
    return { refused: error.code, id: error.code === 'bad-document' ? idIn(envelope) : null };
  }
  const right = report.player === sender.id && report.station === sender.station && report.id === airingId(report);
  return right ? { report } : { refused: 'bad-document', id: report.id };
}

/** What the hub knows of the broadcast that a report is about. */
export interface Planned extends Pick<BroadcastFacts, 'when' | 'startedNowAt' | 'createdAt'> {
  station: string;
  timeZone: string;
  title: string;
  class: BroadcastClass;
  zones: string[];
}

/** @returns why the ledger does not take a report whose seal holds, or null: a player says what became of an airing, not that there was one. */
export function refusalOf(report: Report, planned: Planned | undefined, now: number): ProblemCode | null {
  if (planned?.station !== report.station) return 'not-found';
  const { plannedAt, repeat } = report;
  // only an emergency that was broken off begins anew
  const mayRepeat = repeat <= (planned.class === 'emergency' ? MOST_REPEATS : 0);
  return mayRepeat && plannedAt <= now + AHEAD_MS && isStartOf(planned, plannedAt, planned.timeZone) ? null : 'bad-document';
}

/** @returns the id in a document whose seal held although the rest of it is not a report. */
function idIn(envelope: Envelope): string | null {
  try {
    const { id } = parseStrictly(Buffer.from(envelope.payload, 'base64').toString('utf8')) as { id?: unknown };
    return typeof id === 'string' && ID.test(id) ? id : null;
  } catch {
    // not even JSON: there is nothing to receipt, and its refusal is counted
    return null;
  }
}
