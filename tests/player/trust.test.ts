import { judgeBoard, judgeBody, judgePointer, judgeReceipt } from '@tieng-loa/player/trust.ts';
import { newId, sha256 } from '@tieng-loa/protocol/ids.ts';
import { DAY } from '@tieng-loa/protocol/limits.ts';
import { type Body, type Pointer, pointerKind } from '@tieng-loa/protocol/plan.ts';
import { receiptKind } from '@tieng-loa/protocol/report.ts';
import { type Envelope, newSigningKey, seal, trustedKeys } from '@tieng-loa/protocol/seal.ts';
import { type Board, boardKind } from '@tieng-loa/protocol/urgent.ts';
import { expect, test } from 'vitest';
import { bodyOf, broadcastOf, bulletinOf, soundOf } from './support/bodies.ts';
import { SETTINGS } from './support/desk.ts';

const schedule = newSigningKey().key;
const urgent = newSigningKey().key;
const stranger = newSigningKey().key;
const who = {
  player: newId(),
  station: newId(),
  scheduleKeys: trustedKeys(schedule.publicKey),
  urgentKeys: trustedKeys(urgent.publicKey),
};
const now = Date.parse('2026-11-24T06:00:00+07:00');
const time = { now, usable: true };
const bulletin = bulletinOf({ vi: soundOf(1000) });
const body = bodyOf(who.station, [broadcastOf([bulletin], [now])], [bulletin]);
const bytesOf = (one: Body): Buffer => Buffer.from(JSON.stringify(one));
const bodyNamed = (one: Body) => ({ sha256: sha256(bytesOf(one)), sizeBytes: bytesOf(one).length });

const pointer = (change: Partial<Pointer> = {}): Pointer => ({
  station: who.station,
  player: who.player,
  epoch: 1,
  revision: 5,
  previous: null,
  issuedAt: now,
  softExpiresAt: now + 7 * DAY,
  hardExpiresAt: now + 45 * DAY,
  settings: SETTINGS,
  body: bodyNamed(body),
  revoked: [],
  ...change,
});
const sealed = (change: Partial<Pointer> = {}, key = schedule): Envelope => seal(pointerKind, pointer(change), key);
const hashOf = (envelope: Envelope): string => sha256(Buffer.from(envelope.payload, 'base64'));
const first = sealed();
const held = { pointer: pointer(), sha256: hashOf(first) };

test.for<[string, Envelope, object]>([
  ['the next revision after the one held is taken', sealed({ revision: 6, previous: held.sha256 }), { take: expect.anything() }],
  ['revisions may be skipped', sealed({ revision: 9 }), { take: expect.anything() }],
  ['the very same pointer changes nothing', first, { same: true }],
  ['another pointer of the same revision is a fork', sealed({ softExpiresAt: now + 8 * DAY }), { refuse: 'FORK' }],
  ['so is a next one that follows another', sealed({ revision: 6, previous: sha256('another') }), { refuse: 'FORK' }],
  ['an older one is refused', sealed({ revision: 4 }), { refuse: 'ROLLBACK' }],
  ['a newer one of an older epoch too', sealed({ revision: 99, epoch: 0 }), { refuse: 'ROLLBACK' }],
  ['trust may begin anew with a higher epoch', sealed({ revision: 1, epoch: 2 }), { take: expect.anything() }],
  ['another player’s is refused', sealed({ revision: 6, player: newId() }), { refuse: 'AUDIENCE' }],
  ['another station’s is refused', sealed({ revision: 6, station: newId() }), { refuse: 'AUDIENCE' }],
  ['a stranger’s seal is refused', sealed({ revision: 6 }, stranger), { refuse: 'SIGNATURE' }],
  ['the urgent key seals no plan', sealed({ revision: 6 }, urgent), { refuse: 'SIGNATURE' }],
  ['one that has run out is refused', sealed({ revision: 6, previous: held.sha256, hardExpiresAt: now }), { refuse: 'TIME' }],
  [
    'so is one that was held back until it ran out',
    sealed({ revision: 6, previous: held.sha256, issuedAt: now - 46 * DAY, hardExpiresAt: now - DAY }),
    { refuse: 'FREEZE' },
  ],
])('pointer: %s', ([, envelope, verdict]) => {
  expect(judgePointer(envelope, who, held, time)).toEqual(verdict);
});

