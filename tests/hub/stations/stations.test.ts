import { changeStream } from '@tieng-loa/hub/changes.ts';
import { openStations } from '@tieng-loa/hub/stations/stations.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { DAY } from '@tieng-loa/protocol/limits.ts';
import type { Change, When } from '@tieng-loa/protocol/views.ts';
import { expect, test } from 'vitest';
import { handClock } from '../clock.ts';
import { thingsIn } from '../http/things.ts';
import { onEachStore } from '../stores.ts';

onEachStore('stations', (store) => {
  function open() {
    const clock = handClock();
    const changes = changeStream();
    const told: Change[] = [];
    changes.listen((change) => told.push(change));
    return { clock, told, stations: openStations({ database: store(), clock, changes }), station: newId(), zone: newId(), by: newId() };
  }
  const village = { name: 'bản Huổi Khương', kind: 'village' } as const;

  test('a station is made once and then renamed', async () => {
    const { stations, station, by, told } = open();
    expect(await stations.putStation({ station, name: 'xã Quảng Lâm', by })).toEqual({
      id: station,
      name: 'xã Quảng Lâm',
      timeZone: 'Asia/Ho_Chi_Minh',
    });
    expect((await stations.putStation({ station, name: 'xã Mới', by })).name).toBe('xã Mới');
    expect(told.map((change) => change.subject)).toEqual(['station', 'station']);
  });

  test('quiet hours that end as they begin would be none, and are refused', async () => {
    const { stations, station, zone, by } = open();
    const edit = { ...village, quietHours: { from: '21:00', to: '21:00' } };
    await expect(stations.putZone({ station, zone, by, edit })).rejects.toThrow(/bad-input.*quietHours/);
    expect(await stations.zones(station)).toEqual([]);
  });

  test('a new place hears Hmong before Vietnamese and is quiet at night; a change keeps what it leaves out', async () => {
    const { stations, station, zone, by } = open();
    const made = await stations.putZone({ station, zone, by, edit: village });
    expect(made).toMatchObject({ languages: ['hmn', 'vi'], quietHours: { from: '21:00', to: '05:30' }, players: 0 });
    await stations.putZone({ station, zone, by, edit: { ...village, languages: ['vi', 'hmn', 'tai'], quietHours: null } });
    const kept = await stations.putZone({ station, zone, by, edit: { ...village, name: 'bản Nậm Chẩn' } });
    expect(kept).toMatchObject({ name: 'bản Nậm Chẩn', languages: ['vi', 'hmn', 'tai'], quietHours: null });
    expect(await stations.zones(station)).toEqual([kept]);
  });

  test('the id of another station’s place is not found', async () => {
    const { stations, station, zone, by } = open();
    await stations.putZone({ station, zone, by, edit: village });
    await expect(stations.putZone({ station: newId(), zone, by, edit: village })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a place with a player stays; a revoked player does not hold it', async () => {
    const { stations, station, zone, by } = open();
    await stations.putZone({ station, zone, by, edit: village });
    const { player } = await thingsIn(store(), station);
    await store().insertInto('playerZones').values({ player: player!, zone, position: 0 }).execute();
    const players = async () => (await stations.zones(station)).find(({ id }) => id === zone)?.players;
    expect(await players()).toBe(0); // a slot is no player yet
    await store().updateTable('players').set({ certificate: 'ab' }).where('id', '=', player!).execute();
    expect(await players()).toBe(1);
    await expect(stations.removeZone({ station, zone, by })).rejects.toMatchObject({ code: 'in-use', facts: { by: 'loa' } });
    await store().updateTable('players').set({ revokedAt: 1 }).where('id', '=', player!).execute();
    await stations.removeZone({ station, zone, by });
    expect((await stations.zones(station)).map(({ id }) => id)).not.toContain(zone);
  });

  test('a place stays while a broadcast that has not ended is meant for it', async () => {
    const { stations, station, by, clock } = open();
    const day = (offset: number): string => new Date(clock.now() + offset * DAY).toISOString().slice(0, 10);
    const weekly = { kind: 'weekly' as const, weekdays: [2], times: ['06:00'], from: day(-30) };
    const cases: Array<[When, boolean]> = [
      [{ kind: 'now' }, false],
      [{ kind: 'once', at: clock.now() - DAY }, false],
      [{ kind: 'once', at: clock.now() + DAY }, true],
      [{ ...weekly, until: day(-1) }, false],
      [{ ...weekly, until: day(1) }, true],
      [{ ...weekly, until: null }, true],
    ];
    for (const [when, holds] of cases) {
      const zone = newId();
      await stations.putZone({ station, zone, by, edit: village });
      const { broadcast } = await thingsIn(store(), station);
      const meant = { whenRule: JSON.stringify(when), zones: JSON.stringify([zone]), title: 'Bản tin sáng' };
      await store().updateTable('broadcasts').set(meant).where('id', '=', broadcast!).execute();
      const removed = stations.removeZone({ station, zone, by });
      if (holds) await expect(removed).rejects.toMatchObject({ code: 'in-use', facts: { by: 'Bản tin sáng' } });
      else await expect(removed).resolves.toBeUndefined();
    }
  });
});
