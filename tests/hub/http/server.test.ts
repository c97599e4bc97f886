import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { RATES } from '@tieng-loa/hub/limits.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import type { Recording } from '@tieng-loa/protocol/views.ts';
import { expect, test } from 'vitest';
import { doorway, problem } from './doorway.ts';

const { open, folder } = doorway();

test('bad input names the field and what is wrong, in the language that was asked for', async () => {
  const { door, station, administrator } = await open();
  const put = (body: string, language: string) =>
    door.ask(administrator, `PUT /api/stations/${station}`, { body, headers: { 'accept-language': language } }).then(problem);
  expect(await put('{}', 'vi-VN,vi;q=0.9')).toMatchObject({ status: 400, code: 'bad-input', facts: { field: 'name', why: 'còn thiếu' } });
  const long = JSON.stringify({ name: 'x'.repeat(121) });
  expect((await put(long, 'en-GB')).message).toBe(
    'The field “name” is not right: it is longer than 120 characters. What you entered is kept; mend this field and send again.',
  );
  expect((await put('{"name":"x","extra":1}', 'fr')).message).toContain('“extra”');
});

test('a body that two parsers could read in two ways is refused', async () => {
  const { door, station, administrator } = await open();
  const codes = [];
  for (const body of ['{"name":"a","name":"b"}', '{"__proto__":{},"name":"a"}', '{"name":', '"name"'])
    codes.push((await problem(await door.ask(administrator, `PUT /api/stations/${station}`, { body }))).code);
  expect(codes).toEqual(['bad-document', 'bad-document', 'bad-document', 'bad-input']);
});

test('a body that is too large is refused with its bound', async () => {
  const { door, station, administrator } = await open();
  const body = JSON.stringify({ name: 'x'.repeat(2_000_000) });
  expect(await problem(await door.ask(administrator, `PUT /api/stations/${station}`, { body }))).toMatchObject({
    status: 413,
    code: 'too-long-form',
    facts: { limitMb: 1 },
  });
});

test('numbers of a query arrive as numbers, and what is none is named', async () => {
  const asked: unknown[] = [];
  const { door, station, editor } = await open({
    handlers: {
      'GET /api/stations/:station/airings': async ({ query }) => {
        asked.push(query);
        return [];
      },
    },
  });
  expect((await door.ask(editor, `GET /api/stations/${station}/airings?from=5&to=7`)).status).toBe(200);
  expect(asked).toEqual([{ from: 5, to: 7 }]);
  expect(await problem(await door.ask(editor, `GET /api/stations/${station}/airings?from=soon&to=7`))).toMatchObject({
    code: 'bad-input',
    facts: { field: 'from' },
  });
});

test('an address that the framework itself refuses is answered in the reader’s words, as guarded as any other', async () => {
  const { door } = await open();
  for (const path of ['/api/%ZZ', `/api/links/${'x'.repeat(300)}`]) {
    const answer = await fetch(`${door.url}${path}`, { headers: { 'accept-language': 'vi' } });
    expect(await answer.json()).toMatchObject({ code: 'not-found', message: expect.stringContaining('Không tìm thấy') });
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
  }
});

test('what nobody expected becomes a reference that stands in the log, and tells nothing else', async () => {
  const { door, station, editor } = await open({
    handlers: {
      'GET /api/stations/:station/zones': async () => {
        throw new Error('SELECT secret FROM somewhere');
      },
      'GET /api/stations/:station/recordings': async () => [{ id: 'not an id' } as unknown as Recording],
    },
  });
  for (const path of ['zones', 'recordings']) {
    const { status, code, facts, message } = await problem(await door.ask(editor, `GET /api/stations/${station}/${path}`));
    expect([status, code]).toEqual([500, 'broken']);
    expect(message).toContain(facts.reference);
    expect(message).not.toContain('SELECT');
    expect(door.logged.some((line) => line.includes(String(facts.reference)))).toBe(true);
  }
});

test('two who make the same thing at once are asked to send again, and a full disk is told', async () => {
  const errors: Record<string, object> = { zones: { code: '23505' }, recordings: { errcode: 13 }, bulletins: { code: 'ENOSPC' } };
  const failing = (name: string) => async () => {
    throw Object.assign(new Error(name), errors[name]);
  };
  const { door, station, editor } = await open({
    handlers: {
      'GET /api/stations/:station/zones': failing('zones'),
      'GET /api/stations/:station/recordings': failing('recordings'),
      'GET /api/stations/:station/bulletins': failing('bulletins'),
    },
  });
  const codes = [];
  for (const name of Object.keys(errors)) codes.push((await problem(await door.ask(editor, `GET /api/stations/${station}/${name}`))).code);
  expect(codes).toEqual(['busy', 'disk-full', 'disk-full']);
});

test('a one-time link and a password never reach the log', async () => {
  const { door } = await open();
  await door.ask(null, 'GET /api/links/SECRETTOKEN');
  await door.ask(null, 'POST /api/links/SECRETTOKEN', { body: '{"password":"SECRETPASS"}' });
  await door.ask(null, 'POST /api/session', { body: '{"login":"mai","password":"SECRETPASS"}' });
  expect(door.logged.join()).toContain('/api/links/:link');
  expect(door.logged.join()).not.toContain('SECRET');
});

