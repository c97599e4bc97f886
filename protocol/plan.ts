/**
 * The plan of a player: a small signed **pointer** (one a player, retained) and a **body** named by its SHA-256
 * (one for all players of the same zones), which travels as blocks like audio.
 */
import { type Static, Type } from 'typebox';
import { DurationMs, Id, Instant, Language, Sha256 } from './ids.ts';
import { BODY_BYTES, BROADCASTS, RENDERING_BYTES, STARTS, STEPS } from './limits.ts';
import { sealedKind } from './seal.ts';
import { Line, Nullable, OneOf, Strict, Words } from './strict.ts';

/** The classes of Circular 39/2020/TT-BTTTT, lowest first. */
export const CLASSES = ['routine', 'priority', 'emergency'] as const;
export const BroadcastClass = OneOf(CLASSES);
export type BroadcastClass = (typeof CLASSES)[number];

/** Sounds that are built in, pinned by hash in the player and outside approval. */
export const CHIMES = ['attention', 'signature', 'closing'] as const;
export const Chime = OneOf(CHIMES);
export type Chime = (typeof CHIMES)[number];

const GainDb = Type.Number({ minimum: -30, maximum: 6 });

/** What is sounded next. A part is one language of one bulletin; parts of the same item are put into the place's order. */
export const Step = Type.Union([
  Strict({ kind: Type.Literal('chime'), chime: Chime, gainDb: GainDb }),
  Strict({ kind: Type.Literal('pause'), durationMs: DurationMs }),
  Strict({
    kind: Type.Literal('part'),
    /** position of the item in the programme: the parts of one item stand together */
    item: Type.Integer({ minimum: 0, maximum: STEPS }),
    bulletin: Id,
    language: Language,
    renderings: Type.Array(Sha256, { minItems: 1, maxItems: 50 }),
    gainDb: GainDb,
  }),
]);
export type Step = Static<typeof Step>;

export const Rendering = Strict({
  sha256: Sha256,
  sizeBytes: Type.Integer({ minimum: 1, maximum: RENDERING_BYTES }),
  durationMs: DurationMs,
});
export type Rendering = Static<typeof Rendering>;

/** Who made a bulletin's audio legitimate. `envelope` is filled by the approver's own key once approvers have keys. */
export const Approval = Strict({
  bulletin: Id,
  approver: Id,
  approverName: Line(120),
  approvedAt: Instant,
  class: BroadcastClass,
  validUntil: Nullable(Instant),
  parts: Type.Array(Sha256, { maxItems: 500 }),
  envelope: Nullable(Words(8192)),
});
export type Approval = Static<typeof Approval>;

/** One broadcast, once, with all its starts within the horizon. */
export const PlannedBroadcast = Strict({
  id: Id,
  title: Line(200),
  class: BroadcastClass,
  steps: Type.Array(Step, { minItems: 1, maxItems: STEPS }),
  /** instants at which the first step begins, rising */
  starts: Type.Array(Instant, { maxItems: STARTS }),
  /** how late it may begin; beyond that it is missed */
  toleranceMs: DurationMs,
  /** what becomes of it when something of a higher class takes its place */
  onOverride: OneOf(['drop'] as const),
  /** the player ends it after this long, whatever it holds */
  longestMs: DurationMs,
  /** added to each start, to stagger zones on purpose */
  startOffsetMs: DurationMs,
});
export type PlannedBroadcast = Static<typeof PlannedBroadcast>;

/** What is the same for all players of the same zones. */
export const Body = Strict({
  station: Id,
  broadcasts: Type.Array(PlannedBroadcast, { maxItems: BROADCASTS }),
  renderings: Type.Array(Rendering, { maxItems: 20_000 }),
  approvals: Type.Array(Approval, { maxItems: BROADCASTS }),
});
export type Body = Static<typeof Body>;

/** A time of day, 24-hour clock. */
export const TimeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description: 'HH:MM' });
/** The hours in which only an emergency may sound; may run over midnight. */
export const QuietHours = Strict({ from: TimeOfDay, to: TimeOfDay });
export type QuietHours = Static<typeof QuietHours>;

/** What this one player is told about itself. */
export const PlayerSettings = Strict({
  name: Line(120),
  zones: Type.Array(Id, { maxItems: 32 }),
  /** what the place hears, in its order */
  languages: Type.Array(Language, { maxItems: 16 }),
  timeZone: Line(64),
  quietHours: Nullable(QuietHours),
  /** percent of full scale */
  volume: Type.Integer({ minimum: 0, maximum: 100 }),
  /** the volume that the player never exceeds, whatever it is told */
  loudestVolume: Type.Integer({ minimum: 0, maximum: 100 }),
  /** how long before the first step the amplifier is switched on */
  amplifierLeadMs: Type.Integer({ minimum: 0, maximum: 30_000 }),
});
export type PlayerSettings = Static<typeof PlayerSettings>;

export const Pointer = Strict({
  station: Id,
  player: Id,
  /** raised when trust itself begins anew */
  epoch: Type.Integer({ minimum: 0, maximum: 2 ** 31 }),
  /** rises with every change */
  revision: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  /** SHA-256 of the previous pointer's signed bytes; null for the first */
  previous: Nullable(Sha256),
  issuedAt: Instant,
  softExpiresAt: Instant,
  hardExpiresAt: Instant,
  settings: PlayerSettings,
  body: Strict({ sha256: Sha256, sizeBytes: Type.Integer({ minimum: 1, maximum: BODY_BYTES }) }),
  /** renderings that must not sound any more, whatever body names them */
  revoked: Type.Array(Sha256, { maxItems: 500 }),
});
export type Pointer = Static<typeof Pointer>;

/** The pointer as it is sealed by the hub's schedule key. */
export const pointerKind = sealedKind('pointer', 1, Pointer);
