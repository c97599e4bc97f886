/** What players are told: the body of a plan for the players of the same zones, and the order of a press of "now". */
import { BODY_BYTES, BROADCASTS, DAY } from '@tieng-loa/protocol/limits.ts';
import type { Approval, Body, PlannedBroadcast, Rendering } from '@tieng-loa/protocol/plan.ts';
import type { Order } from '@tieng-loa/protocol/urgent.ts';
import { LONGEST_MS, TOLERANCE_MS } from '@tieng-loa/timetable/rank.ts';
import { approvedStarts, type Composition, compose, compositionOf, isAirable, plannedStarts } from './compose.ts';
import type { BroadcastFacts, BulletinFacts, Content, StationFacts, StopFacts } from './facts.ts';
import { HORIZON_DAYS, LONGEST_TAIL_MS, ORDER_APPROVALS, ORDER_MARGIN_MS, ORDER_RENDERINGS } from './limits.ts';
import { dayStart } from './recurrence.ts';

/** A stretch of time, `to` excluded. */
export interface Span {
  from: number;
  to: number;
}
/** One planned broadcast with what it needs, and where it is for; `zones` null is everywhere. */
export interface Planned {
  zones: readonly string[] | null;
  broadcast: PlannedBroadcast;
  renderings: Rendering[];
  approvals: Approval[];
}

/**
 * @returns the stretch that a body covers, the same all day so that a body changes only when something is changed: from the day on which
 * something that may still sound began, until the horizon is reached whenever in the day it is asked.
 */
export const horizonAt = (now: number, timeZone: string): Span => ({
  from: dayStart(now - LONGEST_TAIL_MS, timeZone),
  to: dayStart(now, timeZone, HORIZON_DAYS + 1),
});

/**
 * @returns all that is planned ahead in a station, in the order of ids. Each body is a selection of it (`bodyOf`), so that a station with
 * many sets of zones is composed once.
 */
export function plannedFor(facts: StationFacts, span: Span): Planned[] {
  const window = { ...span, timeZone: facts.station.timeZone };
  const scheduled = facts.broadcasts.flatMap((broadcast): Planned[] => {
    if (broadcast.startedNowAt !== null) return [];
    const starts = plannedStarts(broadcast, window, calledOff(facts.stops, broadcast.id));
    if (starts.length === 0) return [];
    const composition = compositionOf(broadcast, facts);
    if (!isAirable(broadcast, composition)) return [];
    const approved = approvedStarts(broadcast, composition, starts);
    return approved.length === 0 ? [] : [{ zones: broadcast.zones, ...planned(broadcast, composition, approved) }];
  });
  const templates = [...facts.bulletins.values()].flatMap((bulletin) => templateOf(bulletin, facts, span.from));
  return [...templates, ...soonest(scheduled, BROADCASTS - templates.length)].sort(byId);
}

const byId = (a: Planned, b: Planned): number => (a.broadcast.id < b.broadcast.id ? -1 : 1);

/** More broadcasts than a body may hold: those that begin soonest. */
const soonest = (all: Planned[], count: number): Planned[] =>
  all.length <= count ? all : all.toSorted((a, b) => a.broadcast.starts[0]! - b.broadcast.starts[0]!).slice(0, Math.max(count, 0));

/** Starts that a person called off before they came; one that was stopped while due stays, for the player to report. */
export const calledOff = (stops: readonly StopFacts[], broadcast: string): Set<number> =>
  new Set(
    stops.flatMap((stop) =>
      stop.broadcast === broadcast && stop.plannedAt !== null && stop.issuedAt < stop.plannedAt ? [stop.plannedAt] : [],
    ),
  );

/** What a broadcast and a template have alike. */
type Airable = Pick<BroadcastFacts, 'id' | 'title' | 'class' | 'toleranceMs'>;

function planned(broadcast: Airable, composition: Composition, starts: number[]): Omit<Planned, 'zones'> {
  return {
    broadcast: {
      id: broadcast.id,
      title: broadcast.title,
      class: broadcast.class,
      steps: composition.steps,
      starts,
      toleranceMs: broadcast.toleranceMs,
      onOverride: 'drop',
      longestMs: LONGEST_MS[broadcast.class],
      startOffsetMs: 0,
    },
    renderings: [...composition.renderings.values()],
    approvals: composition.approvals,
  };
}

