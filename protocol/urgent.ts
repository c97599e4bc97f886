/**
 * The urgent board: what is urgent now in a station, signed once by the hub's urgent key, small and retained.
 * It is state: a player makes it so. Each lane has its own counter, so that none can block another.
 */
import { type Static, Type } from 'typebox';
import { Id, Instant } from './ids.ts';
import { ORDERS } from './limits.ts';
import { Approval, PlannedBroadcast, Rendering } from './plan.ts';
import { sealedKind } from './seal.ts';
import { Nullable, Strict } from './strict.ts';

/** The zones an order is for; null is the whole station. */
const Zones = Nullable(Type.Array(Id, { maxItems: 64 }));
const Counter = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** Stop one airing (`plannedAt` given) or whatever airing of a broadcast is due or sounding until `expiresAt`. */
export const Silence = Strict({ id: Id, broadcast: Id, plannedAt: Nullable(Instant), zones: Zones, issuedAt: Instant, expiresAt: Instant });
export type Silence = Static<typeof Silence>;

/** Air this broadcast, given whole so that it needs no plan body; its `starts` are the repeats. Void after `expiresAt`. */
export const Order = Strict({
  id: Id,
  broadcast: PlannedBroadcast,
  renderings: Type.Array(Rendering, { maxItems: 64 }),
  approvals: Type.Array(Approval, { maxItems: 16 }),
  zones: Zones,
  issuedAt: Instant,
  expiresAt: Instant,
});
export type Order = Static<typeof Order>;

const lane = <S extends typeof Silence | typeof Order>(order: S) =>
  Strict({ counter: Counter, orders: Type.Array(order, { maxItems: ORDERS }) });

export const Board = Strict({
  station: Id,
  epoch: Type.Integer({ minimum: 0, maximum: 2 ** 31 }),
  issuedAt: Instant,
  lanes: Strict({ silence: lane(Silence), emergency: lane(Order), priority: lane(Order) }),
});
export type Board = Static<typeof Board>;
/** The lanes that make sound: `emergency` over everything, `priority` for what was asked for now in another class. */
export const SOUND_LANES = ['emergency', 'priority'] as const;

/** The board as it is sealed by the hub's urgent key. */
export const boardKind = sealedKind('board', 1, Board);
