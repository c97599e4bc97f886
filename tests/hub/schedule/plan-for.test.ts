import { sha256 } from '@tieng-loa/protocol/ids.ts';
import { Body } from '@tieng-loa/protocol/plan.ts';
import { checked } from '@tieng-loa/protocol/strict.ts';
import { expect, test } from 'vitest';
import type { StationFacts } from '../../../hub/schedule/facts.ts';
import { bodiesFor, bodyFor, encodeBody, horizonAt } from '../../../hub/schedule/plan-for.ts';
import { broadcast, bulletin, type Commune, commune, idOf, local, recording } from './commune.ts';

const noon = local('2026-11-24 12:00');
const horizon = horizonAt(noon, 'Asia/Ho_Chi_Minh');
const planned = (of: Commune, ...broadcasts: StationFacts['broadcasts']) =>
  bodyFor({ ...of.facts, broadcasts }, [of.village], horizon).broadcasts;

test('a body holds each broadcast once, its steps and its starts for 45 days', () => {
  const of = commune();
  const daily = broadcast(of);
  const body = checked(Body, bodyFor({ ...of.facts, broadcasts: [daily] }, [of.village], horizon));
  expect(body.broadcasts).toHaveLength(1);
  const [one] = body.broadcasts;
  expect(one!.steps.map((step) => (step.kind === 'part' ? `${step.item} ${step.language}` : step.kind))).toEqual([
    'chime',
    '1 vi',
    '1 hmn',
    'pause',
    'chime',
  ]);
  expect(one!.starts[0]).toBe(local('2026-11-24 06:00'));
  expect(one!.starts.at(-1)).toBe(local('2027-01-08 06:00'));
  expect(one).toMatchObject({ id: daily.id, title: daily.title, class: 'routine', toleranceMs: 300_000, longestMs: 7_200_000 });
  expect(body.renderings).toHaveLength(2);
  expect(body.approvals.map((approval) => approval.bulletin)).toEqual([of.bulletin.id]);
});

test('equal facts give equal bytes, in whatever order they were read', () => {
  const of = commune();
  const broadcasts = Array.from({ length: 5 }, () => broadcast(of));
  const other = { ...of.facts, broadcasts: broadcasts.toReversed(), recordings: new Map([...of.facts.recordings].reverse()) };
  const hashes = [{ ...of.facts, broadcasts }, other].map((facts) => sha256(encodeBody(bodyFor(facts, [of.village], horizon))));
  expect(hashes[0]).toBe(hashes[1]);
});

test('a body is the same all day', () => {
  const of = commune();
  const facts = { ...of.facts, broadcasts: [broadcast(of)] };
  const at = (time: string) => encodeBody(bodyFor(facts, [of.village], horizonAt(local(time), 'Asia/Ho_Chi_Minh')));
  expect(at('2026-11-24 08:00')).toBe(at('2026-11-24 23:59'));
  expect(at('2026-11-25 08:00')).not.toBe(at('2026-11-24 23:59'));
});

test('what may still sound after midnight stays in the body', () => {
  expect(horizonAt(local('2026-11-25 00:30'), 'Asia/Ho_Chi_Minh').from).toBe(local('2026-11-24 00:00'));
});

test('players are told only of the broadcasts for their places', () => {
  const of = commune();
  const [here, there, both] = [broadcast(of), broadcast(of, { zones: [of.market] }), broadcast(of, { zones: [of.market, of.village] })];
  const bodies = bodiesFor({ ...of.facts, broadcasts: [here, there, both] }, [[of.village], [of.market], [idOf('c')]], horizon);
  const ids = bodies.map((body) => body.broadcasts.map((one) => one.id).sort());
  expect(ids).toEqual([[here.id, both.id].sort(), [there.id, both.id].sort(), []]);
});

test.each([
  ['a bulletin that is not approved', { state: 'submitted' as const }],
  ['a bulletin that was withdrawn', { state: 'withdrawn' as const }],
  ['a bulletin whose approval has run out', { validUntil: local('2026-11-20 00:00') }],
])('%s stays out of every body', (_, change) => {
  const of = commune({ bulletin: change });
  const body = bodyFor({ ...of.facts, broadcasts: [broadcast(of)] }, [of.village], horizon);
  expect(body).toMatchObject({ broadcasts: [], renderings: [], approvals: [] });
});

test('a broadcast of a higher class than its bulletin was approved for stays out', () => {
  const of = commune({ bulletin: { class: 'routine' } });
  expect(planned(of, broadcast(of, { class: 'priority' }))).toEqual([]);
});

