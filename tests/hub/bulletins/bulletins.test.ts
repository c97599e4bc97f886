import { newId } from '@tieng-loa/protocol/ids.ts';
import { expect, test } from 'vitest';
import { scheduleBroadcast } from '../../../hub/broadcasts/commands.ts';
import {
  approveBulletin,
  removeBulletin,
  returnBulletin,
  submitBulletin,
  withdrawBulletin,
  writeBulletin,
} from '../../../hub/bulletins/commands.ts';
import { listBulletins } from '../../../hub/bulletins/queries.ts';
import { onBothDatabases, type Town } from '../broadcasts/town.ts';

const problem = (code: string, facts?: object) => expect.objectContaining(facts === undefined ? { code } : { code, facts });
const editor = (town: Town) => ({ id: town.editor.id, composes: true });
const contributor = (town: Town) => ({ id: town.contributor.id, composes: false });

async function draft(town: Town, change: object = {}) {
  const parts = [{ language: 'vi', text: 'Đường bị cắt', recordings: [await town.record('vi')] }];
  return { title: 'Sạt lở Đường 4', subject: 'flood', class: 'priority', validUntil: null, parts, revision: 0, ...change } as const;
}
const write = (town: Town, id: string, written: Awaited<ReturnType<typeof draft>>, changer = contributor(town)) =>
  writeBulletin(town.room, { station: town.station, id, changer, written });

