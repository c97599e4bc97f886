/** The ledger's first half: an airing whose time has come is written down, so that none is forgotten where no report ever comes. */
import { type Expected, expectedAirings } from '../schedule/expected.ts';
import type { StationFacts } from '../schedule/facts.ts';
import { DUE_LOOK_BACK_MS, DUE_OVERLAP_MS, INSERTED_AT_ONCE } from '../schedule/limits.ts';
import type { Span } from '../schedule/plan-for.ts';
import type { Database } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';

/**
 * Writes a row for each airing that was due in the span. A row that is there, from before or from a report, is left as it is.
 * @returns how many were new.
 */
export async function recordDue(database: Database, facts: StationFacts, span: Span): Promise<number> {
  const rows = expectedAirings(facts, span).map((airing) => rowOf(facts.station.id, airing));
  let added = 0;
  for (let at = 0; at < rows.length; at += INSERTED_AT_ONCE) {
    const query = database.insertInto('airings').values(rows.slice(at, at + INSERTED_AT_ONCE));
    const { numInsertedOrUpdatedRows } = await query.onConflict((same) => same.column('id').doNothing()).executeTakeFirst();
    added += Number(numInsertedOrUpdatedRows ?? 0);
  }
  return added;
}

/**
 * Writes down what has come due since the last time, and remembers how far it came. It looks a little further back each time, for what was
 * stored while the last round ran.
 * @returns how many airings were new.
 */
export async function recordDueUntil(database: Database, facts: StationFacts, now: number): Promise<number> {
  const last = (await recordedUntil(database, facts.station.id)) ?? now;
  const added = await recordDue(database, facts, { from: Math.max(last - DUE_OVERLAP_MS, now - DUE_LOOK_BACK_MS), to: now + 1 });
  const mark = { name: markOf(facts.station.id), value: String(now) };
  await database
    .insertInto('facts')
    .values(mark)
    .onConflict((same) => same.column('name').doUpdateSet({ value: mark.value }))
    .execute();
  return added;
}

const markOf = (station: string): string => `ledger.recorded-until.${station}`;

/** @returns until when everything due in a station has been written down; null before the first time. */
export async function recordedUntil(database: Database, station: string): Promise<number | null> {
  const mark = await database.selectFrom('facts').select('value').where('name', '=', markOf(station)).executeTakeFirst();
  return mark === undefined ? null : Number(mark.value);
}

/** What the hub did not plan is over as soon as it is due: no player will report it. */
function rowOf(station: string, { id, broadcast, plannedAt, player, zone, place, standing }: Expected): Tables['airings'] {
  const over = standing !== 'planned';
  return {
    id,
    station,
    broadcast: broadcast.id,
    title: broadcast.title,
    class: broadcast.class,
    plannedAt,
    durationMs: place.durationMs,
    player: player.id,
    zone,
    languages: JSON.stringify(place.languages),
    result: over ? 'missed' : null,
    reason: standing === 'not-approved' ? 'not-approved' : over ? 'stopped' : null,
    startedAt: null,
    endedAt: over ? plannedAt : null,
    latenessMs: null,
    parts: '[]',
    missingLanguages: JSON.stringify(place.missingLanguages),
    reportedAt: null,
    envelope: null,
  };
}
