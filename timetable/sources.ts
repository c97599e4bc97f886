/** Where airings come from at one place: the broadcasts of its plan and the orders of its station's urgent board, in one shape. */
import { airingId } from '@tieng-loa/protocol/ids.ts';
import { type Approval, type Body, CLASSES, type PlannedBroadcast, type Rendering } from '@tieng-loa/protocol/plan.ts';
import { type Board, type Order, type Silence, SOUND_LANES } from '@tieng-loa/protocol/urgent.ts';
import { startsBetween } from './steps.ts';

/** A broadcast with all that airing it needs. */
export interface Source {
  broadcast: PlannedBroadcast;
  renderings: ReadonlyMap<string, Rendering>;
  approvals: ReadonlyMap<string, Approval>;
  /** nothing of it begins at or after this instant */
  expiresAt: number;
  /** asked for by the urgent board, which reaches a player late rather than beforehand */
  urgent: boolean;
}

/** One occurrence of a broadcast at one player. */
export interface Airing {
  id: string;
  plannedAt: number;
  /** how often it began before and was broken off */
  repeat: number;
  source: Source;
}

/** The last instant at which an airing may begin. */
export const deadlineOf = (airing: Airing): number => airing.plannedAt + airing.source.broadcast.toleranceMs;

/** @returns the broadcasts of a plan; the maps are shared by all of them. */
export function sourcesOfBody(body: Body, hardExpiresAt: number): Source[] {
  const renderings = new Map(body.renderings.map((rendering) => [rendering.sha256, rendering]));
  const approvals = new Map(body.approvals.map((approval) => [approval.bulletin, approval]));
  return body.broadcasts.map((broadcast) => ({ broadcast, renderings, approvals, expiresAt: hardExpiresAt, urgent: false }));
}

const isFor = (order: Order | Silence, zones: readonly string[]): boolean =>
  order.zones === null || order.zones.some((zone) => zones.includes(zone));

/** @returns the orders of the board that are for these zones, as sources. */
export function sourcesOfBoard(board: Board, zones: readonly string[]): Source[] {
  return SOUND_LANES.flatMap((lane) => board.lanes[lane].orders)
    .filter((order) => isFor(order, zones))
    .map((order) => ({
      broadcast: order.broadcast,
      renderings: new Map(order.renderings.map((rendering) => [rendering.sha256, rendering])),
      approvals: new Map(order.approvals.map((approval) => [approval.bulletin, approval])),
      expiresAt: order.expiresAt,
      urgent: true,
    }));
}

/** @returns the silence orders that are for these zones. */
export const silencesFor = (board: Board, zones: readonly string[]): Silence[] =>
  board.lanes.silence.orders.filter((silence) => isFor(silence, zones));

/** Whether an airing is silenced. It asks no clock, so that "stop" works where the time is not known. */
export const isSilenced = (silences: readonly Silence[], broadcast: string, plannedAt: number): boolean =>
  silences.some(
    (silence) =>
      silence.broadcast === broadcast && (silence.plannedAt === null ? plannedAt < silence.expiresAt : plannedAt === silence.plannedAt),
  );

/** @returns the airings of a source at a player that are planned in [from, to), earliest first. */
export function airingsOf(source: Source, player: string, from: number, to: number): Airing[] {
  return startsBetween(source.broadcast, from, to).map((plannedAt) => ({
    id: airingId({ broadcast: source.broadcast.id, plannedAt, player, repeat: 0 }),
    plannedAt,
    repeat: 0,
    source,
  }));
}

/** @returns the same airing as it begins anew after it was broken off. */
export function airingAgain(airing: Airing, player: string): Airing {
  const repeat = airing.repeat + 1;
  return { ...airing, repeat, id: airingId({ broadcast: airing.source.broadcast.id, plannedAt: airing.plannedAt, player, repeat }) };
}

/** @returns when the first airing of a source after `at` begins; null where none does. */
export function firstStartAfter(source: Source, at: number): number | null {
  const { starts, startOffsetMs } = source.broadcast;
  const start = starts.find((one) => one + startOffsetMs > at);
  return start === undefined ? null : start + startOffsetMs;
}

/** Whether a named person approved this very audio, for this class, and the approval still holds at `at`. */
export function isApproved({ broadcast, approvals }: Source, at: number): boolean {
  return broadcast.steps.every((step) => {
    if (step.kind !== 'part') return true;
    const approval = approvals.get(step.bulletin);
    if (approval === undefined || (approval.validUntil !== null && approval.validUntil <= at)) return false;
    if (CLASSES.indexOf(approval.class) < CLASSES.indexOf(broadcast.class)) return false;
    return step.renderings.every((sha) => approval.parts.includes(sha));
  });
}
