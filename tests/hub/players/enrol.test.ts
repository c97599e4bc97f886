/** One-time codes: what they are worth, to whom, how often, how long. */
import { X509Certificate } from 'node:crypto';
import type { Clock } from '@tieng-loa/hub/clock.ts';
import { systemClock } from '@tieng-loa/hub/clock.ts';
import { newCode, storedCode } from '@tieng-loa/hub/players/codes.ts';
import { newId, sha256 } from '@tieng-loa/protocol/ids.ts';
import { DAY, HOUR } from '@tieng-loa/protocol/limits.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PlayerKeys, playerKeys } from './support/crypto.ts';
import { openWorld, settled, type World } from './support/world.ts';

let world: World;
let aheadMs = 0;
/** The system's clock, which a test may set ahead. */
const clock: Clock = { ...systemClock, now: () => systemClock.now() + aheadMs };

beforeAll(async () => {
  world = await openWorld({ clock });
});
afterAll(() => world.close());

const outcome = async (code: string, keys: PlayerKeys): Promise<string> => {
  try {
    await world.enrol(code, keys);
    return 'enrolled';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
};
/** The same code with its last character changed: a wrong code for the same slot. */
const misread = (code: string): string => {
  const [secret, pin] = code.split('.') as [string, string];
  return `${secret.slice(0, -1)}${secret.endsWith('7') ? '8' : '7'}.${pin}`;
};

test('a code turns a request into a certificate in the player’s name, by the authority that the code pins', async () => {
  const player = await world.makePlayer();
  const code = await world.codeFor(player);
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}\.[\w-]{22}$/);
  const answer = (await world.enrol(code, await playerKeys())) as {
    certificate: string;
    authority: string;
    player: string;
    brokerPort: number;
  };
  const certificate = new X509Certificate(answer.certificate);
  const authority = new X509Certificate(answer.authority);
  expect(certificate.subject).toBe(`CN=${player}`);
  expect(certificate.checkIssued(authority)).toBe(true);
  expect(certificate.ca).toBe(false);
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
  expect(code.split('.')[1]).toBe(Buffer.from(sha256(authority.raw), 'hex').subarray(0, 16).toString('base64url'));
  expect(answer.brokerPort).toBe(world.room.address.port);
  const row = await world.database.selectFrom('players').selectAll().where('id', '=', player).executeTakeFirstOrThrow();
  expect(row.certificate).toBe(sha256(certificate.raw));
  expect(row.certificateUntil! - clock.now()).toBeGreaterThan(364 * DAY);
});

test('a code is good once, and a person may write it small, with spaces, or with O for 0', async () => {
  const code = await world.codeFor(await world.makePlayer());
  const [secret, pin] = code.split('.') as [string, string];
  expect(
    await outcome(`${secret.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}.${pin}`, await playerKeys()),
  ).toBe('enrolled');
  expect(await outcome(code, await playerKeys())).toBe('code-spent');
});

test('of two players that use one code at the same time, one gets in', async () => {
  const code = await world.codeFor(await world.makePlayer());
  const outcomes = await Promise.all([outcome(code, await playerKeys()), outcome(code, await playerKeys())]);
  expect(outcomes.sort()).toEqual(['code-spent', 'enrolled']);
});

test('every wrong code is answered alike, whether a slot has it or not', async () => {
  const code = await world.codeFor(await world.makePlayer());
  const keys = await playerKeys();
  for (const wrong of [misread(code), newCode(world.authority.pin), 'x', '', '%%%%-%%%%-%%%%%.x', `${code}x`.replace('.', 'A.')])
    expect(await outcome(wrong, keys)).toBe('code-wrong');
  expect(await outcome(code, keys)).toBe('enrolled');
});

test('after five wrong tries the right code is void; a new one is not', async () => {
  const player = await world.makePlayer();
  const code = await world.codeFor(player);
  const keys = await playerKeys();
  for (let tries = 0; tries < 5; tries += 1) expect(await outcome(misread(code), keys)).toBe('code-wrong');
  expect(await outcome(code, keys)).toBe('code-spent');
  expect(await outcome(await world.codeFor(player), keys)).toBe('enrolled');
});