test('sound that was not the sound approved stays out', () => {
  const of = commune();
  const swapped = { ...of.recordings[0]!, rendering: recording('vi').rendering };
  const facts = { ...of.facts, recordings: new Map([...of.facts.recordings, [swapped.id, swapped]]), broadcasts: [broadcast(of)] };
  expect(bodyFor(facts, [of.village], horizon).broadcasts).toEqual([]);
});

test('starts end with the validity of the approval', () => {
  const of = commune({ bulletin: { validUntil: local('2026-11-26 12:00') } });
  expect(planned(of, broadcast(of))[0]!.starts).toEqual(['2026-11-24', '2026-11-25', '2026-11-26'].map((day) => local(`${day} 06:00`)));
});

test('a start that had passed before the broadcast was made, or was approved too late for it, is nobody’s', () => {
  const late = commune();
  expect(planned(late, broadcast(late, { createdAt: local('2026-11-24 06:01') }))[0]!.starts[0]).toBe(local('2026-11-25 06:00'));
  const approvedAt = (time: string) => {
    const of = commune();
    const approval = { ...of.bulletin.approval!, approvedAt: local(time) };
    return { ...of, facts: { ...of.facts, bulletins: new Map([[of.bulletin.id, { ...of.bulletin, approval }]]) } };
  };
  const tooLate = approvedAt('2026-11-24 06:06');
  expect(planned(tooLate, broadcast(tooLate))[0]!.starts[0]).toBe(local('2026-11-25 06:00'));
  const inTime = approvedAt('2026-11-24 06:04');
  expect(planned(inTime, broadcast(inTime))[0]!.starts[0]).toBe(local('2026-11-24 06:00'));
});

test('a cancelled broadcast has no more starts, and one start can be called off', () => {
  const of = commune();
  expect(planned(of, broadcast(of, { cancelledAt: local('2026-11-25 12:00') }))[0]!.starts).toHaveLength(2);
  const daily = broadcast(of);
  const stop = { id: idOf('s'), broadcast: daily.id, plannedAt: local('2026-11-25 06:00'), expiresAt: local('2026-11-25 06:10') };
  const withStop = (issuedAt: number) =>
    bodyFor({ ...of.facts, broadcasts: [daily], stops: [{ ...stop, issuedAt }] }, [of.village], horizon).broadcasts[0]!.starts;
  expect(withStop(noon)).not.toContain(stop.plannedAt);
  // one that was stopped while it sounded stays: its players report it
  expect(withStop(local('2026-11-25 06:01'))).toContain(stop.plannedAt);
});

test('what was pressed now travels on the urgent board alone', () => {
  const of = commune();
  expect(planned(of, broadcast(of, { when: { kind: 'now' }, startedNowAt: noon }))).toEqual([]);
});

test('the sound of every approved emergency bulletin lies on every player beforehand', () => {
  const of = commune({ bulletin: { class: 'emergency' } });
  const body = bodyFor(of.facts, [idOf('c')], horizon);
  expect(body.broadcasts).toMatchObject([{ id: of.bulletin.id, class: 'emergency', starts: [] }]);
  expect(body.renderings).toHaveLength(2);
  expect(body.approvals).toHaveLength(1);
});

test('a station too busy for one body gets fewer days, never a body that players refuse', () => {
  const of = commune();
  const times = ['05:30', '06:30', '07:30', '11:00', '12:00', '17:00', '18:00', '19:00'];
  const when = { kind: 'weekly', weekdays: [1, 2, 3, 4, 5, 6, 7], times, from: '2026-11-02', until: null } as const;
  const busy = Array.from({ length: 900 }, () => broadcast(of, { when: { ...when, weekdays: [...when.weekdays], times } }));
  const body = bodyFor({ ...of.facts, broadcasts: busy }, [of.village], horizon);
  expect(Buffer.byteLength(encodeBody(body))).toBeLessThanOrEqual(4 * 1024 * 1024);
  expect(body.broadcasts).toHaveLength(900);
  expect(body.broadcasts[0]!.starts.length).toBeGreaterThan(8 * 7);
});

test('a song between bulletins is one more item, in no language', () => {
  const of = commune();
  const song = recording('zxx');
  const tune = bulletin([song]);
  const programme = { ...of.facts.programmes.get(of.programme)!, items: [{ kind: 'bulletin' as const, bulletin: tune.id }] };
  const facts = {
    ...of.facts,
    programmes: new Map([[of.programme, programme]]),
    bulletins: new Map([[tune.id, tune]]),
    recordings: new Map([[song.id, song]]),
    broadcasts: [broadcast(of)],
  };
  expect(bodyFor(facts, [of.village], horizon).broadcasts[0]!.steps).toMatchObject([{ kind: 'part', item: 0, language: 'zxx' }]);
});
