/** Takes players' reports into the ledger: each stored once, and receipted only then; a bad one is refused alone. */
import type { Report } from '@tieng-loa/protocol/report.ts';
import { type Envelope, trustedKeys } from '@tieng-loa/protocol/seal.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/database.ts';
import { batches } from './batches.ts';
import { judge, type Planned, refusalOf, type Sender } from './judge.ts';
import { REPORTS_PER_COMMIT, REPORTS_WAITING, REPORTS_WAITING_BYTES } from './limits.ts';
import type { Receipts } from './receipts.ts';
import { tally } from './tally.ts';
import type { Teller } from './tell.ts';

interface Dependencies {
  database: Database;
  receipts: Receipts;
  tell: Teller;
  clock: Clock;
  log: Logger;
}
interface Letter {
  player: string;
  envelope: Envelope;
}
interface Accepted {
  report: Report;
  envelope: Envelope;
}
export interface Reports {
  /** Takes a report; where too many wait it is dropped, and comes again since nobody has receipted it. */
  take(player: string, envelope: Envelope): void;
  close(): Promise<void>;
}

/** @returns the taking of reports. */
export function takeReports({ database, receipts, tell, clock, log }: Dependencies): Reports {
  const refusals = tally('Reports were refused.', { clock, log });
  const write = async (letters: Letter[]): Promise<void> => {
    const { accepted, refused } = sort(letters, await sendersOf(database, letters));
    const broadcasts = await broadcastsOf(database, accepted);
    const now = clock.now();
    const known: Accepted[] = [];
    for (const one of accepted) {
      const problem = refusalOf(one.report, broadcasts.get(one.report.broadcast), now);
      if (problem === null) known.push(one);
      else refused.push({ player: one.report.player, id: one.report.id, problem });
    }
    await store(database, known, refused, broadcasts, now);
    for (const { player, id, problem } of refused) {
      refusals.add(problem, { player, id });
      if (id !== null) receipts.give(player, id, problem);
    }
    for (const { report } of known) {
      receipts.give(report.player, report.id, null);
      tell.tell('airings', report.station);
    }
  };
  /** One that the store refuses time and again while it takes others would come again for ever. */
  const giveUp = async (letter: Letter): Promise<void> => {
    for (const { report } of sort([letter], await sendersOf(database, [letter])).accepted) {
      refusals.add('broken', { player: report.player, id: report.id });
      receipts.give(report.player, report.id, 'broken');
    }
  };
  const bounds = {
    ...{ afterMs: 0, most: REPORTS_PER_COMMIT, waiting: REPORTS_WAITING },
    bytes: { most: REPORTS_WAITING_BYTES, of: ({ envelope }: Letter) => envelope.payload.length },
  };
  const waiting = batches<Letter>({ ...bounds, write, giveUp, clock, log });
  return {
    take: (player, envelope) => {
      // sent again while it waits, it is stored once
      const taken = waiting.add(`${player} ${envelope.signatures[0]?.sig}`, { player, envelope });
      if (!taken) refusals.add('busy', { player });
    },
    close: async () => {
      await waiting.close();
      refusals.close();
    },
  };
}

interface Refused {
  player: string;
  id: string | null;
  problem: Extract<ReturnType<typeof judge>, { refused: unknown }>['refused'];
}

function sort(letters: readonly Letter[], senders: ReadonlyMap<string, Sender>): { accepted: Accepted[]; refused: Refused[] } {
  // two reports of one airing in one batch: the first counts
  const accepted = new Map<string, Accepted>();
  const refused: Refused[] = [];
  for (const { player, envelope } of letters) {
    const sender = senders.get(player);
    const verdict = sender ? judge(envelope, sender) : { refused: 'not-found' as const, id: null };
    if ('refused' in verdict) refused.push({ player, id: verdict.id, problem: verdict.refused });
    else if (!accepted.has(verdict.report.id)) accepted.set(verdict.report.id, { report: verdict.report, envelope });
  }
  return { accepted: [...accepted.values()], refused };
}

