/** The parts that decide without a wire. */
import { mayPublish, readableBy } from '@tieng-loa/hub/players/access.ts';
import { batches } from '@tieng-loa/hub/players/batches.ts';
import { packetGuard } from '@tieng-loa/hub/players/packets.ts';
import { reachOfPlayers } from '@tieng-loa/hub/players/reach.ts';
import { type ChannelName, channels, topicOf } from '@tieng-loa/protocol/channels.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { expect, test } from 'vitest';

const player = { end: 'player', player: newId(), station: newId() } as const;
const stranger = { player: newId(), station: newId() };

test.each(Object.keys(channels) as ChannelName[])('%s: only the end that it comes from may say it, only as the table says', (name) => {
  const { from, qos, retain } = channels[name];
  const said = (address: object, differs = {}) => ({ topic: topicOf(name, address), qos, retain, payload: Buffer.from('x'), ...differs });
  expect(mayPublish(player, said(player))).toBe(from === 'player');
  expect(mayPublish({ end: 'hub' }, said(player))).toBe(from === 'hub');
  expect(mayPublish(player, said(stranger))).toBe(false);
  expect(mayPublish(player, said(player, { retain: !retain }))).toBe(false);
  expect(mayPublish(player, said(player, { qos: 2 }))).toBe(false);
  expect(mayPublish(player, said({}))).toBe(false);
  expect(readableBy(player).has(topicOf(name, player))).toBe(from === 'hub');
  expect(readableBy({ end: 'hub' }).has(topicOf(name, {}))).toBe(from === 'player');
});

/** A packet of MQTT with a body of so many bytes. */
function packet(length: number): Buffer {
  const head = [0x30];
  for (let left = length; ; ) {
    head.push((left % 128) | (left >= 128 ? 0x80 : 0));
    left = Math.floor(left / 128);
    if (left === 0) return Buffer.concat([Buffer.from(head), Buffer.alloc(length)]);
  }
}

test.each([1, 2, 3, 7, 1000, 100_000])('packets up to the limit pass in pieces of %i bytes, the first beyond does not', (size) => {
  const passes = (stream: Buffer): boolean => {
    const fits = packetGuard(20_000);
    for (let at = 0; at < stream.length; at += size) if (!fits(stream.subarray(at, at + size))) return false;
    return true;
  };
  const good = [0, 1, 127, 128, 16_383, 16_384, 20_000, 0].map(packet);
  expect(passes(Buffer.concat(good))).toBe(true);
  expect(passes(Buffer.concat([...good, packet(20_001).subarray(0, 4)]))).toBe(false);
  // a length that never ends
  expect(passes(Buffer.concat([packet(5), Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80, 0x80])]))).toBe(false);
});

test('a player may pull its own body, what that names and what its station’s board names, and nothing after it is forgotten', () => {
  const reach = reachOfPlayers();
  reach.shelve('body', ['a']);
  reach.shelve('other', ['b']);
  reach.point('p', 's', 'body');
  reach.point('q', 's', 'body');
  reach.board('s', ['urgent']);
  reach.board('t', ['elsewhere']);
  expect(['body', 'a', 'urgent', 'other', 'b', 'elsewhere'].map((name) => reach.kindOf('p', name))).toEqual([
    ...['body', 'rendering', 'rendering', null, null, null],
  ]);
  reach.point('p', 's', 'other');
  expect([reach.kindOf('p', 'a'), reach.kindOf('p', 'b'), reach.kindOf('q', 'a')]).toEqual([null, 'rendering', 'rendering']);
  reach.forget('q');
  expect(reach.kindOf('q', 'body')).toBeNull();
});

/** A clock that stands still until it is told to go on. */
function handClock() {
  const due: (() => void)[] = [];
  const clock = {
    now: () => 0,
    monotonic: () => 0,
    after: (_: number, act: () => void) => {
      due.push(act);
      return () => void due.splice(due.indexOf(act), 1);
    },
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    clock,
    goOn: () =>
      settle()
        .then(() => due.shift()?.())
        .then(settle),
  };
}
const log = { info: () => {}, warn: () => {}, error: () => {} };

test('what could not be written is written later, unless something newer of its name came meanwhile', async () => {
  const { clock, goOn } = handClock();
  const written: string[][] = [];
  let fails = true;
  const write = async (things: string[]): Promise<void> => {
    if (fails) throw new Error('the disk is full');
    written.push(things);
  };
  const held = batches({ afterMs: 1, most: 10, waiting: 2, write, clock, log });
  expect([held.add('a', 'old'), held.add('b', 'b'), held.add('c', 'c')]).toEqual([true, true, false]);
  await goOn();
  expect(held.add('a', 'new')).toBe(true);
  fails = false;
  await goOn();
  expect(written.flat().sort()).toEqual(['b', 'new']);
});

test('one thing that the store does not take holds up no other, and is given up after a few tries', async () => {
  const { clock, goOn } = handClock();
  const written: string[] = [];
  const givenUp: string[] = [];
  const write = async (things: string[]): Promise<void> => {
    if (things.includes('bad')) throw new Error('the store does not take it');
    written.push(...things);
  };
  const giveUp = async (thing: string): Promise<void> => void givenUp.push(thing);
  const held = batches({ afterMs: 1, most: 10, waiting: 20, write, giveUp, clock, log });
  for (const thing of ['bad', 'a', 'b']) held.add(thing, thing);
  await goOn();
  expect([written, givenUp]).toEqual([['a', 'b'], []]);
  for (const next of ['c', 'd', 'e', 'f']) {
    held.add(next, next);
    await goOn();
  }
  expect([written, givenUp]).toEqual([['a', 'b', 'c', 'd', 'e', 'f'], ['bad']]);
});

test('a store that is down makes nobody give up, however often it is tried', async () => {
  const { clock, goOn } = handClock();
  let down = true;
  const written: string[] = [];
  const givenUp: string[] = [];
  const write = async (things: string[]): Promise<void> => {
    if (down) throw new Error('nobody answers');
    written.push(...things);
  };
  const giveUp = async (thing: string): Promise<void> => void givenUp.push(thing);
  const held = batches({ afterMs: 1, most: 10, waiting: 20, write, giveUp, clock, log });
  for (const thing of ['a', 'b', 'c', 'd', 'e']) held.add(thing, thing);
  for (let round = 0; round < 10; round += 1) await goOn();
  down = false;
  await goOn();
  expect([written.sort(), givenUp]).toEqual([['a', 'b', 'c', 'd', 'e'], []]);
});

test('closing writes what still waits, and gives up where the store does not take it', async () => {
  const { clock } = handClock();
  const written: number[] = [];
  const good = batches<number>({ afterMs: 1, most: 2, waiting: 9, write: async (things) => void written.push(...things), clock, log });
  for (let at = 0; at < 5; at += 1) good.add(`${at}`, at);
  await good.close();
  expect(written).toEqual([0, 1, 2, 3, 4]);
  expect(good.add('late', 9)).toBe(false);
  const bad = batches({ afterMs: 1, most: 2, waiting: 9, write: () => Promise.reject(new Error('gone')), clock, log });
  bad.add('a', 1);
  await bad.close();
});
