/**
 * The deciding rule: what should sound at a player now, what will never sound and why, and when to look again.
 * Pure, so that the player that airs and the hub that foretells cannot differ.
 */
import { DAY, MINUTE, SECOND } from '@tieng-loa/protocol/limits.ts';
import type { BroadcastClass, PlayerSettings } from '@tieng-loa/protocol/plan.ts';
import type { Reason } from '@tieng-loa/protocol/problems.ts';
import type { ClockState, Result } from '@tieng-loa/protocol/report.ts';
import type { Silence } from '@tieng-loa/protocol/urgent.ts';
import { type Holding, type Playable, playable } from './playable.ts';
import { isQuiet, mayBegin } from './quiet.ts';
import { byRank, MOST_REPEATS, overrides } from './rank.ts';
import { type Airing, airingAgain, airingsOf, deadlineOf, firstStartAfter, isApproved, isSilenced, type Source } from './sources.ts';

/** An airing under way. */
export interface OnAir {
  id: string;
  broadcast: string;
  class: BroadcastClass;
  plannedAt: number;
  startedAt: number;
  /** by the monotonic clock */
  elapsedMs: number;
  longestMs: number;
  /** what it sounds */
  renderings: readonly string[];
}

export interface Facts {
  player: string;
  place: Pick<PlayerSettings, 'languages' | 'timeZone' | 'quietHours'>;
  /** orders of the board before broadcasts of the plan: of two with the same airing, the first counts */
  sources: readonly Source[];
  silences: readonly Silence[];
  holding: (sha256: string) => Holding;
  /** whether an airing has begun or ended before */
  settled: (airing: string) => boolean;
  /** whether a settled one was broken off by the machine: a power cut, a speaker that failed */
  brokenOff: (airing: string) => boolean;
  onAir: OnAir | null;
  clock: {
    state: ClockState;
    errorMs: number | null;
    /** until when the clock was of no use since the program began; 0 where it was right from the beginning */
    doubtedUntil: number;
  };
  speakerReady: boolean;
  /** since when this player answers for what is planned */
  since: number;
  /** all airings before this are settled: the search begins here */
  from: number;
}

/** An airing that can begin, with what of it will sound. */
export interface Ready {
  airing: Airing;
  playable: Playable;
}
export interface Ending {
  airing: Airing;
  reason: Reason;
  lacked: readonly string[];
}
export interface Decision {
  /** what begins now, over whatever sounds */
  begin: Ready | null;
  /** how what is on air ends, where it must end */
  cut: { result: Exclude<Result, 'aired' | 'missed'>; reason: Reason } | null;
  /** airings that will never begin */
  ends: Ending[];
  /** what begins next unless something changes: to be made ready beforehand */
  next: (Ready & { at: number }) | null;
  /** all airings before this are settled once `ends` are */
  from: number;
  /** look again then, or earlier when a fact changes */
  wakeAt: number;
}

/** The longest sleep: a clock that was set meanwhile is noticed within this. */
const LONGEST_SLEEP_MS = MINUTE;
/** Without a usable clock nothing is due: look again soon. */
const UNSET_SLEEP_MS = 5 * SECOND;
/** An incomplete programme airs its complete items this long before it would be missed. */
const LAST_CHANCE_MS = SECOND;
/** Airings ended in one look; a player that was off for weeks settles the rest in the next looks. */
const ENDS_A_LOOK = 200;
/** An order from before the player's first plan may still sound, within the longest tolerance. */
const ORDER_GRACE_MS = DAY;

type Verdict = { kind: 'can'; playable: Playable } | { kind: 'wait' | 'never'; reason: Reason; lacked: readonly string[]; lookAt: number };

const rankedOf = ({ airing }: { airing: Airing }) => ({
  class: airing.source.broadcast.class,
  plannedAt: airing.plannedAt,
  broadcast: airing.source.broadcast.id,
});

