/** What people do to broadcasts: schedule (also "now"), stop, cancel. Each is one short transaction; the planner does the rest. */
import type { BodyOf } from '@tieng-loa/protocol/api.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Broadcast, When } from '@tieng-loa/protocol/views.ts';
import { TOLERANCE_MS } from '@tieng-loa/timetable/rank.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import { recordDeed } from '../people/audit.ts';
import { plannedStarts } from '../schedule/compose.ts';
import type { BroadcastFacts, ZoneFacts } from '../schedule/facts.ts';
import type { Database } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { contentOf } from './content.ts';
import { BROADCAST_COLUMNS, broadcastFacts, stopsOf, zonesOf } from './facts.ts';
import { broadcastView, type Sight, stationOf } from './queries.ts';
import { refuseBroadcast } from './refusals.ts';
import { type Due, dueOf, orderStops, tailOf } from './silence.ts';

export interface BroadcastRoom {
  database: Database;
  clock: Clock;
  changes: Changes;
}
type Row = Tables['broadcasts'];
type Wish = BodyOf<'PUT /api/stations/:station/broadcasts/:broadcast'>;

/**
 * Schedules a programme. A press of "now" is a row with its instant, and nothing more. Sent twice, it is scheduled once.
 * @throws Problem `changed-meanwhile` where this id is another schedule already; see `refuseBroadcast` for the others.
 */
export async function scheduleBroadcast(
  room: BroadcastRoom,
  asked: { station: string; id: string; by: { id: string; name: string }; wish: Wish },
): Promise<Broadcast> {
  const now = room.clock.now();
  const { view, made } = await room.database.transaction().execute(async (database) => {
    const station = await stationOf(database, asked.station);
    const held = await database.selectFrom('broadcasts').selectAll().where('id', '=', asked.id).executeTakeFirst();
    if (held !== undefined && held.station !== station.id) throw new Problem('not-found');
    const row = { ...rowOf(asked, now), title: held?.title ?? '' };
    const zones = await chosenZones(database, station.id, asked.wish.zones);
    const content = await contentOf(database, { programmes: [asked.wish.programme] });
    if (held !== undefined) {
      if (!isRepeat(held, row)) throw new Problem('changed-meanwhile');
      const maker = await database.selectFrom('people').select('name').where('id', '=', held.createdBy).executeTakeFirst();
      const sight: Sight = { ...content, station, zones, stops: await stopsOf(database, station.id, now), now };
      return { view: broadcastView(broadcastFacts(held), { id: held.createdBy, name: maker?.name ?? '' }, sight), made: false };
    }
    row.title = await refuseBroadcast(database, { station, wish: asked.wish, zones, content, now });
    await insert(database, row);
    const deed = { broadcast: row.id, title: row.title, class: row.class, when: asked.wish.when, zones: asked.wish.zones };
    await recordDeed(database, { at: now, person: asked.by.id, station: station.id, action: 'broadcast.schedule', facts: deed });
    const { id, name } = asked.by;
    return { view: broadcastView(broadcastFacts(row), { id, name }, { ...content, station, zones, stops: [], now }), made: true };
  });
  if (made) tell(room, asked.station, asked.id);
  return view;
}

function rowOf({ station, id, by, wish }: { station: string; id: string; by: { id: string }; wish: Wish }, now: number): Row {
  return {
    id,
    station,
    programme: wish.programme,
    title: '',
    class: wish.class,
    whenRule: JSON.stringify(ordered(wish.when)),
    zones: JSON.stringify(wish.zones),
    toleranceMs: wish.toleranceMs ?? TOLERANCE_MS[wish.class],
    acceptMissing: wish.acceptMissing === true ? 1 : 0,
    startedNowAt: wish.when.kind === 'now' ? now : null,
    cancelledAt: null,
    createdBy: by.id,
    createdAt: now,
  };
}

/** One spelling of each rule, its kind first: rules are compared and sought as text. */
function ordered(when: When): When {
  if (when.kind === 'now') return { kind: 'now' };
  if (when.kind === 'once') return { kind: 'once', at: when.at };
  return { kind: 'weekly', weekdays: when.weekdays.toSorted(), times: when.times.toSorted(), from: when.from, until: when.until };
}

