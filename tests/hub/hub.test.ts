import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '@tieng-loa/hub/clock.ts';
import { type Config, readConfig } from '@tieng-loa/hub/config.ts';
import { type Hub, openHub } from '@tieng-loa/hub/hub.ts';
import { jsonLog } from '@tieng-loa/hub/log.ts';
import type { Me } from '@tieng-loa/protocol/people.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPostgres } from '../support/postgres.ts';

const run = promisify(execFile);
const MAIN = join(import.meta.dirname, '../../hub/main.ts');
const PASSWORD = 'một câu dài dễ nhớ';

let folder: string;
let hubs: Hub[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tl-hub-'));
  hubs = [];
});
afterEach(async () => {
  for (const hub of hubs) await hub.close();
  await rm(folder, { recursive: true });
});

const environment = (more: Record<string, string> = {}) => ({
  TIENGLOA_DATA: folder,
  TIENGLOA_PORT: '0',
  TIENGLOA_BROKER_PORT: '0',
  TIENGLOA_CHECK_ANSWERS: 'true',
  ...more,
});
async function open(more: Partial<Config> = {}): Promise<Hub> {
  const log = jsonLog('silent', systemClock, () => {});
  const hub = await openHub({ ...readConfig(environment()), ...more }, { clock: systemClock, log });
  hubs.push(hub);
  return hub;
}
const json = { 'content-type': 'application/json' };
const useLink = (link: string, answers: object): Promise<Response> => {
  const [base, token] = link.split('/lien-ket/') as [string, string];
  return fetch(`${base}/api/links/${token}`, { method: 'POST', headers: json, body: JSON.stringify(answers) });
};
const FIRST = { name: 'Mai', login: 'mai', password: PASSWORD, stationName: 'xã Quảng Lâm' };

test('a new hub offers one link, keeps it for its own user until it is used, and offers none afterwards', async () => {
  const hub = await open();
  const file = join(folder, 'first-link');
  expect(await readFile(file, 'utf8')).toBe(`${hub.firstLink}\n`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const answer = await useLink(hub.firstLink!, FIRST);
  const me = (await answer.json()) as Me;
  expect([answer.status, me.stations[0]?.name]).toEqual([200, 'xã Quảng Lâm']);
  expect(existsSync(file)).toBe(false);
  await hubs.pop()!.close();
  const again = await open();
  expect(again.firstLink).toBeNull();
  expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
});

test('a hub keeps everything in PostgreSQL where it is told to', async () => {
  const postgres = await startPostgres();
  const hub = await open({ databaseUrl: postgres.url });
  expect((await useLink(hub.firstLink!, FIRST)).status).toBe(200);
  expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
  await hubs.pop()!.close();
  expect(await readdir(folder)).not.toContain('hub.sqlite');
  await postgres.close();
});

test('a hub that cannot open closes what it had opened, and opens once it can', async () => {
  const first = await open();
  const port = Number(new URL(first.url).port);
  const elsewhere = { dataDir: join(folder, 'second') };
  await expect(open({ ...elsewhere, port })).rejects.toThrow('EADDRINUSE');
  await hubs.pop()!.close();
  expect((await open({ ...elsewhere, port })).url).toBe(first.url);
});

test('a hub stops within a second although pages hold streams and connections open', async () => {
  const hub = await open();
  const answer = await useLink(hub.firstLink!, FIRST);
  const { stations } = (await answer.json()) as Me;
  const cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
  const stream = await fetch(`${hub.url}/api/stations/${stations[0]!.id}/live`, { headers: { cookie } });
  const begun = performance.now();
  await hubs.pop()!.close();
  expect(performance.now() - begun).toBeLessThan(1000);
  expect(await stream.text()).toContain('retry:');
});

test('with HTTPS by its own authority the hub answers there, and binds the cookie to the host', async () => {
  const hub = await open({ tls: 'own' });
  const ca = await readFile(join(folder, 'keys/authority.pem'), 'utf8');
  const port = new URL(hub.url).port;
  expect(hub.url).toMatch(/^https:/);
  const status = await new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/readyz', ca }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
  });
  expect(status).toBe(200);
});

test('the program names a wrong setting and ends', async () => {
  const wrong = run(process.execPath, [MAIN], { env: { ...process.env, ...environment({ TIENGLOA_PORT: 'many' }) } });
  await expect(wrong).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('TIENGLOA_PORT=many should be') });
});

test('a sign-in link made beside a running hub signs in there, once', async () => {
  const hub = await open();
  await useLink(hub.firstLink!, FIRST);
  const { stdout } = await run(process.execPath, [MAIN, 'sign-in-link', 'mai'], { env: { ...process.env, ...environment() } });
  expect(stdout.startsWith(`${hub.url}/lien-ket/`)).toBe(true);
  expect((await useLink(stdout.trim(), {})).status).toBe(200);
  expect((await useLink(stdout.trim(), {})).status).toBe(410);
});

test('a second hub on the same folder says so and stops, and the first goes on untouched', async () => {
  const hub = await open();
  const second = await run(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    env: { ...process.env, ...environment() },
  }).then(
    () => null,
    (error: { code: number; stderr: string }) => error,
  );
  expect([second?.code, second?.stderr]).toEqual([
    1,
    expect.stringMatching(/another hub runs on this folder.*một Tiếng Loa khác đang chạy/),
  ]);
  await expect(open()).rejects.toThrow('another hub runs');
  expect(existsSync(join(folder, 'run', 'broker.sock'))).toBe(true);
  expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
  await hubs.pop()!.close();
  await open();
});
