import { newId } from '@tieng-loa/protocol/ids.ts';
import { expect, test } from 'vitest';
import { cancelBroadcast, scheduleBroadcast } from '../../../hub/broadcasts/commands.ts';
import { listBroadcasts } from '../../../hub/broadcasts/queries.ts';
import { removeProgramme, writeProgramme } from '../../../hub/programmes/commands.ts';
import { listProgrammes } from '../../../hub/programmes/queries.ts';
import { onBothDatabases, type Town } from '../broadcasts/town.ts';

const problem = (code: string, facts?: object) => expect.objectContaining(facts === undefined ? { code } : { code, facts });
const write = (town: Town, id: string, bulletins: string[], change: { title?: string; revision?: number } = {}) =>
  writeProgramme(town.room, {
    station: town.station,
    id,
    by: town.editor.id,
    written: { title: 'Bản tin sáng', revision: 0, items: bulletins.map((bulletin) => ({ kind: 'bulletin', bulletin })), ...change },
  });
const schedule = async (town: Town, programme: string) => {
  const when = { kind: 'weekly' as const, weekdays: [1, 2, 3, 4, 5, 6, 7], times: ['06:00'], from: '2026-11-24', until: null };
  const wish = { programme, class: 'routine' as const, when, zones: [town.village] };
  return await scheduleBroadcast(town.room, { station: town.station, id: newId(), by: town.editor, wish });
};

onBothDatabases('programmes', (at) => {
  test('a programme is as long as its bulletins, approved when all are, in the lowest class of them', async () => {
    const town = at();
    const [priority, routine] = [await town.bulletin(), await town.bulletin({ class: 'routine', approved: false })];
    expect(await write(town, newId(), [priority])).toMatchObject({ approved: true, class: 'priority', durationMs: 120_700, revision: 1 });
    expect(await write(town, newId(), [priority, routine])).toMatchObject({ approved: false, class: 'routine', durationMs: 241_400 });
    expect(await listProgrammes(town.database, town.station)).toHaveLength(2);
  });

  test('written twice it is one; written over somebody else’s change it is refused', async () => {
    const town = at();
    const [id, bulletin] = [newId(), await town.bulletin()];
    const first = await write(town, id, [bulletin]);
    expect(await write(town, id, [bulletin])).toEqual(first);
    expect((await write(town, id, [bulletin], { title: 'Buổi chiều', revision: 1 })).revision).toBe(2);
    await expect(write(town, id, [bulletin], { title: 'Buổi tối', revision: 1 })).rejects.toEqual(problem('changed-meanwhile'));
    await expect(write(town, newId(), [bulletin], { revision: 3 })).rejects.toEqual(problem('not-found'));
  });

  test('it holds bulletins of its own station only, and no more steps than a player takes', async () => {
    const town = at();
    await expect(write(town, newId(), [newId()])).rejects.toEqual(problem('not-found'));
    const id = newId();
    await write(town, id, [await town.bulletin()]);
    const elsewhere = { title: 'X', items: [{ kind: 'pause' as const, durationMs: 500 }], revision: 1 };
    await expect(writeProgramme(town.room, { station: newId(), id, by: '', written: elsewhere })).rejects.toEqual(problem('not-found'));
    const long = await town.bulletin({ languages: ['vi', 'hmn', 'tyj'] });
    await expect(write(town, newId(), Array(70).fill(long))).rejects.toEqual(
      problem('bad-input', { field: 'items', why: 'maxItems', limit: 200 }),
    );
  });

  test('a new title and a new running order hold for what is coming', async () => {
    const town = at();
    const [id, bulletin] = [newId(), await town.bulletin()];
    await write(town, id, [bulletin]);
    await schedule(town, id);
    await write(town, id, [bulletin, bulletin], { title: 'Buổi sáng', revision: 1 });
    const [broadcast] = await listBroadcasts(town.database, town.station, town.time.now);
    expect(broadcast).toMatchObject({ title: 'Buổi sáng', durationMs: 241_400, state: 'scheduled' });
  });

  test('a programme that is scheduled is not removed; once nothing of it is to come, it is', async () => {
    const town = at();
    const [id, bulletin] = [newId(), await town.bulletin()];
    await write(town, id, [bulletin]);
    const broadcast = await schedule(town, id);
    await expect(removeProgramme(town.room, id, town.editor.id)).rejects.toEqual(problem('in-use', { by: 'Bản tin sáng' }));
    await cancelBroadcast(town.room, broadcast.id, town.editor.id);
    await removeProgramme(town.room, id, town.editor.id);
    expect(await listProgrammes(town.database, town.station)).toEqual([]);
    await expect(removeProgramme(town.room, id, town.editor.id)).rejects.toEqual(problem('not-found'));
  });
});