onBothDatabases('bulletins', (at) => {
  test('a contributor writes a draft and hands it in; a named person approves exactly what they heard', async () => {
    const town = at();
    const id = newId();
    const made = await write(town, id, await draft(town));
    expect(made).toMatchObject({
      state: 'draft',
      revision: 1,
      ready: true,
      durationMs: 60_000,
      by: { id: town.contributor.id, name: 'Trung úy Nam' },
    });
    expect((await submitBulletin(town.room, id, contributor(town))).state).toBe('submitted');
    const approved = await approveBulletin(town.room, id, town.editor, 1);
    expect(approved).toMatchObject({ state: 'approved', approvedBy: { ...town.editor, at: town.time.now } });
    const row = await town.database.selectFrom('bulletins').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(JSON.parse(row.approval!)).toMatchObject({
      bulletin: id,
      approver: town.editor.id,
      class: 'priority',
      parts: [expect.stringMatching(/^[0-9a-f]{64}$/)],
    });
    const deeds = await town.database.selectFrom('audit').select('action').where('station', '=', town.station).orderBy('id').execute();
    expect(deeds.map((deed) => deed.action)).toEqual(['bulletin.make', 'bulletin.submit', 'bulletin.approve']);
  });

  test('sending the same twice makes one; sending something else over it is refused', async () => {
    const town = at();
    const id = newId();
    const written = await draft(town);
    const first = await write(town, id, written);
    town.time.now += 1000;
    expect(await write(town, id, written)).toEqual(first);
    await expect(write(town, id, { ...written, title: 'Khác' } as never)).rejects.toEqual(problem('changed-meanwhile'));
    const second = await write(town, id, { ...written, title: 'Khác', revision: 1 } as never);
    expect(second.revision).toBe(2);
    await expect(write(town, id, { ...written, title: 'Cũ', revision: 1 } as never)).rejects.toEqual(problem('changed-meanwhile'));
    expect(await listBulletins(town.database, town.station)).toHaveLength(1);
  });

  test('an approver cannot approve what was changed after they looked', async () => {
    const town = at();
    const id = newId();
    const written = await draft(town);
    await write(town, id, written);
    await write(town, id, { ...written, title: 'Sửa', revision: 1 } as never);
    await expect(approveBulletin(town.room, id, town.editor, 1)).rejects.toEqual(problem('changed-meanwhile'));
    await submitBulletin(town.room, id, contributor(town));
    await expect(approveBulletin(town.room, id, town.editor, 1)).rejects.toEqual(problem('changed-meanwhile'));
    expect((await approveBulletin(town.room, id, town.editor, 2)).state).toBe('approved');
  });

  test('a change of what was approved needs a new approval; saving it unchanged keeps the one it has', async () => {
    const town = at();
    const id = newId();
    const written = await draft(town);
    await write(town, id, written, editor(town));
    await submitBulletin(town.room, id, editor(town));
    await approveBulletin(town.room, id, town.editor, 1);
    expect((await write(town, id, { ...written, revision: 1 } as never, editor(town))).state).toBe('approved');
    expect(await write(town, id, { ...written, title: 'Sửa', revision: 1 } as never, editor(town))).toMatchObject({
      state: 'draft',
      approvedBy: null,
      revision: 2,
    });
  });

  test('a contributor changes only what they made and have not handed in', async () => {
    const town = at();
    const id = newId();
    const written = await draft(town);
    await write(town, id, written);
    const stranger = { id: town.editor.id, composes: false };
    await expect(write(town, id, { ...written, title: 'X', revision: 1 } as never, stranger)).rejects.toEqual(problem('not-allowed'));
    await submitBulletin(town.room, id, contributor(town));
    await expect(write(town, id, { ...written, title: 'X', revision: 1 } as never)).rejects.toEqual(problem('not-allowed'));
    await expect(removeBulletin(town.room, id, contributor(town))).rejects.toEqual(problem('not-allowed'));
    expect((await returnBulletin(town.room, id, town.editor.id, 'Nói chậm hơn')).note).toBe('Nói chậm hơn');
    expect((await write(town, id, { ...written, title: 'X', revision: 1 } as never)).revision).toBe(2);
    await removeBulletin(town.room, id, contributor(town));
    expect(await listBulletins(town.database, town.station)).toEqual([]);
  });

  test('nothing is handed in without sound, and nothing approved before its recordings are ready', async () => {
    const town = at();
    const id = newId();
    const silent = await draft(town, { parts: [{ language: 'vi', text: 'chưa thu', recordings: [] }] });
    await write(town, id, silent);
    await expect(submitBulletin(town.room, id, contributor(town))).rejects.toEqual(problem('no-parts'));
    const early = await town.record('vi', { state: 'rendering', rendering: null, fileName: 'sang.3gp' });
    const parts = [{ language: 'vi', text: '', recordings: [early] }];
    expect(await write(town, id, { ...silent, parts, revision: 1 } as never)).toMatchObject({ ready: false, durationMs: 0 });
    await submitBulletin(town.room, id, contributor(town));
    await expect(approveBulletin(town.room, id, town.editor, 2)).rejects.toEqual(problem('recording-not-ready', { fileName: 'sang.3gp' }));
  });

  test('parts name recordings of this station, in their language, each language once', async () => {
    const town = at();
    const foreign = await town.record('vi', { station: newId() });
    const hmong = await town.record('hmn');
    const removed = await town.record('vi', { removedAt: 1 });
    const part = (language: string, ...recordings: string[]) => ({ language, text: '', recordings });
    for (const [parts, refused] of [
      [[part('vi', foreign)], problem('not-found')],
      [[part('vi', removed)], problem('not-found')],
      [[part('vi', newId())], problem('not-found')],
      [[part('vi', hmong)], problem('bad-input', { field: 'parts.0.recordings', why: 'enum' })],
      [[part('vi'), part('vi')], problem('bad-input', { field: 'parts', why: 'uniqueItems' })],
    ] as const)
      await expect(write(town, newId(), (await draft(town, { parts })) as never)).rejects.toEqual(refused);
  });

  test('a bulletin of another station is not found', async () => {
    const town = at();
    const id = newId();
    await write(town, id, await draft(town));
    const elsewhere = writeBulletin(town.room, { station: newId(), id, changer: editor(town), written: await draft(town) });
    await expect(elsewhere).rejects.toEqual(problem('not-found'));
  });

  test('a bulletin is found without its accents', async () => {
    const town = at();
    await write(town, newId(), await draft(town));
    const found = await town.database.selectFrom('bulletins').select('id').where('search', 'like', '%sat lo duong 4%').execute();
    expect(found.length).toBeGreaterThan(0);
  });

  test('a bulletin that a programme uses is not removed', async () => {
    const town = at();
    const bulletin = await town.bulletin();
    await town.programme(bulletin);
    await expect(removeBulletin(town.room, bulletin, editor(town))).rejects.toEqual(problem('in-use', { by: 'Bản tin sáng' }));
  });

  test('withdrawing a bulletin stops what sounds of it, and tells everyone who shows it', async () => {
    const town = at();
    const bulletin = await town.bulletin();
    const wish = { programme: await town.programme(bulletin), class: 'priority', when: { kind: 'now' }, zones: [town.village] } as const;
    const id = newId();
    await scheduleBroadcast(town.room, { station: town.station, id, by: town.editor, wish: wish as never });
    const pressedAt = town.time.now;
    town.time.now += 30_000;
    town.told.length = 0;
    expect(await withdrawBulletin(town.room, bulletin, town.editor.id, 'Sai tên')).toMatchObject({
      state: 'withdrawn',
      note: 'Sai tên',
      approvedBy: null,
    });
    const stops = await town.database.selectFrom('stops').selectAll().where('broadcast', '=', id).execute();
    expect(stops).toMatchObject([{ plannedAt: pressedAt, issuedAt: town.time.now, issuedBy: town.editor.id }]);
    expect(town.told.map((change) => change.subject)).toEqual(['bulletins', 'programmes', 'broadcasts', 'airings']);
  });

  test('what has run out is not approved', async () => {
    const town = at();
    const id = newId();
    await write(town, id, await draft(town, { validUntil: town.time.now - 1 }));
    await submitBulletin(town.room, id, contributor(town));
    await expect(approveBulletin(town.room, id, town.editor, 1)).rejects.toEqual(problem('past-time', { at: town.time.now - 1 }));
  });
});
