import { PACKET_BYTES } from '@tieng-loa/protocol/limits.ts';
import { newSigningKey, seal } from '@tieng-loa/protocol/seal.ts';
import { checked } from '@tieng-loa/protocol/strict.ts';
import { Board, boardKind } from '@tieng-loa/protocol/urgent.ts';
import { expect, test } from 'vitest';
import { boardEndsAt, boardFor } from '../../../hub/schedule/board-for.ts';
import { broadcast, bulletin, commune, idOf, local, recording } from './commune.ts';

const now = local('2026-11-24 12:00');
const pressed = (of: ReturnType<typeof commune>, change: Parameters<typeof broadcast>[1] = {}) =>
  broadcast(of, { when: { kind: 'now' }, startedNowAt: now, createdAt: now, ...change });
const counters = (board: Board) => Object.values(board.lanes).map((lane) => lane.counter);
const stopOf = (one: { id: string }, change: object = {}) => ({
  id: idOf('s'),
  broadcast: one.id,
  plannedAt: now,
  issuedAt: now,
  expiresAt: now + 600_000,
  ...change,
});

test('a board without anything urgent is empty and counts from 0', () => {
  const of = commune();
  const board = boardFor(of.facts, [], null, now);
  expect(checked(Board, board)).toMatchObject({ station: of.facts.station.id, issuedAt: now });
  expect(counters(board)).toEqual([0, 0, 0]);
});

test('an emergency goes to its lane, anything else pressed now to the other; each is whole', () => {
  const of = commune({ bulletin: { class: 'emergency' } });
  const [urgent, routine] = [pressed(of, { class: 'emergency' }), pressed(of)];
  const board = checked(Board, boardFor({ ...of.facts, broadcasts: [urgent, routine] }, [], null, now));
  expect(board.lanes.emergency.orders.map((order) => order.id)).toEqual([urgent.id]);
  expect(board.lanes.priority.orders.map((order) => order.id)).toEqual([routine.id]);
  const [order] = board.lanes.emergency.orders;
  expect(order!.broadcast.starts).toEqual([now]);
  expect(order!.renderings).toHaveLength(2);
  expect(order!.approvals).toHaveLength(1);
  expect(order!.zones).toEqual([of.village]);
  expect(order!.expiresAt).toBeGreaterThan(now + order!.broadcast.toleranceMs + 150_000);
});

test('a lane’s counter rises when that lane changes, and only then; an unchanged board is the same one', () => {
  const of = commune();
  const one = pressed(of);
  const facts = { ...of.facts, broadcasts: [one] };
  const empty = boardFor(of.facts, [], null, now);
  const first = boardFor(facts, [], empty, now + 1);
  expect(counters(first)).toEqual([0, 0, 1]);
  expect(boardFor(facts, [], first, now + 5000)).toBe(first);
  const stopped = boardFor(facts, [stopOf(one)], first, now + 6000);
  expect(counters(stopped)).toEqual([1, 0, 1]);
  const over = boardFor(facts, [stopOf(one)], stopped, boardEndsAt(stopped)! + 3_600_000);
  expect(counters(over)).toEqual([2, 0, 2]);
  expect(over.lanes.priority.orders).toEqual([]);
});

test('what is cancelled, not approved or over leaves its lane', () => {
  const of = commune();
  const on = (change: object, facts = of.facts) =>
    boardFor({ ...facts, broadcasts: [pressed(of, change)] }, [], null, now + 1).lanes.priority.orders;
  expect(on({})).toHaveLength(1);
  expect(on({ cancelledAt: now + 1 })).toEqual([]);
  expect(on({ startedNowAt: now - 3_600_000 })).toEqual([]);
  const withdrawn = { ...of.bulletin, state: 'withdrawn' as const, approval: null };
  expect(on({}, { ...of.facts, bulletins: new Map([[withdrawn.id, withdrawn]]) })).toEqual([]);
});

test('stopping twice is one order, and the latest', () => {
  const of = commune();
  const [first, second] = [stopOf({ id: idOf('b') }), stopOf({ id: '' })];
  const again = { ...second, broadcast: first.broadcast, issuedAt: now + 1 };
  expect(boardFor(of.facts, [again, first], null, now + 2).lanes.silence.orders).toMatchObject([{ id: again.id, zones: null }]);
});

test('a stop of what sounds now never waits behind others', () => {
  const of = commune();
  const coming = Array.from({ length: 20 }, (_, day) =>
    stopOf({ id: idOf('c') }, { plannedAt: now + (day + 1) * 86_400_000, expiresAt: now + 99 * 86_400_000 }),
  );
  const old = Array.from({ length: 20 }, () => stopOf({ id: idOf('o') }, { issuedAt: now - 1000 }));
  const latest = stopOf({ id: idOf('l') });
  const { orders } = boardFor(of.facts, [...coming, latest, ...old], null, now).lanes.silence;
  expect(orders).toHaveLength(16);
  expect(orders.map((order) => order.id)).toContain(latest.id);
});

test('the board stays one message, and an emergency is never what does not fit', () => {
  const of = commune({ bulletin: { class: 'emergency' } });
  const recordings = Array.from({ length: 60 }, () => recording('vi'));
  const long = bulletin(recordings, {
    class: 'emergency',
    parts: recordings.map((one) => ({ language: 'vi', text: '', recordings: [one.id] })),
  });
  const facts = {
    ...of.facts,
    bulletins: new Map([[long.id, long]]),
    recordings: new Map(recordings.map((one) => [one.id, one])),
    programmes: new Map([[of.programme, { id: of.programme, title: '', items: [{ kind: 'bulletin' as const, bulletin: long.id }] }]]),
    broadcasts: [...Array.from({ length: 16 }, () => pressed(of)), pressed(of, { class: 'emergency', startedNowAt: now - 1 })],
  };
  const board = boardFor(facts, [], null, now);
  expect(board.lanes.emergency.orders).toHaveLength(1);
  expect(board.lanes.priority.orders.length).toBeGreaterThan(0);
  const envelope = seal(boardKind, board, newSigningKey().key);
  expect(Buffer.byteLength(JSON.stringify(envelope))).toBeLessThanOrEqual(PACKET_BYTES);
});