test('a changed byte anywhere in a sealed pointer is refused', () => {
  const good = sealed({ revision: 6 });
  const payload = Buffer.from(good.payload, 'base64');
  for (let at = 0; at < payload.length; at += 7) {
    const changed = Buffer.from(payload);
    changed[at]! ^= 1;
    expect(judgePointer({ ...good, payload: changed.toString('base64') }, who, null, time)).toEqual({ refuse: 'SIGNATURE' });
  }
});

test('a body is taken only when it is the one that was named, of this station, and names no audio that it does not list', () => {
  const good = bytesOf(body);
  expect(judgeBody(good, pointer())).toEqual({ take: body });
  expect(judgeBody(good.subarray(1), pointer())).toEqual({ refuse: 'SIZE' });
  expect(judgeBody(Buffer.concat([good.subarray(0, -1), Buffer.from(' ')]), pointer())).toEqual({ refuse: 'SIZE' });
  const named = (one: Body, bytes = bytesOf(one)) =>
    judgeBody(bytes, pointer({ body: { sha256: sha256(bytes), sizeBytes: bytes.length } }));
  expect(named({ ...body, station: newId() })).toEqual({ refuse: 'AUDIENCE' });
  expect(named({ ...body, renderings: [] })).toEqual({ refuse: 'AUDIO' });
  expect(named(body, Buffer.from(JSON.stringify({ ...body, added: 1 })))).toEqual({ refuse: 'FORM' });
  expect(named(body, Buffer.from('{"station":'))).toEqual({ refuse: 'FORM' });
});

const lanes = (counters: [number, number, number]): Board['lanes'] => ({
  silence: { counter: counters[0], orders: [] },
  emergency: { counter: counters[1], orders: [] },
  priority: { counter: counters[2], orders: [] },
});
const boardOf = (counters: [number, number, number], change: Partial<Board> = {}, key = urgent): Envelope =>
  seal(boardKind, { station: who.station, epoch: 1, issuedAt: now, lanes: lanes(counters), ...change }, key);
const heldBoard: Board = { station: who.station, epoch: 1, issuedAt: now, lanes: lanes([5, 5, 5]) };
const countersOf = (board: Board | undefined) => board && Object.values(board.lanes).map(({ counter }) => counter);

test('a lane of the board changes only when its counter rises, and no lane holds another back', () => {
  const judged = (envelope: Envelope) => {
    const { take, refuse } = judgeBoard(envelope, who, heldBoard);
    return { counters: countersOf(take), refuse };
  };
  expect(judged(boardOf([6, 5, 5]))).toEqual({ counters: [6, 5, 5], refuse: undefined });
  expect(judged(boardOf([6, 4, 5]))).toEqual({ counters: [6, 5, 5], refuse: 'ROLLBACK' });
  expect(judged(boardOf([5, 5, 5]))).toEqual({ counters: undefined, refuse: undefined });
  expect(judged(boardOf([4, 4, 4]))).toEqual({ counters: undefined, refuse: 'ROLLBACK' });
  expect(judged(boardOf([1, 1, 1], { epoch: 2 }))).toEqual({ counters: [1, 1, 1], refuse: undefined });
  expect(judged(boardOf([9, 9, 9], { epoch: 0 }))).toEqual({ counters: undefined, refuse: 'ROLLBACK' });
  expect(judged(boardOf([9, 9, 9], { station: newId() }))).toEqual({ counters: undefined, refuse: 'AUDIENCE' });
  expect(judged(boardOf([9, 9, 9], {}, schedule))).toEqual({ counters: undefined, refuse: 'SIGNATURE' });
  const same = { ...lanes([5, 5, 5]), silence: { counter: 5, orders: [stop()] } };
  expect(judged(boardOf([5, 5, 5], { lanes: same }))).toEqual({ counters: undefined, refuse: 'FORK' });
});
const stop = () => ({ id: newId(), broadcast: newId(), plannedAt: null, zones: null, issuedAt: now, expiresAt: now + 1000 });

test('only the hub can make a player forget a report, and only this player', () => {
  const receipt = { player: who.player, accepted: [newId()], refused: [] };
  expect(judgeReceipt(seal(receiptKind, receipt, schedule), who)).toEqual({ take: receipt });
  expect(judgeReceipt(seal(receiptKind, receipt, stranger), who)).toEqual({ refuse: 'SIGNATURE' });
  expect(judgeReceipt(seal(receiptKind, { ...receipt, player: newId() }, schedule), who)).toEqual({ refuse: 'AUDIENCE' });
});
