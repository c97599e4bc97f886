/** The urgent board of a station, derived from what was pressed and stopped; a lane's counter rises only when the lane changes. */
import { ORDERS } from '@tieng-loa/protocol/limits.ts';
import type { Board, Order, Silence } from '@tieng-loa/protocol/urgent.ts';
import type { StationFacts, StopFacts } from './facts.ts';
import { BOARD_BYTES } from './limits.ts';
import { orderFor } from './plan-for.ts';

type Lanes = Board['lanes'];

/**
 * @returns the board at `now`: `previous` itself where nothing in it has changed, so that an unchanged board is not signed again.
 * Orders and stops leave their lane when they expire (see `boardEndsAt`).
 */
export function boardFor(facts: StationFacts, stops: readonly StopFacts[], previous: Board | null, now: number): Board {
  const silence = silenceLane(stops, now);
  const orders = fitting(soundOrders(facts, now), BOARD_BYTES - Buffer.byteLength(JSON.stringify(silence)));
  const lanes: Lanes = {
    silence: lane(previous?.lanes.silence, silence),
    emergency: lane(previous?.lanes.emergency, orders.filter((order) => order.broadcast.class === 'emergency').slice(0, ORDERS)),
    priority: lane(previous?.lanes.priority, orders.filter((order) => order.broadcast.class !== 'emergency').slice(0, ORDERS)),
  };
  if (previous !== null && JSON.stringify(lanes) === JSON.stringify(previous.lanes)) return previous;
  return { station: facts.station.id, epoch: previous?.epoch ?? 0, issuedAt: now, lanes };
}

/** @returns when the next order or stop expires, so that the board must be looked at again; null where there is none. */
export function boardEndsAt(board: Board): number | null {
  const ends = Object.values(board.lanes).flatMap((one) => one.orders.map((order) => order.expiresAt));
  return ends.length > 0 ? Math.min(...ends) : null;
}

function lane<O extends Silence | Order>(
  previous: { counter: number; orders: O[] } | undefined,
  orders: O[],
): { counter: number; orders: O[] } {
  const counter = previous?.counter ?? 0;
  const same = JSON.stringify(orders) === JSON.stringify(previous?.orders ?? []);
  return { counter: same ? counter : counter + 1, orders };
}

/** The latest stop of each airing; where there are too many, what was stopped last stays, then the coming airings that are soonest. */
function silenceLane(stops: readonly StopFacts[], now: number): Silence[] {
  const latest = new Map<string, StopFacts>();
  for (const stop of stops.toSorted((a, b) => a.issuedAt - b.issuedAt || byId(a, b)))
    if (stop.expiresAt > now) latest.set(`${stop.broadcast} ${stop.plannedAt}`, stop);
  const [coming, due] = [true, false].map((later) => [...latest.values()].filter((stop) => (stop.plannedAt ?? 0) > now === later));
  const first = [...due!.reverse(), ...coming!.sort((a, b) => a.plannedAt! - b.plannedAt!)].slice(0, ORDERS);
  return first
    .sort(byId)
    .map(({ id, broadcast, plannedAt, issuedAt, expiresAt }) => ({ id, broadcast, plannedAt, zones: null, issuedAt, expiresAt }));
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

/** Emergencies first, and the newest first: if something must stand back, it is the oldest of the lower class. */
function soundOrders(facts: StationFacts, now: number): Order[] {
  return facts.broadcasts
    .flatMap((broadcast): Order[] => {
      const order = orderFor(facts, broadcast);
      // the broadcast is the order: its id and its press name it, so that the same facts give the same board
      return order === null || order.expiresAt <= now ? [] : [{ id: broadcast.id, ...order, issuedAt: broadcast.startedNowAt! }];
    })
    .sort(
      (a, b) =>
        Number(b.broadcast.class === 'emergency') - Number(a.broadcast.class === 'emergency') || b.issuedAt - a.issuedAt || byId(a, b),
    );
}

/** The board travels as one packet: orders are taken while they fit. */
function fitting(orders: readonly Order[], bytes: number): Order[] {
  let left = bytes;
  return orders.filter((order) => {
    const size = Buffer.byteLength(JSON.stringify(order)) + 1;
    if (size > left) return false;
    left -= size;
    return true;
  });
}