/** @returns what to do at `now`. */
export function decide(facts: Facts, now: number): Decision {
  const cut = cutOf(facts);
  const standing = cut ? null : facts.onAir;
  if (facts.clock.state === 'unset') {
    return { begin: null, cut, ends: [], next: null, from: facts.from, wakeAt: Math.min(now + UNSET_SLEEP_MS, endOf(standing, now)) };
  }
  const due = dueOf(facts, now);
  const verdicts = due.map((airing) => ({ airing, verdict: verdictOn(facts, airing, now) }));
  const can = verdicts.flatMap(({ airing, verdict }) => (verdict.kind === 'can' ? [{ airing, playable: verdict.playable }] : []));
  const best = can.toSorted((a, b) => byRank(rankedOf(a), rankedOf(b)))[0] ?? null;
  const begin = best && (standing === null || overrides(best.airing.source.broadcast, standing)) ? best : null;
  const ends: Ending[] = [];
  const waiting: { airing: Airing; lookAt: number }[] = [];
  for (const { airing, verdict } of verdicts) {
    if (airing.id === begin?.airing.id) continue;
    if (verdict.kind === 'never') {
      // one that was broken off has its report: that it does not come again needs no other
      if (airing.repeat === 0) ends.push({ airing, reason: verdict.reason, lacked: verdict.lacked });
    } else waiting.push({ airing, lookAt: verdict.kind === 'can' ? deadlineOf(airing) + 1 : verdict.lookAt });
  }
  const kept = ends.slice(0, ENDS_A_LOOK);
  const open = [...waiting.map(({ airing }) => airing), ...ends.slice(ENDS_A_LOOK).map(({ airing }) => airing)];
  return {
    begin,
    cut: begin && standing ? { result: 'overridden', reason: 'outranked' } : cut,
    ends: kept,
    next: begin || standing ? null : nextOf(facts, now),
    from: Math.min(now, ...open.map((airing) => airing.plannedAt), begin?.airing.plannedAt ?? now),
    wakeAt: ends.length > kept.length ? now : wakeOf(facts, standing, waiting, now),
  };
}

/** @returns why what is on air must end by itself: silenced, withdrawn, or too long. */
function cutOf({ onAir, silences, holding }: Facts): Decision['cut'] {
  if (onAir === null) return null;
  if (isSilenced(silences, onAir.broadcast, onAir.plannedAt)) return { result: 'stopped', reason: 'stopped' };
  if (onAir.renderings.some((sha) => holding(sha) === 'revoked')) return { result: 'stopped', reason: 'not-approved' };
  return onAir.elapsedMs >= onAir.longestMs ? { result: 'cut', reason: 'longest' } : null;
}

/** @returns the airings whose time has come and that have neither begun nor ended, each once. */
function dueOf(facts: Facts, now: number): Airing[] {
  const due = new Map<string, Airing>();
  for (const source of facts.sources) {
    for (const first of airingsOf(source, facts.player, searchFrom(facts, source, now), now + 1)) {
      const airing = openOf(facts, first, now);
      if (airing && !due.has(airing.id)) due.set(airing.id, airing);
    }
  }
  return [...due.values()].sort((a, b) => a.plannedAt - b.plannedAt);
}

/** Emergencies are searched as far back as one that was broken off may come again. */
function searchFrom({ from, since }: Facts, { urgent, broadcast }: Source, now: number): number {
  if (urgent) return Math.min(from, since - ORDER_GRACE_MS);
  return Math.max(broadcast.class === 'emergency' ? Math.min(from, now - broadcast.toleranceMs) : from, since);
}

/** @returns the airing if it has not begun; an emergency that the machine broke off as it begins anew, within its time; else null. */
function openOf({ player, settled, brokenOff, onAir }: Facts, first: Airing, now: number): Airing | null {
  const { broadcast, expiresAt } = first.source;
  const comesAgain = broadcast.class === 'emergency' && now <= deadlineOf(first) && now < expiresAt;
  let airing = first;
  while (airing.id !== onAir?.id) {
    if (!settled(airing.id)) return airing;
    if (!comesAgain || airing.repeat === MOST_REPEATS || !brokenOff(airing.id)) return null;
    airing = airingAgain(airing, player);
  }
  return null;
}

