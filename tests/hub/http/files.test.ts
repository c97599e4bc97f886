import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { UPLOAD_BYTES } from '@tieng-loa/protocol/limits.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { expect, test } from 'vitest';
import { doorway, problem } from './doorway.ts';
import { thingsIn } from './things.ts';

const { open, folder } = doorway();

test('an upload comes as its bytes with the length announced; without a length or beyond the bound it is refused unread', async () => {
  const got: Array<[number, number]> = [];
  const { door, station, editor } = await open({
    handlers: {
      'PUT /api/stations/:station/recordings/:recording': async ({ upload }) => {
        let bytes = 0;
        for await (const chunk of upload.stream) bytes += chunk.length;
        got.push([upload.lengthBytes, bytes]);
        throw new Problem('no-sound', { fileName: 'x' });
      },
    },
  });
  const route = `PUT /api/stations/${station}/recordings/${newId()}?language=vi&name=x&fileName=x.json`;
  for (const type of ['audio/mpeg', 'application/json', ''])
    expect(
      (await problem(await door.ask(editor, route, { body: new Uint8Array(100_000), headers: type ? { 'content-type': type } : {} }))).code,
    ).toBe('no-sound');
  expect(got).toEqual(Array(3).fill([100_000, 100_000]));
  const chunked = new Blob([new Uint8Array(10)]).stream();
  const init = { method: 'PUT', body: chunked, duplex: 'half', headers: { cookie: editor.cookie, 'x-csrf': editor.csrf } } as RequestInit;
  expect(await problem(await fetch(door.url + route.slice(4), init))).toMatchObject({
    code: 'bad-input',
    facts: { field: 'Content-Length' },
  });
  expect(await announced(door.url + route.slice(4), editor, UPLOAD_BYTES + 1)).toBe(413);
  expect(got).toHaveLength(3);
});

/** Announces a length and sends nothing. */
function announced(url: string, { cookie, csrf }: { cookie: string; csrf: string }, bytes: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const ask = request(url, { method: 'PUT', headers: { cookie, 'x-csrf': csrf, 'content-length': bytes } }, (answer) => {
      resolve(answer.statusCode);
      ask.destroy();
    });
    ask.on('error', reject).flushHeaders();
  });
}

test('a file is sent whole and by ranges, as an attachment under its own name', async () => {
  const path = join(folder(), 'sound.opus');
  await writeFile(path, 'OggS0123456789');
  const { door, station, editor, database } = await open({
    handlers: { 'GET /api/recordings/:recording/audio': async () => ({ path, contentType: 'audio/ogg', fileName: 'Lũ quét "mới".opus' }) },
  });
  const { recording } = await thingsIn(database, station);
  const whole = await door.ask(editor, `GET /api/recordings/${recording}/audio`);
  expect([whole.status, await whole.text(), whole.headers.get('content-type'), whole.headers.get('accept-ranges')]).toEqual([
    200,
    'OggS0123456789',
    'audio/ogg',
    'bytes',
  ]);
  expect(whole.headers.get('content-disposition')).toBe(
    `attachment; filename="L_ qu_t _m_i_.opus"; filename*=UTF-8''L%C5%A9%20qu%C3%A9t%20%22m%E1%BB%9Bi%22.opus`,
  );
  const part = await door.ask(editor, `GET /api/recordings/${recording}/audio`, { headers: { range: 'bytes=4-6' } });
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '012', 'bytes 4-6/14']);
  const beyond = await door.ask(editor, `GET /api/recordings/${recording}/audio`, { headers: { range: 'bytes=99-' } });
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */14']);
});
