import { execFile } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock as hubClock } from '@tieng-loa/hub/clock.ts';
import { type Authority, openAuthority } from '@tieng-loa/hub/players/authority.ts';
import { systemClock } from '@tieng-loa/player/clock.ts';
import { readSettings } from '@tieng-loa/player/config.ts';
import { localDisk } from '@tieng-loa/player/disk.ts';
import { enrol } from '@tieng-loa/player/enrol.ts';
import { readIdentity } from '@tieng-loa/player/identity.ts';
import { pinOf } from '@tieng-loa/player/pinned.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { newSigningKey } from '@tieng-loa/protocol/seal.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder = '';
let authority: Authority;
let other: Authority;
let opened: AsyncDisposableStack;
beforeEach(async () => {
  opened = new AsyncDisposableStack();
  folder = await mkdtemp(join(tmpdir(), 'tl-enrol-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  authority = await openAuthority({ folder: join(folder, 'hub'), clock: hubClock });
  other = await openAuthority({ folder: join(folder, 'other'), clock: hubClock });
});
afterEach(() => opened.disposeAsync());

interface Asked {
  code: string;
  csr: string;
  sealKey: string;
}
/** A hub that signs whatever is asked, over HTTPS by `shown`, and says that `said` is its authority. */
async function hub({ shown, said = shown, status = 200 }: { shown: Authority | null; said?: Authority | null; status?: number }) {
  const asked: Asked[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = JSON.parse(Buffer.concat(pieces).toString()) as Asked;
    asked.push(body);
    const player = newId();
    const problem = { code: 'code-spent', facts: {}, message: 'Mã ghi danh đã dùng rồi.' };
    const enrolled = {
      player,
      station: newId(),
      name: 'bản Nậm Chẩn',
      certificate: (await authority.clientCertificate(body.csr, player)).pem,
      authority: (said ?? authority).certificate,
      brokerPort: 8883,
      brokerHost: null,
      scheduleKey: newSigningKey().key.publicKey,
      urgentKey: newSigningKey().key.publicKey,
    };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(status === 200 ? enrolled : problem));
  };
  const server = shown ? createHttps(await shown.serverCertificate([]), answer) : createHttp(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.defer(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, url: `${shown ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
const codeOf = (pinned: Authority): string => `ABCD-EFGH-JKMN.${pinOf(pinned.certificate)}`;
const data = () => join(folder, 'player');
const enrolAt = (url: string, code: string) =>
  enrol({ hub: url, code, folder: data(), clock: systemClock, disk: localDisk(), tongue: 'vi' });
const kept = async (): Promise<string[]> => readdir(data()).catch(() => []);

test('a player enrols over HTTPS that only its code’s pin vouches for; its keys are its own and readable by it alone', async () => {
  const { url, asked } = await hub({ shown: authority });
  const identity = await enrolAt(url, codeOf(authority));
  expect(await readIdentity(data())).toEqual(identity);
  expect(identity).toMatchObject({ name: 'bản Nậm Chẩn', brokerHost: '127.0.0.1', brokerPort: 8883 });
  const certificate = new X509Certificate(identity.certificate);
  expect(certificate.checkPrivateKey(createPrivateKey(identity.tlsKey))).toBe(true);
  expect(JSON.stringify(asked)).not.toContain('PRIVATE');
  expect((await stat(join(data(), 'identity.json'))).mode & 0o777).toBe(0o600);
});

test('another hub is told nothing, not even the code, and nothing is kept', async () => {
  const { url, asked } = await hub({ shown: other });
  await expect(enrolAt(url, codeOf(authority))).rejects.toMatchObject({ code: 'unreachable' });
  expect(asked).toEqual([]);
  expect(await kept()).toEqual([]);
});

test('an answer that names another authority is refused, and nothing is kept', async () => {
  const { url } = await hub({ shown: authority, said: other });
  await expect(enrolAt(url, codeOf(authority))).rejects.toMatchObject({ code: 'bad-seal' });
  expect(await kept()).toEqual([]);
});

test('plain HTTP is for a hub on this very machine', async () => {
  await expect(enrolAt('http://192.0.2.1:8080', codeOf(authority))).rejects.toMatchObject({ cause: { why: 'plain' } });
});

const ROOT = join(import.meta.dirname, '../..');
/** Runs the program as a technician does. */
const program = (language: string, ...args: string[]): Promise<{ code: number; text: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, TIENGLOA_LANG: language };
    const given = ['--disable-warning=ExperimentalWarning', join(ROOT, 'player/main.ts'), '--data', data(), ...args];
    execFile(process.execPath, given, { env, timeout: 50_000 }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, text: out + err }),
    );
  });

test('the terminal says what to do: not enrolled, a spent code, a hub out of reach, wrong arguments', { timeout: 100_000 }, async () => {
  const { url } = await hub({ shown: null, status: 410 });
  const code = codeOf(authority);
  const [none, spent, gone, wrong] = await Promise.all([
    program('vi'),
    program('vi', '--hub', url, '--code', code),
    program('en', '--hub', 'http://127.0.0.1:9', '--code', code),
    program('en', '--hub', 'ftp://x', '--audio', 'loud'),
  ]);
  expect([none, spent, gone, wrong].map((one) => one!.code)).toEqual([1, 1, 1, 1]);
  expect(none!.text).toContain('chưa ghi danh');
  expect(spent!.text).toContain('lấy mã mới');
  expect(gone!.text).toContain('the code is still good');
  expect(wrong!.text).toMatch(/--hub = “ftp:\/\/x”[\s\S]*--hub and --code[\s\S]*--audio = “loud”/);
  expect((await kept()).filter((name) => name.startsWith('identity'))).toEqual([]);
});

test('an address that is not right is told by its own sentence, in both languages', { timeout: 100_000 }, async () => {
  const plain = (await hub({ shown: null })).url.replace('http:', 'https:');
  const { url: strange } = await hub({ shown: other });
  const code = codeOf(authority);
  const said = await Promise.all([
    program('en', '--hub', 'http://192.0.2.1:8080', '--code', code),
    program('vi', '--hub', 'http://192.0.2.1:8080', '--code', code),
    program('en', '--hub', plain, '--code', code),
    program('vi', '--hub', plain, '--code', code),
    program('en', '--hub', strange, '--code', code),
    program('vi', '--hub', strange, '--code', code),
    program('en', '--hub', 'http://127.0.0.1:9', '--code', code),
  ]);
  const lines = said.map(({ text }) => text.trim().split('\n').at(-1));
  for (const [at, words] of [
    /Use https;/,
    /Hãy dùng https/,
    /does not speak https/,
    /không dùng https/,
    /neither publicly trusted/,
    /không được tin cậy/,
    /^http:\/\/127.0.0.1:9 cannot be reached \(connect ECONNREFUSED 127.0.0.1:9\)\. Check/,
  ].entries())
    expect(lines[at]).toMatch(words);
});

test('the player speaks as the set-up does: English unless the terminal is Vietnamese, what is empty counts as not set', () => {
  const tongue = (environment: NodeJS.ProcessEnv) => readSettings([], environment).tongue;
  expect([{}, { LANG: 'C.UTF-8' }, { LANG: 'en_US.UTF-8' }, { LANG: 'vi_VN.UTF-8', TIENGLOA_LANG: 'en' }].map(tongue)).toEqual(
    Array(4).fill('en'),
  );
  expect(
    [{ LANG: 'vi_VN.UTF-8' }, { LANG: 'vi_VN', TIENGLOA_LANG: '', LC_ALL: '' }, { LANG: 'C', TIENGLOA_LANG: 'vi' }].map(tongue),
  ).toEqual(Array(3).fill('vi'));
});

test('a damaged identity is named, with what to do', { timeout: 60_000 }, async () => {
  await localDisk().replace(join(data(), 'identity.json'), '{"player":');
  const { code, text } = await program('en');
  expect(code).toBe(1);
  expect(text).toContain('Get a new code');
  expect(await readFile(join(data(), 'identity.json'), 'utf8')).toBe('{"player":');
});