test('one address asks only so often what anyone may ask', async () => {
  const { door } = await open();
  const codes = [];
  for (let i = 0; i < RATES.links + 1; i += 1) codes.push((await door.ask(null, 'GET /api/links/x')).status);
  expect(codes.slice(-2)).toEqual([409, 429]);
  const refused = await door.ask(null, 'GET /api/links/x');
  expect([(await problem(refused)).code, refused.headers.get('retry-after')]).toEqual(['too-many', '1']);
  expect((await door.ask(null, 'POST /api/session', { body: '{"login":"mai","password":"x"}' })).status).toBe(409);
});

test('the session’s cookie is out of reach of scripts and other sites, and bound to the host where there is HTTPS', async () => {
  const handlers = { 'DELETE /api/session': async () => ({ session: { token: null }, answer: {} }) };
  const plain = await open({ handlers });
  expect((await plain.door.ask(plain.editor, 'DELETE /api/session')).headers.get('set-cookie')).toMatch(
    /^tl=; .*Path=\/.*HttpOnly; SameSite=Strict/,
  );
  await plain.door.close();
  const secure = await open({ handlers, publicUrl: 'https://loa.example.vn' });
  expect((await secure.door.ask(secure.editor, 'DELETE /api/session')).headers.get('set-cookie')).toMatch(
    /^__Host-tl=; .*Path=\/.*HttpOnly; Secure; SameSite=Strict/,
  );
  const from = (origin: string) => secure.door.ask(secure.editor, 'DELETE /api/session', { headers: { origin } });
  expect([(await from('https://loa.example.vn')).status, (await from('https://loa.example.com')).status]).toEqual([200, 403]);
});

test('every answer tells the browser what to refuse', async () => {
  const { door } = await open();
  for (const path of ['/healthz', '/api/me', '/docs', '/nothing']) {
    const { headers } = await fetch(door.url + path);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect([headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual(['nosniff', 'no-referrer']);
  }
});

test('the dashboard is served for its own addresses, hashed files for good, and never in place of the API', async () => {
  await mkdir(join(folder(), 'dist/assets'), { recursive: true });
  await writeFile(join(folder(), 'dist/index.html'), '<!doctype html>trang');
  await writeFile(join(folder(), 'dist/assets/app-1a2b.js'), 'js');
  const { door } = await open({ pageFolder: join(folder(), 'dist') });
  const get = async (path: string) => {
    const answer = await fetch(door.url + path, { headers: { accept: 'text/html,*/*' } });
    return [
      answer.status,
      answer.headers.get('content-type')?.split(';')[0],
      answer.headers.get('cache-control'),
      (await answer.text()).slice(-5),
    ];
  };
  expect(await get('/')).toEqual([200, 'text/html', 'no-cache', 'trang']);
  expect(await get('/lien-ket/abc')).toEqual([200, 'text/html', 'no-cache', 'trang']);
  for (const path of ['//evil.example', '/%00', '/API/me', '/Docs/x']) expect([400, 404]).toContain((await get(path))[0]);
  expect(await get('/assets/app-1a2b.js')).toEqual([
    200,
    expect.stringContaining('javascript'),
    'public, max-age=31536000, immutable',
    'js',
  ]);
  expect((await get('/assets/gone.js'))[0]).toBe(404);
  expect((await get('/api/nothing'))[0]).toBe(404);
  expect((await get('/..%2f..%2fetc/passwd'))[0]).not.toBe(500);
});

test('a long answer travels compressed where that is understood', async () => {
  const zones = Array.from({ length: 100 }, () => ({
    id: newId(),
    station: newId(),
    name: 'bản Huổi Khương',
    kind: 'village' as const,
    languages: ['hmn', 'vi'],
    quietHours: null,
    players: 1,
  }));
  const { door, station, editor } = await open({ handlers: { 'GET /api/stations/:station/zones': async () => zones } });
  const bytes = await new Promise<Buffer>((resolve) => {
    request(`${door.url}/api/stations/${station}/zones`, { headers: { cookie: editor.cookie, 'accept-encoding': 'gzip' } }, (answer) => {
      expect(answer.headers['content-encoding']).toBe('gzip');
      const chunks: Buffer[] = [];
      answer.on('data', (chunk) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
    }).end();
  });
  expect(JSON.parse(gunzipSync(bytes).toString())).toEqual(zones);
  expect(bytes.length).toBeLessThan(JSON.stringify(zones).length / 2);
});

test('the hub is alive while something it needs is not ready, and says what', async () => {
  const { door } = await open({
    checks: {
      store: () => true,
      broker: () => false,
      disk: async () => {
        throw new Error('gone');
      },
    },
  });
  expect((await fetch(`${door.url}/healthz`)).status).toBe(200);
  expect(await problem(await fetch(`${door.url}/readyz`))).toMatchObject({
    status: 503,
    code: 'not-ready',
    facts: { what: 'broker, disk' },
  });
});
