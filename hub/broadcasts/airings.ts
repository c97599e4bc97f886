/** The ledger as people see it: what was, what is on air, what is to come, at every player. */
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Airing } from '@tieng-loa/protocol/views.ts';
import { type Expected, expectedAirings } from '../schedule/expected.ts';
import { DUE_OVERLAP_MS, LEDGER_ROWS, LEDGER_SPAN_MS, LONGEST_TAIL_MS } from '../schedule/limits.ts';
import type { Database } from '../store/database.ts';
import { type Answer, airingState, type LastWord, type Question } from './airing-state.ts';
import { gatherFacts } from './facts.ts';
import { recordedUntil } from './ledger.ts';

export interface LedgerQuestion {
  station: string;
  from: number;
  to: number;
  broadcast?: string | undefined;
  now: number;
}

/** Asks what an airing is, with its player's last word. */
type Look = (question: Omit<Question, 'word'>, player: string) => Answer;

/**
 * @returns the airings planned in [from, to), by their time. What is past stands in the ledger; what is to come is derived.
 * @throws Problem `bad-input` for more than a week.
 */
export async function listAirings(database: Database, asked: LedgerQuestion): Promise<Airing[]> {
  const { station, from, to, now } = asked;
  if (to < from) throw new Problem('bad-input', { field: 'to', why: 'minimum', limit: from });
  if (to - from > LEDGER_SPAN_MS) throw new Problem('bad-input', { field: 'to', why: 'maximum', limit: from + LEDGER_SPAN_MS });
  const rows = await recordedRows(database, asked);
  const expected = await expectedIn(database, asked);
  const names = await namesIn(database, station);
  const words = await lastWords(database, station);
  const seen: Look = (question, player) => airingState({ ...question, word: words.get(player) ?? null }, now);
  const recorded = rows.map((row): Airing => {
    const { player, zone, languages, parts, missingLanguages, ...same } = row;
    const state = seen({ ...row, recorded: row, expected: expected.get(row.id) ?? null }, player);
    expected.delete(row.id);
    return {
      ...same,
      ...state,
      player: { id: player, name: names.get(player) ?? '' },
      zone: { id: zone, name: names.get(zone) ?? '' },
      languages: JSON.parse(languages),
      parts: JSON.parse(parts),
      missingLanguages: JSON.parse(missingLanguages),
    };
  });
  // what was due and has no row was never expected: a player that was enrolled since did not miss it
  const known = ((await recordedUntil(database, station)) ?? 0) - DUE_OVERLAP_MS;
  const unrecorded = [...expected.values()].filter((airing) => airing.plannedAt >= known);
  const coming = unrecorded.map((airing) => comingView(airing, names, seen));
  return [...recorded, ...coming].sort(byTime).slice(0, LEDGER_ROWS);
}

const byTime = (a: Airing, b: Airing): number =>
  a.plannedAt - b.plannedAt || (a.broadcast < b.broadcast ? -1 : a.broadcast > b.broadcast ? 1 : a.player.id < b.player.id ? -1 : 1);

function comingView(expected: Expected, names: ReadonlyMap<string, string>, seen: Look): Airing {
  const { id, broadcast, plannedAt, player, zone, place } = expected;
  const question = { id, class: broadcast.class, plannedAt, durationMs: place.durationMs, recorded: null, expected };
  return {
    id,
    broadcast: broadcast.id,
    title: broadcast.title,
    class: broadcast.class,
    plannedAt,
    durationMs: place.durationMs,
    player: { id: player.id, name: player.name },
    zone: { id: zone, name: names.get(zone) ?? '' },
    languages: place.languages,
    ...seen(question, player.id),
    result: null,
    startedAt: null,
    endedAt: null,
    latenessMs: null,
    parts: [],
    missingLanguages: place.missingLanguages,
  };
}

const COLUMNS = [
  'id',
  'broadcast',
  'title',
  'class',
  'plannedAt',
  'durationMs',
  'player',
  'zone',
  'languages',
  'result',
  'reason',
  'startedAt',
  'endedAt',
  'latenessMs',
  'parts',
  'missingLanguages',
] as const;

async function recordedRows(database: Database, { station, from, to, broadcast }: LedgerQuestion) {
  const query = database.selectFrom('airings').select(COLUMNS).where('station', '=', station);
  return await query
    .where('plannedAt', '>=', from)
    .where('plannedAt', '<', to)
    .$if(broadcast !== undefined, (all) => all.where('broadcast', '=', broadcast!))
    .orderBy('plannedAt')
    .limit(LEDGER_ROWS)
    .execute();
}

/** The airings that may still be under way or are to come. */
async function expectedIn(database: Database, { station, from, to, broadcast, now }: LedgerQuestion): Promise<Map<string, Expected>> {
  const since = now - LONGEST_TAIL_MS;
  if (to <= since) return new Map();
  const facts = await gatherFacts(database, station, now);
  const wanted = broadcast === undefined ? facts : { ...facts, broadcasts: facts.broadcasts.filter((one) => one.id === broadcast) };
  const all = expectedAirings(wanted, { from: Math.max(from, since), to }).slice(0, LEDGER_ROWS);
  return new Map(all.map((one) => [one.id, one]));
}

/** Players (revoked ones too: they stand in the ledger) and places by id. */
async function namesIn(database: Database, station: string): Promise<Map<string, string>> {
  const players = await database.selectFrom('players').select(['id', 'name']).where('station', '=', station).execute();
  const zones = await database.selectFrom('zones').select(['id', 'name']).where('station', '=', station).execute();
  return new Map([...players, ...zones].map(({ id, name }) => [id, name]));
}

async function lastWords(database: Database, station: string): Promise<Map<string, LastWord>> {
  const rows = await database
    .selectFrom('statuses')
    .innerJoin('players', 'players.id', 'statuses.player')
    .leftJoin('pointers', 'pointers.player', 'statuses.player')
    .select(['statuses.player', 'statuses.status', 'statuses.seenAt', 'pointers.body'])
    .where('players.station', '=', station)
    .where('statuses.status', 'is not', null)
    .execute();
  return new Map(rows.map(({ player, status, seenAt, body }) => [player, { status: JSON.parse(status!), seenAt, newestBody: body }]));
}
