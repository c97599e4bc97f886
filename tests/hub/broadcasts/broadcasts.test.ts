import type { BodyOf } from '@tieng-loa/protocol/api.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { expect, test } from 'vitest';
import { cancelBroadcast, scheduleBroadcast, stopBroadcast } from '../../../hub/broadcasts/commands.ts';
import { gatherFacts } from '../../../hub/broadcasts/facts.ts';
import { listBroadcasts } from '../../../hub/broadcasts/queries.ts';
import { writeBulletin } from '../../../hub/bulletins/commands.ts';
import { boardFor } from '../../../hub/schedule/board-for.ts';
import { bodyFor, horizonAt } from '../../../hub/schedule/plan-for.ts';
import { local } from '../schedule/commune.ts';
import { onBothDatabases, type Town } from './town.ts';

type Wish = BodyOf<'PUT /api/stations/:station/broadcasts/:broadcast'>;
const problem = (code: string, facts?: object) => expect.objectContaining(facts === undefined ? { code } : { code, facts });
const daily = (change: object = {}): Wish['when'] => ({
  kind: 'weekly',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  times: ['06:00'],
  from: '2026-11-24',
  until: null,
  ...change,
});
const once = (time: string): Wish['when'] => ({ kind: 'once', at: local(time) });
const now: Wish['when'] = { kind: 'now' };

async function schedule(town: Town, change: Partial<Wish> = {}, id = newId()) {
  const programme = change.programme ?? (await town.programme(await town.bulletin()));
  const wish: Wish = { class: 'routine', when: daily(), zones: [town.village], ...change, programme };
  return await scheduleBroadcast(town.room, { station: town.station, id, by: town.editor, wish });
}
const board = async (town: Town) => {
  const facts = await gatherFacts(town.database, town.station, town.time.now);
  return boardFor(facts, facts.stops, null, town.time.now).lanes;
};
const startsIn = async (town: Town): Promise<number[]> => {
  const facts = await gatherFacts(town.database, town.station, town.time.now);
  return bodyFor(facts, [town.village], horizonAt(town.time.now, 'Asia/Ho_Chi_Minh')).broadcasts.flatMap((one) => one.starts);
};

