/** What the hub answers: one shape for each thing that people see. */
import { type Static, Type } from 'typebox';
import { Count, DurationMs, Id, Instant, Language, Sha256 } from './ids.ts';
import { BroadcastClass, Chime, PlayerSettings, QuietHours, TimeOfDay } from './plan.ts';
import { problems, REASONS } from './problems.ts';
import { HeardPart, RESULTS, Report } from './report.ts';
import { Status } from './status.ts';
import { Line, Name, Nullable, OneOf, Strict, Words } from './strict.ts';

export const Title = Name(200);
export const PlaceName = Name(120);
export const Text = Words(20_000);
const ProblemView = Strict({
  code: OneOf(Object.keys(problems) as (keyof typeof problems)[]),
  facts: Type.Record(Type.String(), Type.Unknown()),
});

export const Station = Strict({ id: Id, name: PlaceName, timeZone: Line(64) });
export type Station = Static<typeof Station>;

/** A place that hears: a village, a market, a school. */
export const ZONE_KINDS = ['village', 'market', 'school', 'post', 'other'] as const;
export const Zone = Strict({
  id: Id,
  station: Id,
  name: PlaceName,
  kind: OneOf(ZONE_KINDS),
  languages: Type.Array(Language, { minItems: 1, maxItems: 16 }),
  quietHours: Nullable(QuietHours),
  /** enrolled players that stand there */
  players: Count,
});
export type Zone = Static<typeof Zone>;

/** A take, and what was made of it. `rendering` names the sound that is aired. */
export const Recording = Strict({
  id: Id,
  station: Id,
  language: Language,
  name: Title,
  fileName: Line(255),
  state: OneOf(['rendering', 'ready', 'refused'] as const),
  problem: Nullable(ProblemView),
  rendering: Nullable(Sha256),
  sizeBytes: Nullable(Count),
  durationMs: Nullable(DurationMs),
  /** LUFS as recorded, and as decoded from the rendering; true peak of the rendering in dBTP */
  loudness: Nullable(Strict({ beforeLufs: Nullable(Type.Number()), afterLufs: Type.Number(), truePeakDbtp: Type.Number() })),
  by: Strict({ id: Id, name: Line(120) }),
  createdAt: Instant,
});
export type Recording = Static<typeof Recording>;
/** 0–100 for each of up to 1,000 equal stretches of the rendering. */
export const Peaks = Strict({ durationMs: DurationMs, peaks: Type.Array(Type.Integer({ minimum: 0, maximum: 100 }), { maxItems: 1000 }) });
export type Peaks = Static<typeof Peaks>;

export const BulletinPart = Strict({ language: Language, text: Text, recordings: Type.Array(Id, { maxItems: 50 }) });
export type BulletinPart = Static<typeof BulletinPart>;
export const SUBJECTS = ['notice', 'scam', 'drugs', 'border', 'flood', 'health', 'school', 'song', 'tune', 'other'] as const;
export const BULLETIN_STATES = ['draft', 'submitted', 'approved', 'withdrawn'] as const;
/** One item of content in one or more languages. `class` is the highest class it may be aired in. */
export const Bulletin = Strict({
  id: Id,
  station: Id,
  title: Title,
  subject: OneOf(SUBJECTS),
  class: BroadcastClass,
  validUntil: Nullable(Instant),
  parts: Type.Array(BulletinPart, { maxItems: 16 }),
  state: OneOf(BULLETIN_STATES),
  /** rises with every change; sent back with the next one */
  revision: Count,
  durationMs: DurationMs,
  /** all recordings of all parts are ready */
  ready: Type.Boolean(),
  note: Nullable(Text),
  by: Strict({ id: Id, name: Line(120) }),
  approvedBy: Nullable(Strict({ id: Id, name: Line(120), at: Instant })),
  updatedAt: Instant,
});
export type Bulletin = Static<typeof Bulletin>;

export const ProgrammeItem = Type.Union([
  Strict({ kind: Type.Literal('chime'), chime: Chime }),
  Strict({ kind: Type.Literal('bulletin'), bulletin: Id }),
  Strict({ kind: Type.Literal('pause'), durationMs: Type.Integer({ minimum: 100, maximum: 600_000 }) }),
]);
export type ProgrammeItem = Static<typeof ProgrammeItem>;
/** A running order. `approved`: every bulletin in it is approved. */
export const Programme = Strict({
  id: Id,
  station: Id,
  title: Title,
  items: Type.Array(ProgrammeItem, { minItems: 1, maxItems: 100 }),
  revision: Count,
  durationMs: DurationMs,
  approved: Type.Boolean(),
  class: BroadcastClass,
  updatedAt: Instant,
});
export type Programme = Static<typeof Programme>;