/** @returns whether a due airing can begin at `now`, must wait, or will never begin. */
function verdictOn(facts: Facts, airing: Airing, now: number): Verdict {
  const { source, plannedAt } = airing;
  const deadline = deadlineOf(airing);
  const never = (reason: Reason, lacked: readonly string[] = []): Verdict => ({ kind: 'never', reason, lacked, lookAt: now });
  if (isSilenced(facts.silences, source.broadcast.id, plannedAt)) return never('stopped');
  if (!isApproved(source, plannedAt) || source.broadcast.steps.some((step) => isRevoked(facts, step))) return never('not-approved');
  if (!source.urgent && plannedAt >= source.expiresAt) return never('expired');
  const last = now >= deadline - LAST_CHANCE_MS;
  const can = playable(source, facts.place.languages, facts.holding);
  const obstacle = obstacleOf(facts, airing, can, now, last);
  if (now > deadline || now >= source.expiresAt) return never(obstacle ?? whyLate(facts, airing, deadline), can.lacked);
  if (obstacle === null) return { kind: 'can', playable: can };
  if (obstacle === 'quiet-hours' && isQuiet(deadline, facts.place.quietHours, facts.place.timeZone)) return never(obstacle);
  const lookAt = obstacle === 'not-held' && !last ? deadline - LAST_CHANCE_MS : deadline + 1;
  return { kind: 'wait', reason: obstacle, lacked: can.lacked, lookAt };
}

const isRevoked = (facts: Facts, step: Source['broadcast']['steps'][number]): boolean =>
  step.kind === 'part' && step.renderings.some((sha) => facts.holding(sha) === 'revoked');

/** @returns what keeps an airing from beginning at `now`; null where nothing does but its rank. */
function obstacleOf(facts: Facts, airing: Airing, can: Playable, now: number, last: boolean): Reason | null {
  const { class: kind, toleranceMs } = airing.source.broadcast;
  const { clock, place } = facts;
  if (kind !== 'emergency' && clock.state === 'estimated' && clock.errorMs !== null && clock.errorMs > toleranceMs) return 'clock';
  if (!mayBegin(kind, now, place.quietHours, place.timeZone)) return 'quiet-hours';
  const damaged = can.lacked.some((sha) => facts.holding(sha) === 'damaged');
  const enough = can.steps.length > 0 && (can.lacked.length === 0 || kind === 'emergency' || last);
  if (!enough) return damaged ? 'audio-damaged' : 'not-held';
  return facts.speakerReady ? null : 'speaker';
}

/** @returns why an airing that nothing hindered is beyond its tolerance. */
function whyLate({ onAir, clock }: Facts, airing: Airing, deadline: number): Reason {
  const { source, plannedAt } = airing;
  if (onAir && onAir.startedAt <= deadline && !overrides(source.broadcast, onAir)) return 'outranked';
  return plannedAt < clock.doubtedUntil ? 'clock' : 'late';
}

/** @returns what begins next and can be made ready now: the earliest start, the highest rank at that instant. */
function nextOf(facts: Facts, now: number): Decision['next'] {
  let next: (Ready & { at: number }) | null = null;
  for (const source of facts.sources) {
    const at = firstStartAfter(source, now);
    if (at === null || at >= source.expiresAt || (next && at > next.at)) continue;
    const [airing] = airingsOf(source, facts.player, at, at + 1);
    if (!airing || facts.settled(airing.id)) continue;
    const verdict = verdictOn(facts, airing, at);
    if (verdict.kind !== 'can') continue;
    const ready = { airing, playable: verdict.playable, at };
    if (next === null || at < next.at || byRank(rankedOf(ready), rankedOf(next)) < 0) next = ready;
  }
  return next;
}

const endOf = (onAir: OnAir | null, now: number): number =>
  onAir ? now + Math.max(onAir.longestMs - onAir.elapsedMs, 0) : Number.POSITIVE_INFINITY;

function wakeOf(facts: Facts, standing: OnAir | null, waiting: readonly { lookAt: number }[], now: number): number {
  const starts = facts.sources.map((source) => firstStartAfter(source, now) ?? Number.POSITIVE_INFINITY);
  const looks = waiting.map(({ lookAt }) => lookAt).filter((at) => at > now);
  return Math.min(now + LONGEST_SLEEP_MS, endOf(standing, now), ...starts, ...looks);
}
