import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Ffmpeg, systemFfmpeg } from '@tieng-loa/audio/ffmpeg.ts';
import { aside, removeUnfinished } from '@tieng-loa/hub/files.ts';
import { ORPHAN_MS, UPLOAD_STALL_MS } from '@tieng-loa/hub/limits.ts';
import { removeOrphans } from '@tieng-loa/hub/recordings/orphans.ts';
import { listRecordings, oneRecording, peaksOf, readyRecording } from '@tieng-loa/hub/recordings/queries.ts';
import { newId, sha256 } from '@tieng-loa/protocol/ids.ts';
import { UPLOAD_BYTES } from '@tieng-loa/protocol/limits.ts';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { openWorkplace } from '../../audio/fixtures.ts';
import { onEachStore, openStore } from '../stores.ts';
import { openStudio, type Studio, sent } from './studio.ts';

const at = openWorkplace();
afterAll(() => at.clear());
const speech = readFileSync(at.speech('sent.mp3'));
const other = readFileSync(at.speech('other.mp3', '-t', '2'));
const problem = (code: string, facts: object = {}) => expect.objectContaining({ code, facts: expect.objectContaining(facts) });

onEachStore('recordings', (store) => {
  let studio: Studio;
  beforeEach(async () => {
    studio = await openStudio(store());
  });
  afterEach(() => studio.close());
  const uploads = () => readdirSync(studio.files.uploads);

  test('one who stalls uploads holds two places at the most, and only until nothing has come for a while', async () => {
    const stalled = () => sent(studio, speech, { upload: { stream: new Readable({ read: () => {} }), lengthBytes: speech.length } });
    const held = [stalled(), stalled()].map((take) => studio.library.take(take).then(null, (error) => error));
    await expect(studio.library.take(stalled())).rejects.toEqual(problem('too-many'));
    while (uploads().length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const someone = await studio.library.take(sent(studio, speech, { person: newId() }));
    studio.clock.pass(UPLOAD_STALL_MS);
    expect(await Promise.all(held)).toEqual([problem('upload-cut'), problem('upload-cut')]);
    expect(uploads()).toEqual([someone.id]);
  });

  test('what an earlier run had not finished taking is gone once the next one starts', async () => {
    await writeFile(aside(studio.files.upload('half')), 'half');
    await writeFile(studio.files.upload('whole'), 'whole');
    await removeUnfinished(studio.files);
    expect(uploads()).toEqual(['whole']);
  });

  test('what is sent is kept, made ready in the background, and told', async () => {
    const take = sent(studio, speech);
    expect(await studio.library.take(take)).toMatchObject({
      id: take.id,
      state: 'rendering',
      rendering: null,
      name: 'Mưa lũ',
      problem: null,
    });
    await studio.library.idle();
    const ready = await readyRecording(studio.database, take.id);
    expect(ready).toMatchObject({ state: 'ready', loudness: { afterLufs: expect.closeTo(-16, 0) } });
    const bytes = readFileSync(studio.files.rendering(ready.rendering));
    expect([sha256(bytes), bytes.length]).toEqual([ready.rendering, ready.sizeBytes]);
    expect(await peaksOf(studio.database, take.id)).toMatchObject({ durationMs: ready.durationMs });
    expect(studio.told).toEqual([1, 2].map(() => ({ subject: 'recordings', station: studio.station, id: take.id })));
    expect(await listRecordings(studio.database, studio.station, 'hmn')).toEqual([]);
    expect((await listRecordings(studio.database, studio.station)).map(({ id }) => id)).toEqual([take.id]);
  });

  test('sent twice it is one; the same id with other bytes is refused; another station does not see it', async () => {
    const take = sent(studio, speech);
    await studio.library.take(take);
    await studio.library.idle();
    const again = await studio.library.take(sent(studio, speech, { id: take.id }));
    expect(again).toMatchObject({ id: take.id, state: 'ready' });
    await expect(studio.library.take(sent(studio, other, { id: take.id }))).rejects.toEqual(problem('changed-meanwhile'));
    await expect(studio.library.take(sent(studio, speech, { id: take.id, station: newId() }))).rejects.toEqual(problem('not-found'));
    const renamed = await studio.library.take(sent(studio, speech, { id: take.id, name: 'Lũ quét', language: 'mww' }));
    expect(renamed).toMatchObject({ state: 'ready', name: 'Lũ quét', language: 'mww' });
    expect(uploads()).toEqual([take.id]);
  });

  test('two uploads of one id at the same time make one recording', async () => {
    const id = newId();
    const outcomes = await Promise.allSettled(
      [speech, other, speech].map((bytes) => studio.library.take(sent(studio, bytes, { id, person: newId() }))),
    );
    const kept = await studio.database.selectFrom('recordings').select('uploadSha256').where('id', '=', id).executeTakeFirstOrThrow();
    expect(sha256(readFileSync(studio.files.upload(id)))).toBe(kept.uploadSha256);
    for (const [index, outcome] of outcomes.entries())
      expect(outcome.status).toBe(sha256(index === 1 ? other : speech) === kept.uploadSha256 ? 'fulfilled' : 'rejected');
  });

  test('an upload that is cut leaves nothing, and can be sent again', async () => {
    const id = newId();
    const broken = new Readable({ read() {} });
    broken.push(speech.subarray(0, 1000));
    setTimeout(() => broken.destroy(new Error('ECONNRESET')), 50);
    const cut = sent(studio, speech, { id, upload: { stream: broken, lengthBytes: speech.length } });
    await expect(studio.library.take(cut)).rejects.toEqual(problem('upload-cut', { expectedBytes: speech.length, receivedBytes: 1000 }));
    const short = sent(studio, speech.subarray(0, 500), { id });
    short.upload.lengthBytes = speech.length;
    await expect(studio.library.take(short)).rejects.toEqual(problem('upload-cut', { receivedBytes: 500 }));
    expect(uploads()).toEqual([]);
    expect(await studio.library.take(sent(studio, speech, { id }))).toMatchObject({ id });
  });

  test('a file that is no audio, or too large, is refused at once and not kept', async () => {
    const playlist = Buffer.from("ffconcat version 1.0\nfile '/etc/passwd'\n");
    await expect(studio.library.take(sent(studio, playlist))).rejects.toEqual(problem('not-audio', { found: 'playlist' }));
    const large = sent(studio, speech);
    large.upload.lengthBytes = UPLOAD_BYTES + 1;
    await expect(studio.library.take(large)).rejects.toEqual(problem('too-large', { limitMb: 200 }));
    expect([uploads(), studio.told, await listRecordings(studio.database, studio.station)]).toEqual([[], [], []]);
  });

  test('a recording without sound stays as refused, with its sentence', async () => {
    const silent = readFileSync(at.ffmpeg('-f', 'lavfi', '-i', 'anullsrc=r=16000:cl=mono', '-t', '3', 'silent.wav'));
    const take = sent(studio, silent);
    await studio.library.take(take);
    await studio.library.idle();
    expect(await oneRecording(studio.database, take.id)).toMatchObject({
      state: 'refused',
      problem: { code: 'no-sound', facts: { fileName: 'mua-lu.wav' } },
    });
    expect(uploads()).toEqual([]);
    await expect(readyRecording(studio.database, take.id)).rejects.toEqual(problem('recording-not-ready'));
  });

  test('what a stopped hub left is made ready by the next one', async () => {
    const take = sent(studio, speech);
    await studio.library.take(take);
    await studio.library.close();
    expect(await oneRecording(studio.database, take.id)).toMatchObject({ state: 'rendering' });
    expect(readdirSync(studio.files.renderings)).toEqual([]);
    const library = await studio.restart();
    library.start();
    await library.idle();
    expect(await oneRecording(studio.database, take.id)).toMatchObject({ state: 'ready' });
  });

  test('a fault of the machine is tried again later, and is told when it lasts', async () => {
    const full: Ffmpeg = { ...systemFfmpeg(), run: () => Promise.reject(Object.assign(new Error('no room'), { code: 'ENOSPC' })) };
    const library = await studio.restart(full);
    const take = sent(studio, speech);
    await library.take(take);
    await library.idle();
    expect(await oneRecording(studio.database, take.id)).toMatchObject({ state: 'rendering' });
    for (let tries = 1; tries < 5; tries += 1) {
      studio.clock.pass(61_000);
      await library.idle();
    }
    expect(await oneRecording(studio.database, take.id)).toMatchObject({ state: 'refused', problem: { code: 'disk-full' } });
  });

  test('a recording that a bulletin uses is neither removed nor given another language', async () => {
    const take = sent(studio, speech);
    await studio.library.take(take);
    await studio.library.idle();
    const { rendering } = await readyRecording(studio.database, take.id);
    const bulletin = newId();
    const parts = JSON.stringify([{ language: 'vi', text: '', recordings: [take.id] }]);
    const row = { id: bulletin, station: studio.station, title: 'Lũ', subject: 'flood', class: 'routine', parts, state: 'draft' } as const;
    const more = {
      validUntil: null,
      revision: 1,
      note: null,
      createdBy: studio.person,
      approval: null,
      createdAt: 0,
      updatedAt: 0,
      search: '',
    };
    await studio.database
      .insertInto('bulletins')
      .values({ ...row, ...more })
      .execute();
    await expect(studio.library.remove(take.id, studio.person)).rejects.toEqual(problem('in-use', { by: 'Lũ' }));
    await expect(studio.library.take(sent(studio, speech, { id: take.id, language: 'hmn' }))).rejects.toEqual(problem('in-use'));
    await studio.database.deleteFrom('bulletins').where('id', '=', bulletin).execute();
    await studio.library.remove(take.id, studio.person);
    await expect(oneRecording(studio.database, take.id)).rejects.toEqual(problem('not-found'));
    await expect(studio.library.take(sent(studio, speech, { id: take.id }))).rejects.toEqual(problem('not-found'));
    expect(uploads()).toEqual([]);
    expect(existsSync(studio.files.rendering(rendering))).toBe(true);
  });

  test('clean-up takes files that nothing names and leaves those that something does', async () => {
    const { database, files, clock } = studio;
    const [kept, removed] = [sent(studio, speech), sent(studio, other)];
    for (const take of [kept, removed]) await studio.library.take(take);
    await studio.library.idle();
    const [keptSound, removedSound] = [await readyRecording(database, kept.id), await readyRecording(database, removed.id)].map(
      (one) => one.rendering,
    );
    await studio.library.remove(removed.id, studio.person);
    const litter = [
      join(files.uploads, `${newId()}-${newId()}.part`),
      join(files.renderings, `${'0'.repeat(64)}.opus`),
      files.upload(newId()),
    ];
    for (const path of litter) await writeFile(path, 'x');
    const deps = { database, files, clock, olderThanMs: ORPHAN_MS };
    expect(await removeOrphans(deps)).toBe(0);
    clock.pass(2 * ORPHAN_MS);
    const old = new Date(clock.now() - 2 * ORPHAN_MS);
    for (const folder of [files.uploads, files.renderings])
      for (const name of readdirSync(folder)) await utimes(join(folder, name), old, old);
    const body = {
      sha256: sha256('body'),
      station: studio.station,
      zones: '[]',
      content: JSON.stringify({ sha256: removedSound }),
      createdAt: 0,
    };
    await database.insertInto('bodies').values(body).execute();
    expect(await removeOrphans(deps)).toBe(litter.length);
    expect(readdirSync(files.renderings).sort()).toEqual([`${keptSound}.opus`, `${removedSound}.opus`].sort());
    await database.deleteFrom('bodies').execute();
    expect(await removeOrphans(deps)).toBe(1);
    expect([readdirSync(files.renderings), uploads()]).toEqual([[`${keptSound}.opus`], [kept.id]]);
  });
});

test('a full disk is told as such, and nothing stays of the upload', async ({ skip }) => {
  const disk = await mkdtemp(join(tmpdir(), 'tl-full-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status !== 0) {
    await rm(disk, { recursive: true });
    skip('a small disk can only be mounted by root');
  }
  const store = await openStore('sqlite');
  try {
    const studio = await openStudio(store.database, { dataDir: disk });
    const large = readFileSync(at.speech('large.wav', '-ar', '48000'));
    await expect(studio.library.take(sent(studio, large))).rejects.toEqual(problem('disk-full'));
    expect(readdirSync(studio.files.uploads)).toEqual([]);
    await studio.close();
  } finally {
    await store.close();
    execFileSync('umount', [disk]);
    await rm(disk, { recursive: true });
  }
});