test('a code ends after 72 hours, and when a newer one is made', async () => {
  const player = await world.makePlayer();
  const keys = await playerKeys();
  const first = await world.codeFor(player);
  const second = await world.codeFor(player);
  expect(await outcome(first, keys)).toBe('code-wrong');
  aheadMs = 72 * HOUR;
  expect(await outcome(second, keys)).toBe('code-spent');
  aheadMs = 0;
});

test('a bad request or a bad key is refused by name and does not use the code up', async () => {
  const code = await world.codeFor(await world.makePlayer());
  const keys = await playerKeys();
  const other = await playerKeys();
  const der = Buffer.from(keys.csr.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  // a request whose signature is another key's proves nothing
  der[der.length - 3]! ^= 1;
  const unproven = `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----`;
  for (const csr of ['', 'nonsense', unproven, world.authority.certificate])
    expect(await outcome(code, { ...keys, csr })).toBe('bad-input');
  const smallOrder = Buffer.alloc(32).toString('base64url');
  for (const publicKey of ['', 'AAAA', smallOrder, Buffer.from('01'.padEnd(64, '0'), 'hex').toString('base64url')])
    expect(await outcome(code, { ...keys, sealKey: { ...other.sealKey, publicKey } })).toBe('bad-key');
  expect(await outcome(code, keys)).toBe('enrolled');
});

test('enrolling anew puts the old certificate off the list and ends its session', async () => {
  const who = await world.enrolled();
  const client = world.connect(who);
  expect(await settled(client)).toBe('connected');
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  const keys = await playerKeys();
  const { certificate } = await world.enrol(await world.codeFor(who.player), keys);
  await closed;
  expect(await settled(world.connect(who))).toMatch(/Not authorized/);
  const anew = world.connect({ ...who, ...keys, certificate });
  expect(await settled(anew)).toBe('connected');
  await anew.endAsync(true);
});

test('a revoked player gets no code, and the code it had is void', async () => {
  const player = await world.makePlayer();
  const code = await world.codeFor(player);
  await world.room.handlers['DELETE /api/players/:player']({ ...world.asked, params: { player } } as never);
  expect(await outcome(code, await playerKeys())).toBe('code-wrong');
  await expect(world.codeFor(player)).rejects.toThrow(/wrong-state/);
});

test('players are put once, in places of their own station only, and are seen with what they are', async () => {
  const player = newId();
  const { handlers } = world.room;
  const put = (body: object, station = world.station): Promise<unknown> =>
    handlers['PUT /api/stations/:station/players/:player']({ ...world.asked, station, params: { station, player }, body } as never);
  const good = {
    name: 'Loa kéo',
    kind: 'cart',
    zones: [world.zones[1], world.zones[0]],
    volume: 50,
    loudestVolume: 70,
    amplifierLeadMs: 500,
  };
  await expect(put({ ...good, zones: [newId()] })).rejects.toThrow(/zones/);
  await expect(put({ ...good, volume: 80 })).rejects.toThrow(/volume/);
  await put(good);
  expect(await put(good)).toMatchObject({ id: player, state: 'slot', since: null, zones: good.zones, status: null, plan: null });
  await expect(put(good, newId())).rejects.toThrow(/not-found/);
  const all = await handlers['GET /api/stations/:station/players']({ ...world.asked, params: { station: world.station } } as never);
  expect((all as { id: string }[]).filter(({ id }) => id === player)).toHaveLength(1);
});

test('what is stored of a code does not tell the code', () => {
  const code = newCode('ab'.repeat(32), Buffer.alloc(8, 0xff));
  expect(code.split('.')[0]).toBe('ZZZZ-ZZZZ-ZZZZY');
  expect(storedCode(code)!.stored).not.toContain('ZZZZY');
});