/** An approved emergency bulletin lies on every player beforehand, without a start, so that a small order is enough to sound it. */
function templateOf(bulletin: BulletinFacts, content: Content, now: number): Planned[] {
  if (bulletin.class !== 'emergency' || (bulletin.validUntil !== null && bulletin.validUntil <= now)) return [];
  const composition = compose(
    [
      { kind: 'chime', chime: 'attention' },
      { kind: 'bulletin', bulletin: bulletin.id },
    ],
    content,
  );
  if (!isAirable(bulletin, composition)) return [];
  const template = { id: bulletin.id, title: bulletin.title, class: bulletin.class, toleranceMs: TOLERANCE_MS.emergency };
  return [{ zones: null, ...planned(template, composition, []) }];
}

/** @returns the body for the players of these zones; equal facts give equal bytes. */
export function bodyOf(station: string, all: readonly Planned[], zones: readonly string[]): Body {
  const mine = all.filter((one) => one.zones === null || one.zones.some((zone) => zones.includes(zone)));
  return { station, broadcasts: mine.map((one) => one.broadcast), renderings: renderingsIn(mine), approvals: approvalsIn(mine) };
}

const renderingsIn = (all: readonly Planned[]): Rendering[] =>
  [...new Map(all.flatMap((one) => one.renderings).map((rendering) => [rendering.sha256, rendering])).values()].sort((a, b) =>
    a.sha256 < b.sha256 ? -1 : 1,
  );
const approvalsIn = (all: readonly Planned[]): Approval[] =>
  [...new Map(all.flatMap((one) => one.approvals).map((approval) => [approval.bulletin, approval])).values()].sort((a, b) =>
    a.bulletin < b.bulletin ? -1 : 1,
  );

/**
 * @returns the bodies for several sets of zones over `span`, composed once. A station so busy that a body would be larger than players
 * take gets fewer days ahead, rather than no plan.
 */
export function bodiesFor(facts: StationFacts, zoneSets: readonly (readonly string[])[], span: Span): Body[] {
  const all = plannedFor(facts, span);
  return zoneSets.map((zones) => {
    const body = bodyOf(facts.station.id, all, zones);
    if (span.to - span.from <= DAY || Buffer.byteLength(encodeBody(body)) <= BODY_BYTES) return body;
    return bodyFor(facts, zones, { from: span.from, to: span.from + Math.max((span.to - span.from) / 2, DAY) });
  });
}

/** @returns the body for the players of these zones over `span` (see `bodiesFor`). */
export const bodyFor = (facts: StationFacts, zones: readonly string[], span: Span): Body => bodiesFor(facts, [zones], span)[0]!;

/** @returns the bytes of a body, as text: what its SHA-256 names. */
export const encodeBody = (body: Body): string => JSON.stringify(body);

/** How long after its start an airing of a broadcast may still be sounding or about to begin. */
export const tailMs = (broadcast: Pick<BroadcastFacts, 'class' | 'toleranceMs'>, durationMs: number): number =>
  broadcast.toleranceMs + Math.min(durationMs, LONGEST_MS[broadcast.class]) + ORDER_MARGIN_MS;

/** @returns the order of a press of "now", whole, so that it needs no body; null where it may not be aired or would not fit on a board. */
export function orderFor(facts: Content, broadcast: BroadcastFacts): Omit<Order, 'id' | 'issuedAt'> | null {
  if (broadcast.startedNowAt === null || broadcast.cancelledAt !== null) return null;
  const composition = compositionOf(broadcast, facts);
  if (!isAirable(broadcast, composition) || !fitsAnOrder(composition)) return null;
  const starts = approvedStarts(broadcast, composition, [broadcast.startedNowAt]);
  if (starts.length === 0) return null;
  const { broadcast: whole, renderings, approvals } = planned(broadcast, composition, starts);
  return {
    broadcast: whole,
    renderings,
    approvals,
    zones: broadcast.zones,
    expiresAt: broadcast.startedNowAt + tailMs(broadcast, composition.durationMs),
  };
}

/** Whether an order can name all that the composition needs. */
export const fitsAnOrder = (composition: Composition): boolean =>
  composition.renderings.size <= ORDER_RENDERINGS && composition.approvals.length <= ORDER_APPROVALS;
