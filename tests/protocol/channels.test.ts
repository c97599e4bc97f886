import { type ChannelName, channelOf, channels, decode, encode, topicOf } from '@tieng-loa/protocol/channels.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { problems } from '@tieng-loa/protocol/problems.ts';
import { problemSentences, worded } from '@tieng-loa/protocol/sentences.ts';
import { expect, test } from 'vitest';

test('each topic leads back to its channel and its ids, and no other topic does', () => {
  const address = { player: newId(), station: newId() };
  for (const name of Object.keys(channels) as ChannelName[]) {
    const found = channelOf(topicOf(name, address));
    expect(found?.name).toBe(name);
    for (const [key, id] of Object.entries(found!.address)) expect(id).toBe(address[key as 'player']);
    expect(channelOf(`${topicOf(name, address)}/x`)).toBeNull();
  }
  expect(topicOf('report', {})).toBe('tl/player/+/up/report');
});

test('a message with an added key, a missing key or too many bytes is refused', () => {
  const good = { player: newId(), boot: newId(), online: true };
  expect(decode('presence', encode('presence', good))).toEqual(good);
  for (const bad of [{ ...good, extra: 1 }, { player: good.player }, { ...good, online: 'yes' }]) {
    expect(() => decode('presence', Buffer.from(JSON.stringify(bad)))).toThrow(/bad-document/);
  }
  expect(() => decode('presence', Buffer.alloc(70_000, 32))).toThrow(/size/);
});

test('a block arrives as it was sent', () => {
  const block = { sha256: 'ab'.repeat(32), index: 7, bytes: Buffer.from('sound') };
  const back = decode('block', encode('block', block));
  expect({ ...back, bytes: Buffer.from(back.bytes).toString() }).toEqual({ ...block, bytes: 'sound' });
});

test('every problem has a sentence in Vietnamese and in English, and no fact is left as a brace', () => {
  for (const code of Object.keys(problems) as (keyof typeof problems)[]) {
    for (const tongue of ['vi', 'en'] as const) expect(worded(problemSentences[code], tongue, {})).not.toMatch(/[{}]|^$/);
  }
});