const isRepeat = (held: Row, row: Row): boolean =>
  (['programme', 'class', 'whenRule', 'zones', 'toleranceMs', 'acceptMissing'] as const).every((key) => held[key] === row[key]);

async function insert(database: Database, row: Row): Promise<void> {
  const query = database.insertInto('broadcasts').values(row);
  const { numInsertedOrUpdatedRows } = await query.onConflict((same) => same.column('id').doNothing()).executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) throw new Problem('changed-meanwhile');
}

/** @throws Problem `not-found` for a place of another station. */
async function chosenZones(database: Database, station: string, ids: readonly string[]): Promise<Map<string, ZoneFacts>> {
  const zones = new Map((await zonesOf(database, station)).map((zone) => [zone.id, zone]));
  if (ids.some((id) => !zones.has(id))) throw new Problem('not-found');
  return zones;
}

/** A broadcast with its station. @throws Problem `not-found`. */
async function heldBroadcast(
  database: Database,
  id: string,
): Promise<{ broadcast: BroadcastFacts; station: { id: string; timeZone: string } }> {
  const query = database.selectFrom('broadcasts').select(BROADCAST_COLUMNS).select('station').where('id', '=', id);
  const row = await query.executeTakeFirst();
  if (row === undefined) throw new Problem('not-found');
  return { broadcast: broadcastFacts(row), station: await stationOf(database, row.station) };
}

/**
 * Stops what sounds of a broadcast or is due now; or, by its start, one airing, which may be one to come.
 * @throws Problem `not-found`, `not-sounding`.
 */
export async function stopBroadcast(room: BroadcastRoom, id: string, plannedAt: number | null, by: string): Promise<void> {
  const now = room.clock.now();
  const station = await room.database.transaction().execute(async (database) => {
    const { broadcast, station } = await heldBroadcast(database, id);
    const due = await dueOf(database, station, broadcast, now);
    const meant = plannedAt === null ? due : await startAt(database, broadcast, station.timeZone, { plannedAt, due, now });
    if (meant.length === 0) throw new Problem('not-sounding');
    await orderStops(database, { station: station.id, issuedBy: by, now }, meant);
    await recordDeed(database, { at: now, person: by, station: station.id, action: 'broadcast.stop', facts: { broadcast: id, plannedAt } });
    return station.id;
  });
  tell(room, station, id);
}

/** The start named, if something of it sounds, is due, or is to come. */
async function startAt(
  database: Database,
  broadcast: BroadcastFacts,
  timeZone: string,
  { plannedAt, due, now }: { plannedAt: number; due: Due[]; now: number },
): Promise<Due[]> {
  const sounding = due.filter((one) => one.plannedAt === plannedAt);
  if (sounding.length > 0 || plannedAt <= now) return sounding;
  if (plannedStarts(broadcast, { from: plannedAt, to: plannedAt + 1, timeZone }).length === 0) return [];
  const tail = tailOf(broadcast, await contentOf(database, { programmes: [broadcast.programme] }));
  return [{ broadcast: broadcast.id, plannedAt, expiresAt: plannedAt + tail }];
}

/** Cancels a broadcast: what sounds of it is stopped, nothing more comes. Done twice, it is done once. @throws Problem `not-found`. */
export async function cancelBroadcast(room: BroadcastRoom, id: string, by: string): Promise<void> {
  const now = room.clock.now();
  const station = await room.database.transaction().execute(async (database) => {
    const { broadcast, station } = await heldBroadcast(database, id);
    if (broadcast.cancelledAt !== null) return null;
    await orderStops(database, { station: station.id, issuedBy: by, now }, await dueOf(database, station, broadcast, now));
    await database.updateTable('broadcasts').set({ cancelledAt: now }).where('id', '=', id).execute();
    await recordDeed(database, { at: now, person: by, station: station.id, action: 'broadcast.cancel', facts: { broadcast: id } });
    return station.id;
  });
  if (station !== null) tell(room, station, id);
}

function tell({ changes }: BroadcastRoom, station: string, id: string): void {
  changes.tell({ subject: 'broadcasts', station, id });
  changes.tell({ subject: 'airings', station, id: null });
}
