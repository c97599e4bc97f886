/** What a player's last word means now: here, late, lost, and since when. Pure, so that registry, presence and ledger agree. */
import type { Player } from '@tieng-loa/protocol/views.ts';
import { LATE_MS, LOST_MS } from './limits.ts';

type PlayerState = Player['state'];

export interface LastWord {
  /** the broker has not told that the link broke */
  online: boolean;
  seenAt: number;
  /** when `online` became what it is */
  since: number;
}
export interface Standing {
  certificate: string | null;
  revokedAt: number | null;
}

/** @returns the state of a player and since when it is in it; `since` null where it has never been seen. */
export function stateOf(
  { certificate, revokedAt }: Standing,
  word: LastWord | null,
  now: number,
): { state: PlayerState; since: number | null } {
  if (revokedAt !== null) return { state: 'revoked', since: revokedAt };
  if (certificate === null) return { state: 'slot', since: null };
  if (word === null) return { state: 'lost', since: null };
  if (!word.online) return { state: 'lost', since: word.since };
  const silenceMs = now - word.seenAt;
  if (silenceMs > LOST_MS) return { state: 'lost', since: word.seenAt + LOST_MS };
  if (silenceMs > LATE_MS) return { state: 'late', since: word.seenAt + LATE_MS };
  return { state: 'here', since: word.since };
}