onBothDatabases('broadcasts', (at) => {
  test('a daily broadcast shows its next ten starts and reaches the plan of its place', async () => {
    const town = at();
    const made = await schedule(town);
    expect(made).toMatchObject({
      state: 'scheduled',
      title: 'Bản tin sáng',
      durationMs: 126_700,
      languages: ['vi', 'hmn'],
      missingLanguages: [],
      toleranceMs: 300_000,
      by: town.editor,
    });
    expect(made.next).toHaveLength(10);
    expect(made.next[0]).toBe(local('2026-11-25 06:00'));
    expect((await startsIn(town))[0]).toBe(local('2026-11-25 06:00'));
    expect(await listBroadcasts(town.database, town.station, town.time.now)).toEqual([made]);
  });

  test('pressing now is a row and nothing more: its order stands on the urgent board, in the plan there is none', async () => {
    const town = at();
    const made = await schedule(town, { when: now });
    expect(made).toMatchObject({ state: 'scheduled', next: [] });
    const { emergency, priority } = await board(town);
    expect(emergency.orders).toEqual([]);
    expect(priority.orders).toMatchObject([{ id: made.id, issuedAt: town.time.now, broadcast: { starts: [town.time.now] } }]);
    expect(await startsIn(town)).toEqual([]);
    expect(town.told.slice(-2)).toEqual([
      { subject: 'broadcasts', station: town.station, id: made.id },
      { subject: 'airings', station: town.station, id: null },
    ]);
  });

  test('scheduled twice by the same id it is scheduled once; another wish under that id is refused', async () => {
    const town = at();
    const id = newId();
    const programme = await town.programme(await town.bulletin());
    const first = await schedule(town, { programme, when: now }, id);
    town.time.now += 5000;
    town.told.length = 0;
    expect(await schedule(town, { programme, when: now }, id)).toEqual(first);
    expect(town.told).toEqual([]);
    expect((await board(town)).priority.orders.map((order) => order.issuedAt)).toEqual([town.time.now - 5000]);
    await expect(schedule(town, { programme, when: daily() }, id)).rejects.toEqual(problem('changed-meanwhile'));
    const elsewhere = scheduleBroadcast(town.room, {
      station: newId(),
      id,
      by: town.editor,
      wish: { programme, class: 'routine', when: now, zones: [town.village] },
    });
    await expect(elsewhere).rejects.toEqual(problem('not-found'));
  });

  test('what a person wishes is refused where it cannot be, in words that say why', async () => {
    const town = at();
    const [ok, routine, vietnamese] = [
      await town.bulletin(),
      await town.bulletin({ class: 'routine' }),
      await town.bulletin({ languages: ['vi'] }),
    ];
    const foreign = await town.addZone('Nậm Nhừ', { station: newId() });
    const programme = await town.programme(ok);
    const refused = (wish: Partial<Wish>, code: string, facts?: object) =>
      expect(schedule(town, { programme, ...wish })).rejects.toEqual(problem(code, facts));
    await refused({ programme: newId() }, 'not-found');
    await refused({ zones: [foreign] }, 'not-found');
    await refused({ zones: [newId()] }, 'not-found');
    await refused({ zones: [town.village, town.market] }, 'no-players', { zone: 'Chợ' });
    await refused({ zones: [town.market], class: 'emergency' }, 'no-players', { zone: 'Chợ' });
    await refused({ class: 'emergency' }, 'class-not-approved', { title: 'Lừa đảo qua điện thoại', approved: 'priority' });
    await refused({ programme: await town.programme(routine), class: 'priority' }, 'class-not-approved');
    await refused({ programme: await town.programme(vietnamese) }, 'missing-language', { languages: ['hmn'], zones: ['Bản Huổi Lụ'] });
    await refused({ when: once('2026-11-24 22:15') }, 'quiet-hours', {
      from: '21:00',
      to: '05:30',
      at: local('2026-11-24 22:15'),
      zone: 'Bản Huổi Lụ',
    });
    await refused({ when: daily({ times: ['06:00', '03:15'] }) }, 'quiet-hours', {
      from: '21:00',
      to: '05:30',
      at: local('2026-11-25 03:15'),
      zone: 'Bản Huổi Lụ',
    });
    await refused({ when: once('2026-11-24 11:59') }, 'past-time', { at: local('2026-11-24 11:59') });
    await refused({ when: once('2027-01-09 12:00') }, 'too-far', { days: 45 });
    await refused({ when: daily({ from: '9999-12-31' }) }, 'too-far');
    await refused({ when: daily({ until: '9999-12-31' }) }, 'too-far');
    await refused({ when: daily({ until: '2026-11-24' }) }, 'no-starts');
    await refused({ when: daily({ weekdays: [1], from: '2026-11-24', until: '2026-11-26' }) }, 'no-starts');
    await refused({ when: daily({ from: '2027-02-30' }) }, 'bad-input', { field: 'when.from', why: 'pattern' });
    expect(await listBroadcasts(town.database, town.station, town.time.now)).toEqual([]);
    expect((await schedule(town, { programme, when: once('2027-01-08 12:00') })).state).toBe('scheduled');
  });

  test('what is ahead may wait for its approval, what is now may not', async () => {
    const town = at();
    const programme = await town.programme(await town.bulletin({ approved: false }));
    expect(await schedule(town, { programme })).toMatchObject({ state: 'waiting' });
    expect(await startsIn(town)).toEqual([]);
    await expect(schedule(town, { programme, when: now })).rejects.toEqual(problem('not-approved', { title: 'Lừa đảo qua điện thoại' }));
    const ended = await town.programme(await town.bulletin({ validUntil: town.time.now + 1000 }));
    town.time.now += 1000;
    await expect(schedule(town, { programme: ended, when: now })).rejects.toEqual(problem('not-approved'));
  });

  test('a missing language is a fault that a person may accept; an emergency does not ask', async () => {
    const town = at();
    const bulletin = await town.bulletin({ languages: ['vi'], class: 'emergency' });
    const programme = await town.programme(bulletin);
    expect(await schedule(town, { programme, acceptMissing: true })).toMatchObject({ missingLanguages: ['hmn'] });
    expect(await schedule(town, { programme, class: 'emergency', when: now })).toMatchObject({ missingLanguages: ['hmn'] });
    expect((await board(town)).emergency.orders).toHaveLength(1);
  });

  test('quiet hours hold where all places are quiet, and never for an emergency', async () => {
    const town = at();
    const awake = await town.addZone('Đồn', { quietHours: null });
    await town.addPlayer([awake]);
    town.time.now = local('2026-11-24 23:00');
    const programme = await town.programme(await town.bulletin({ class: 'emergency' }));
    await expect(schedule(town, { programme, when: now })).rejects.toEqual(problem('quiet-hours'));
    expect((await schedule(town, { programme, when: now, zones: [town.village, awake] })).state).toBe('scheduled');
    expect((await schedule(town, { programme, when: now, class: 'emergency' })).state).toBe('scheduled');
  });

  test('a change of a bulletin that is scheduled makes it wait for its new approval', async () => {
    const town = at();
    const bulletin = await town.bulletin();
    await schedule(town, { programme: await town.programme(bulletin) });
    const parts = [{ language: 'vi', text: 'mới', recordings: [await town.record('vi')] }];
    const written = { title: 'Mới', subject: 'scam', class: 'priority', validUntil: null, parts, revision: 1 } as const;
    await writeBulletin(town.room, { station: town.station, id: bulletin, changer: { id: town.editor.id, composes: true }, written });
    const [view] = await listBroadcasts(town.database, town.station, town.time.now);
    expect(view).toMatchObject({ state: 'waiting', missingLanguages: ['hmn'] });
    expect(await startsIn(town)).toEqual([]);
  });

  test('a broadcast is over once nothing of it is to come or sounds', async () => {
    const town = at();
    const once1 = await schedule(town, { when: once('2026-11-24 17:30') });
    const state = async () => (await listBroadcasts(town.database, town.station, town.time.now)).find((one) => one.id === once1.id)!.state;
    town.time.now = local('2026-11-24 17:31');
    expect(await state()).toBe('scheduled');
    town.time.now = local('2026-11-24 18:00');
    expect(await state()).toBe('ended');
  });

  test('a rule that begins after the horizon is scheduled, not over', async () => {
    const town = at();
    const made = await schedule(town, { when: daily({ from: '2027-03-01' }) });
    expect(made).toMatchObject({ state: 'scheduled' });
    expect(made.next[0]).toBe(local('2027-03-01 06:00'));
  });

  test('stopping silences exactly the airing that sounds: the next one comes', async () => {
    const town = at();
    const { id } = await schedule(town, { when: daily({ times: ['06:00', '07:00'] }) });
    town.time.now = local('2026-11-25 06:01');
    await stopBroadcast(town.room, id, null, town.editor.id);
    const { silence } = await board(town);
    expect(silence.orders).toMatchObject([{ broadcast: id, plannedAt: local('2026-11-25 06:00'), zones: null }]);
    expect(silence.orders[0]!.expiresAt).toBeGreaterThan(local('2026-11-25 06:07'));
    expect(silence.orders[0]!.expiresAt).toBeLessThan(local('2026-11-25 07:00'));
    expect(await startsIn(town)).toContain(local('2026-11-25 06:00'));
    const deeds = await town.database.selectFrom('audit').select('action').where('station', '=', town.station).execute();
    expect(deeds.map((deed) => deed.action)).toContain('broadcast.stop');
  });

  test('one airing to come can be called off; it leaves the plan and the list, the others stay', async () => {
    const town = at();
    const { id, next } = await schedule(town);
    await stopBroadcast(town.room, id, next[1]!, town.editor.id);
    expect(await startsIn(town)).not.toContain(next[1]);
    expect(await startsIn(town)).toContain(next[2]);
    const [view] = await listBroadcasts(town.database, town.station, town.time.now);
    expect(view!.next).not.toContain(next[1]);
    // long after, the start that was called off does not come back into a body that still covers its day
    town.time.now = local('2026-11-26 23:00');
    expect(await startsIn(town)).not.toContain(next[1]);
  });

  test('what does not sound cannot be stopped', async () => {
    const town = at();
    const { id, next } = await schedule(town);
    await expect(stopBroadcast(town.room, id, null, town.editor.id)).rejects.toEqual(problem('not-sounding'));
    await expect(stopBroadcast(town.room, id, next[0]! + 1, town.editor.id)).rejects.toEqual(problem('not-sounding'));
    await expect(stopBroadcast(town.room, id, local('2026-11-20 06:00'), town.editor.id)).rejects.toEqual(problem('not-sounding'));
    await expect(stopBroadcast(town.room, newId(), null, town.editor.id)).rejects.toEqual(problem('not-found'));
  });

  test('what a player says that it sounds can be stopped, whatever the schedule says', async () => {
    const town = at();
    const { id } = await schedule(town);
    const plannedAt = local('2026-11-24 06:00');
    const onAir = {
      airing: newId(),
      broadcast: id,
      class: 'routine',
      plannedAt,
      startedAt: plannedAt,
      language: null,
      elapsedMs: 1,
      totalMs: 2,
    } as const;
    await town.say(town.player, { onAir });
    await stopBroadcast(town.room, id, null, town.editor.id);
    expect((await board(town)).silence.orders).toMatchObject([{ broadcast: id, plannedAt }]);
  });

  test('cancelling stops what sounds and takes back what is to come; done twice it is done once', async () => {
    const town = at();
    const { id } = await schedule(town, { when: now });
    const weekly = await schedule(town);
    for (const one of [id, weekly.id]) await cancelBroadcast(town.room, one, town.editor.id);
    const { silence, priority } = await board(town);
    expect(silence.orders.map((order) => order.broadcast)).toEqual([id]);
    expect(priority.orders).toEqual([]);
    expect(await startsIn(town)).toEqual([]);
    town.told.length = 0;
    await cancelBroadcast(town.room, id, town.editor.id);
    expect(town.told).toEqual([]);
    const states = (await listBroadcasts(town.database, town.station, town.time.now)).map((one) => one.state);
    expect(states).toEqual(['cancelled', 'cancelled']);
  });

  test('what is long over is not read again', async () => {
    const town = at();
    await schedule(town, { when: now });
    await schedule(town, { when: once('2026-11-24 17:30') });
    town.time.now = local('2027-01-20 12:00');
    expect((await gatherFacts(town.database, town.station, town.time.now)).broadcasts).toEqual([]);
  });
});
