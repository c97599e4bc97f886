/** How a player is: its presence (birth message and last will) and its status, said on every change and at least every 30 s. */
import { type Static, Type } from 'typebox';
import { Count, DurationMs, Id, Instant, Language, Sha256 } from './ids.ts';
import { BroadcastClass } from './plan.ts';
import { CLOCK_STATES } from './report.ts';
import { Line, Nullable, OneOf, Strict } from './strict.ts';

/** `online: false` is the last will, said by the broker when the link breaks. */
export const Presence = Strict({ player: Id, boot: Id, online: Type.Boolean() });
export type Presence = Static<typeof Presence>;

/** Why a player refused a document, and kept the last good one (trust.md, "Plan"). */
export const REFUSALS = ['ROLLBACK', 'FORK', 'FREEZE', 'SIGNATURE', 'AUDIENCE', 'SIZE', 'AUDIO', 'TIME', 'FORM'] as const;
export type Refusal = (typeof REFUSALS)[number];

export const Status = Strict({
  player: Id,
  /** made anew at every start of the program */
  boot: Id,
  at: Instant,
  software: Line(40),
  /** payload types that this player takes */
  takes: Type.Array(Line(100), { maxItems: 32 }),
  /** the plan it follows; null before the first */
  plan: Nullable(
    Strict({ revision: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), body: Sha256, hardExpiresAt: Instant }),
  ),
  refusals: Type.Array(
    Strict({ refusal: OneOf(REFUSALS), document: OneOf(['pointer', 'body', 'board', 'rendering'] as const), at: Instant }),
    { maxItems: 10 },
  ),
  /** what it holds of what its plan and board need */
  holds: Strict({
    renderings: Count,
    sizeBytes: Count,
    freeBytes: Count,
  }),
  /** what it still lacks, soonest needed first; all other renderings of its plan are held */
  lacks: Type.Array(
    Strict({ sha256: Sha256, sizeBytes: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), heldBytes: Count }),
    {
      maxItems: 64,
    },
  ),
  /** how many renderings it lacks in all */
  lacksCount: Count,
  /** speed of the last downloads */
  bytesPerSecond: Nullable(Count),
  onAir: Nullable(
    Strict({
      airing: Id,
      broadcast: Id,
      class: BroadcastClass,
      plannedAt: Instant,
      startedAt: Instant,
      /** the language that sounds now; null in a chime or a pause */
      language: Nullable(Language),
      /** where in the whole airing it is, and how long that is */
      elapsedMs: DurationMs,
      totalMs: DurationMs,
    }),
  ),
  volume: Type.Integer({ minimum: 0, maximum: 100 }),
  speaker: OneOf(['ready', 'failed', 'starting'] as const),
  clock: Strict({ state: OneOf(CLOCK_STATES), errorMs: Nullable(DurationMs) }),
  /** reports that wait for their receipt */
  unreported: Count,
  uptimeMs: DurationMs,
});
export type Status = Static<typeof Status>;