async function sendersOf(database: Database, letters: readonly Letter[]): Promise<Map<string, Sender>> {
  const ids = [...new Set(letters.map(({ player }) => player))];
  const rows = await database
    .selectFrom('players')
    .select(['id', 'station', 'sealKey'])
    .where('id', 'in', ids)
    .where('revokedAt', 'is', null)
    .execute();
  // a key is read once for all its reports
  return new Map(rows.map(({ id, station, sealKey }) => [id, { id, station, keys: sealKey ? trustedKeys(sealKey) : new Map() }]));
}

async function broadcastsOf(database: Database, accepted: readonly Accepted[]): Promise<Map<string, Planned>> {
  const ids = [...new Set(accepted.map(({ report }) => report.broadcast))];
  if (ids.length === 0) return new Map();
  const rows = await database
    .selectFrom('broadcasts as b')
    .innerJoin('stations as s', 's.id', 'b.station')
    .select(['b.id', 'b.station', 'b.title', 'b.class', 'b.whenRule', 'b.zones', 'b.startedNowAt', 'b.createdAt', 's.timeZone'])
    .where('b.id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, whenRule, zones, ...same }) => [id, { ...same, when: JSON.parse(whenRule), zones: JSON.parse(zones) }]));
}

/** Stores the reports of one batch in one transaction. What an airing's first report said stays. */
async function store(
  database: Database,
  accepted: readonly Accepted[],
  refused: readonly Refused[],
  broadcasts: ReadonlyMap<string, Planned>,
  now: number,
): Promise<void> {
  const zones = await zonesOf(database, accepted);
  const rows = accepted.map(({ report, envelope }) => {
    const places = zones.get(report.player) ?? [];
    const planned = broadcasts.get(report.broadcast)!;
    const zone = places.find((place) => planned.zones.includes(place)) ?? places[0] ?? '';
    return rowOf(report, envelope, { planned, zone, now });
  });
  const damaged = refused.flatMap(({ player, id }) => (id === null ? [] : [{ player, id }]));
  if (rows.length === 0 && damaged.length === 0) return;
  await database.transaction().execute(async (transaction) => {
    if (rows.length > 0) {
      await transaction
        .insertInto('airings')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet((row) => Object.fromEntries(REPORTED.map((column) => [column, row.ref(`excluded.${column}`)])))
            .where('airings.reportedAt', 'is', null),
        )
        .execute();
    }
    // what became of it is not known, but why is
    for (const { player, id } of damaged) {
      await transaction
        .updateTable('airings')
        .set({ reason: 'damaged-report' })
        .where('id', '=', id)
        .where('player', '=', player)
        .where('reportedAt', 'is', null)
        .where('result', 'is', null)
        .execute();
    }
  });
}

/** The columns that a report fills in a row of what was due; the others were known before. */
const REPORTED = ['result', 'reason', 'startedAt', 'endedAt', 'latenessMs', 'parts', 'missingLanguages', 'reportedAt', 'envelope'] as const;

/** @returns the row of an airing: what it was is the hub's to say, what became of it the report's. */
function rowOf(report: Report, envelope: Envelope, { planned, zone, now }: { planned: Planned; zone: string; now: number }) {
  const { id, station, broadcast, plannedAt, player, result, reason, startedAt, endedAt, latenessMs } = report;
  const { title, class: kind } = planned;
  return {
    ...{ id, station, broadcast, title, class: kind, plannedAt, player, zone, result, reason, startedAt, endedAt, latenessMs },
    durationMs: startedAt === null ? 0 : Math.max(endedAt - startedAt, 0),
    languages: JSON.stringify([...new Set(report.parts.map(({ language }) => language))]),
    parts: JSON.stringify(report.parts),
    missingLanguages: JSON.stringify(report.missingLanguages),
    reportedAt: now,
    envelope: JSON.stringify(envelope),
  };
}

async function zonesOf(database: Database, accepted: readonly Accepted[]): Promise<Map<string, string[]>> {
  const ids = [...new Set(accepted.map(({ report }) => report.player))];
  if (ids.length === 0) return new Map();
  const rows = await database.selectFrom('playerZones').select(['player', 'zone']).where('player', 'in', ids).orderBy('position').execute();
  return new Map([...Map.groupBy(rows, ({ player }) => player)].map(([player, places]) => [player, places.map(({ zone }) => zone)]));
}
