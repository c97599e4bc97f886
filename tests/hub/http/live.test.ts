import { STREAMS_PER_SESSION } from '@tieng-loa/hub/limits.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenStore, openStore } from '../stores.ts';
import { type Door, openDoor, type Visitor } from './door.ts';

let store: OpenStore;
let door: Door;
let station: string;
beforeAll(async () => {
  store = await openStore('sqlite');
  door = await openDoor(store.database);
  station = await door.station();
});
afterAll(async () => {
  await door.close();
  await store.close();
});

/** Opens a stream; `next` gives its next piece of text, null once it has ended. */
async function listen(visitor: Visitor, at = station) {
  const stop = new AbortController();
  const answer = await door.ask(visitor, `GET /api/stations/${at}/live`, { signal: stop.signal });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  const next = async () => {
    const { value, done } = await reader.read();
    return done ? null : value;
  };
  return { status: answer.status, headers: answer.headers, next, stop: () => stop.abort() };
}

test('a stream tells what changed in its station, and nothing of another', async () => {
  const elsewhere = await door.station('xã Nà Hỳ');
  const stream = await listen(await door.visitor('auditor', station));
  expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  expect(stream.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await stream.next()).toMatch(/^retry: \d+\n\n$/);
  const change = { subject: 'airings', station, id: newId() } as const;
  door.changes.tell({ subject: 'players', station: elsewhere, id: null });
  door.changes.tell(change);
  expect(await stream.next()).toBe(`data: ${JSON.stringify(change)}\n\n`);
  stream.stop();
});

test('a stream ends with its session', async () => {
  const visitor = await door.visitor('auditor', station);
  const stream = await listen(visitor);
  await stream.next();
  await door.sessions.endAllOf(visitor.person);
  expect(await stream.next()).toBeNull();
});

test('a stream ends when the person loses the station', async () => {
  const visitor = await door.visitor('auditor', station);
  const stream = await listen(visitor);
  await stream.next();
  await store.database.deleteFrom('grants').where('person', '=', visitor.person).execute();
  door.changes.tell({ subject: 'people', station: null, id: visitor.person });
  let text = await stream.next();
  while (text !== null) text = await stream.next();
  expect(text).toBeNull();
});

test('a session has only so many streams, and gets a place back when one closes', async () => {
  const visitor = await door.visitor('auditor', station);
  const streams = [];
  for (let i = 0; i < STREAMS_PER_SESSION; i += 1) streams.push(await listen(visitor));
  expect((await door.ask(visitor, `GET /api/stations/${station}/live`)).status).toBe(429);
  streams[0]!.stop();
  await expect
    .poll(async () => {
      const stream = await listen(visitor);
      stream.stop();
      return stream.status;
    })
    .toBe(200);
  for (const stream of streams) stream.stop();
});

test('closing the hub ends its streams at once', async () => {
  const other = await openDoor(store.database);
  const visitor = await other.visitor('auditor', station);
  const answer = await other.ask(visitor, `GET /api/stations/${station}/live`);
  const begun = performance.now();
  await other.close();
  await answer.text();
  expect(performance.now() - begun).toBeLessThan(1000);
});