const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description: 'YYYY-MM-DD' });
/** When: now, once, or on weekdays (1 Monday … 7 Sunday) at times of day. */
export const When = Type.Union([
  Strict({ kind: Type.Literal('now') }),
  Strict({ kind: Type.Literal('once'), at: Instant }),
  Strict({
    kind: Type.Literal('weekly'),
    weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7, uniqueItems: true }),
    times: Type.Array(TimeOfDay, { minItems: 1, maxItems: 8, uniqueItems: true }),
    from: Day,
    until: Nullable(Day),
  }),
]);
export type When = Static<typeof When>;

/** scheduled: planned · waiting: something in it is not approved · ended: no start is left · cancelled */
export const BROADCAST_STATES = ['scheduled', 'waiting', 'ended', 'cancelled'] as const;
export const Broadcast = Strict({
  id: Id,
  station: Id,
  programme: Id,
  title: Title,
  class: BroadcastClass,
  when: When,
  zones: Type.Array(Id),
  toleranceMs: DurationMs,
  state: OneOf(BROADCAST_STATES),
  /** the next starts, at most ten */
  next: Type.Array(Instant),
  durationMs: DurationMs,
  languages: Type.Array(Language),
  missingLanguages: Type.Array(Language),
  by: Strict({ id: Id, name: Line(120) }),
  createdAt: Instant,
});
export type Broadcast = Static<typeof Broadcast>;

/** planned ○ · ready ◐→● · on-air ▶ · aired ✓ · overridden ⤼ · stopped ■ · missed ✕ · unknown ? (due, and the player has not said) */
export const AIRING_STATES = ['planned', 'ready', 'on-air', 'aired', 'overridden', 'stopped', 'missed', 'unknown'] as const;
export type AiringState = (typeof AIRING_STATES)[number];
export const Airing = Strict({
  id: Id,
  broadcast: Id,
  title: Line(200),
  class: BroadcastClass,
  plannedAt: Instant,
  durationMs: DurationMs,
  player: Strict({ id: Id, name: Line(120) }),
  zone: Strict({ id: Id, name: Line(120) }),
  languages: Type.Array(Language),
  state: OneOf(AIRING_STATES),
  reason: Nullable(OneOf(REASONS)),
  result: Nullable(OneOf(RESULTS)),
  /** of what it needs, what the player holds; null where the hub does not know */
  held: Nullable(Strict({ heldBytes: Count, totalBytes: Count, readyAt: Nullable(Instant) })),
  onAir: Nullable(Strict({ elapsedMs: DurationMs, totalMs: DurationMs, language: Nullable(Language), at: Instant })),
  startedAt: Nullable(Instant),
  endedAt: Nullable(Instant),
  latenessMs: Report.properties.latenessMs,
  parts: Type.Array(HeardPart),
  missingLanguages: Type.Array(Language),
});
export type Airing = Static<typeof Airing>;

export const PLAYER_KINDS = ['cluster', 'cart', 'bridge'] as const;
/** slot: waits for its player to enrol · here · late: said nothing for two intervals · lost: link broken or silent · revoked */
export const PLAYER_STATES = ['slot', 'here', 'late', 'lost', 'revoked'] as const;
export const Player = Strict({
  id: Id,
  station: Id,
  name: PlaceName,
  kind: OneOf(PLAYER_KINDS),
  zones: Type.Array(Id),
  state: OneOf(PLAYER_STATES),
  /** since when it is in that state */
  since: Nullable(Instant),
  volume: PlayerSettings.properties.volume,
  loudestVolume: PlayerSettings.properties.loudestVolume,
  amplifierLeadMs: PlayerSettings.properties.amplifierLeadMs,
  /** its last word; null before the first */
  status: Nullable(Status),
  /** the newest plan's revision, and whether the player follows it */
  plan: Nullable(Strict({ revision: Count, followed: Type.Boolean() })),
  certificateUntil: Nullable(Instant),
});
export type Player = Static<typeof Player>;
/** A one-time code with the command that uses it. */
export const EnrolmentCode = Strict({ code: Line(100), command: Words(2000), expiresAt: Instant });
export type EnrolmentCode = Static<typeof EnrolmentCode>;

/** One line of the stream of changes: what to ask for again. */
export const CHANGE_SUBJECTS = [
  'station',
  'zones',
  'people',
  'recordings',
  'bulletins',
  'programmes',
  'broadcasts',
  'airings',
  'players',
] as const;
export const Change = Strict({ subject: OneOf(CHANGE_SUBJECTS), station: Nullable(Id), id: Nullable(Id) });
export type Change = Static<typeof Change>;

export const ProblemAnswer = Strict({ code: Type.String(), facts: Type.Record(Type.String(), Type.Unknown()), message: Type.String() });
export type ProblemAnswer = Static<typeof ProblemAnswer>;
