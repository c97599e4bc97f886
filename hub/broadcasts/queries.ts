/** Broadcasts as people see them: what is scheduled, what comes next, what it lacks. */
import { BROADCASTS, DAY, HORIZON_MS } from '@tieng-loa/protocol/limits.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Broadcast } from '@tieng-loa/protocol/views.ts';
import { missingLanguages } from '@tieng-loa/timetable/steps.ts';
import { compositionOf, isAirable, plannedStarts } from '../schedule/compose.ts';
import type { BroadcastFacts, Content, StopFacts, ZoneFacts } from '../schedule/facts.ts';
import { LISTED_BACK_MS } from '../schedule/limits.ts';
import { calledOff, tailMs } from '../schedule/plan-for.ts';
import type { Database } from '../store/database.ts';
import { contentOf } from './content.ts';
import { BROADCAST_COLUMNS, broadcastFacts, stopsOf, zonesOf } from './facts.ts';

/** Starts that are shown of a broadcast. */
const NEXT = 10;

/** What a broadcast is seen against. */
export interface Sight extends Content {
  station: { id: string; timeZone: string };
  zones: ReadonlyMap<string, ZoneFacts>;
  stops: readonly StopFacts[];
  now: number;
}

/** @returns the broadcast as people see it. */
export function broadcastView(broadcast: BroadcastFacts, by: { id: string; name: string }, sight: Sight): Broadcast {
  const composition = compositionOf(broadcast, sight);
  const heard = broadcast.zones.flatMap((zone) => sight.zones.get(zone)?.languages ?? []);
  return {
    id: broadcast.id,
    station: sight.station.id,
    programme: broadcast.programme,
    title: broadcast.title,
    class: broadcast.class,
    when: broadcast.when,
    zones: broadcast.zones,
    toleranceMs: broadcast.toleranceMs,
    ...stateOf(broadcast, sight),
    durationMs: composition?.durationMs ?? 0,
    languages: composition?.languages ?? [],
    missingLanguages: composition === null ? [] : missingLanguages(composition.intended, [...new Set(heard)]),
    by,
    createdAt: broadcast.createdAt,
  };
}

function stateOf(broadcast: BroadcastFacts, sight: Sight): Pick<Broadcast, 'state' | 'next'> {
  if (broadcast.cancelledAt !== null) return { state: 'cancelled', next: [] };
  const composition = compositionOf(broadcast, sight);
  const next = nextStarts(broadcast, sight).filter((at) => composition?.validUntil == null || at < composition.validUntil);
  const sounding = plannedStarts(broadcast, {
    ...sight.station,
    from: sight.now - tailMs(broadcast, composition?.durationMs ?? 0),
    to: sight.now + 1,
  });
  if (next.length === 0 && sounding.length === 0) return { state: 'ended', next };
  return { state: isAirable(broadcast, composition) ? 'scheduled' : 'waiting', next };
}

/** The next starts: those of a week are mostly enough, and quicker to find than those of the whole horizon. */
function nextStarts(broadcast: BroadcastFacts, { station, stops, now }: Sight): number[] {
  const { timeZone } = station;
  const { when } = broadcast;
  if (when.kind === 'now') return [];
  const from = when.kind === 'weekly' ? Math.max(now, Temporal.PlainDate.from(when.from).toZonedDateTime(timeZone).epochMilliseconds) : now;
  const off = calledOff(stops, broadcast.id);
  const week = plannedStarts(broadcast, { timeZone, from, to: from + 7 * DAY }, off);
  const all = week.length >= NEXT ? week : plannedStarts(broadcast, { timeZone, from, to: from + HORIZON_MS + 1 }, off);
  return all.slice(0, NEXT);
}

const rows = (database: Database) =>
  database
    .selectFrom('broadcasts')
    .leftJoin('people', 'people.id', 'broadcasts.createdBy')
    .select(BROADCAST_COLUMNS.map((column) => `broadcasts.${column}` as const))
    .select(['broadcasts.createdBy', 'people.name as byName']);

/** @returns what is scheduled in a station and what was lately, newest first. */
export async function listBroadcasts(database: Database, station: string, now: number): Promise<Broadcast[]> {
  const lately = rows(database)
    .where('broadcasts.station', '=', station)
    .where((or) =>
      or.or([
        or('broadcasts.createdAt', '>=', now - LISTED_BACK_MS),
        or.and([or('broadcasts.whenRule', 'like', '{"kind":"weekly"%'), or('broadcasts.cancelledAt', 'is', null)]),
      ]),
    )
    .orderBy('broadcasts.createdAt', 'desc')
    .orderBy('broadcasts.id');
  return await views(database, station, await lately.limit(BROADCASTS).execute(), now);
}

async function views(
  database: Database,
  station: string,
  found: readonly Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number][],
  now: number,
): Promise<Broadcast[]> {
  const content = await contentOf(database, { programmes: [...new Set(found.map((row) => row.programme))] });
  const sight: Sight = {
    ...content,
    station: await stationOf(database, station),
    zones: new Map((await zonesOf(database, station)).map((zone) => [zone.id, zone])),
    stops: await stopsOf(database, station, now),
    now,
  };
  return found.map(({ createdBy, byName, ...row }) => broadcastView(broadcastFacts(row), { id: createdBy, name: byName ?? '' }, sight));
}

/** @throws Problem `not-found`. */
export async function stationOf(database: Database, id: string): Promise<{ id: string; timeZone: string }> {
  const station = await database.selectFrom('stations').select(['id', 'timeZone']).where('id', '=', id).executeTakeFirst();
  if (station === undefined) throw new Problem('not-found');
  return station;
}

/** @returns whether an airing of a programme is to come or may be sounding. */
export async function hasStartsLeft(database: Database, asked: { programme: string; station: string; now: number }): Promise<boolean> {
  const { programme, station, now } = asked;
  const found = await database.selectFrom('broadcasts').select(BROADCAST_COLUMNS).where('programme', '=', programme).execute();
  const sight: Sight = {
    ...(await contentOf(database, { programmes: [programme] })),
    station: await stationOf(database, station),
    zones: new Map(),
    stops: [],
    now,
  };
  return found.some((row) => ['scheduled', 'waiting'].includes(stateOf(broadcastFacts(row), sight).state));
}
