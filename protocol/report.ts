/** What became of one airing, sealed by the player; and the hub's receipt, after which the player may forget it. */
import { type Static, Type } from 'typebox';
import { Count, DurationMs, Id, Instant, Language } from './ids.ts';
import { DAY } from './limits.ts';
import { BroadcastClass } from './plan.ts';
import { problems, REASONS } from './problems.ts';
import { sealedKind } from './seal.ts';
import { Line, Nullable, OneOf, Strict } from './strict.ts';

/** aired: to its end · overridden, stopped, cut: begun and not ended · missed: never begun. */
export const RESULTS = ['aired', 'overridden', 'stopped', 'cut', 'missed'] as const;
export type Result = (typeof RESULTS)[number];

/** How far the player trusts its clock. */
export const CLOCK_STATES = ['unset', 'estimated', 'trusted'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** One part that was begun. */
export const HeardPart = Strict({
  bulletin: Id,
  language: Language,
  startedAt: Instant,
  endedAt: Instant,
  whole: Type.Boolean(),
});
export type HeardPart = Static<typeof HeardPart>;

export const Report = Strict({
  /** the airing's id (see `airingId`) */
  id: Id,
  player: Id,
  station: Id,
  broadcast: Id,
  title: Line(200),
  class: BroadcastClass,
  plannedAt: Instant,
  repeat: Type.Integer({ minimum: 0, maximum: 1000 }),
  result: OneOf(RESULTS),
  reason: Nullable(OneOf(REASONS)),
  /** when the first step began; null where none did */
  startedAt: Nullable(Instant),
  endedAt: Instant,
  /** a clock that was set under way may make it early */
  latenessMs: Nullable(Type.Integer({ minimum: -DAY, maximum: DAY })),
  parts: Type.Array(HeardPart, { maxItems: 200 }),
  /** languages that the place hears and that this airing lacked */
  missingLanguages: Type.Array(Language, { maxItems: 16 }),
  /** renderings that were not held, for `not-held` */
  lackedBytes: Count,
  volume: Type.Integer({ minimum: 0, maximum: 100 }),
  clock: Strict({ state: OneOf(CLOCK_STATES), errorMs: Nullable(DurationMs) }),
});
export type Report = Static<typeof Report>;
/** The report as it is sealed by the player's own key. */
export const reportKind = sealedKind('report', 1, Report);

/** Each report is accepted or refused alone; both mean that the player may forget it. */
export const Receipt = Strict({
  player: Id,
  accepted: Type.Array(Id, { maxItems: 100 }),
  refused: Type.Array(Strict({ id: Id, problem: OneOf(Object.keys(problems) as (keyof typeof problems)[]) }), { maxItems: 100 }),
});
export type Receipt = Static<typeof Receipt>;
/** The receipt as it is sealed by the hub's schedule key, so that a broker cannot make a player forget. */
export const receiptKind = sealedKind('receipt', 1, Receipt);
