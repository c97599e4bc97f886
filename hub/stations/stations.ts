/** Stations and their zones: what they are called, what a place hears in which order, when it is quiet. */
import type { QuietHours } from '@tieng-loa/protocol/plan.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Station, When, Zone } from '@tieng-loa/protocol/views.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import { recordDeed } from '../people/audit.ts';
import type { Database } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';

/** Viet Nam has one zone and no daylight saving. */
export const TIME_ZONE = 'Asia/Ho_Chi_Minh';

/** Most villages around a border post hear Hmong first. */
const DEFAULT_LANGUAGES = ['hmn', 'vi'];
/** QCVN 26:2010/BTNMT counts 21:00–06:00 as night; the 05:30 programme is customary. */
const QUIET_HOURS: QuietHours = { from: '21:00', to: '05:30' };

interface Asked {
  station: string;
  /** who does it, for the audit log */
  by: string;
}
export interface ZoneEdit {
  name: string;
  kind: Zone['kind'];
  /** in the order in which they are aired; DEFAULT_LANGUAGES for a new place where nobody says */
  languages?: string[];
  /** QUIET_HOURS for a new place where nobody says; null: none */
  quietHours?: QuietHours | null;
}

export interface Stations {
  station(id: string): Promise<Station>;
  /** Names a station; makes it where it is new. */
  putStation(asked: Asked & { name: string }): Promise<Station>;
  zones(station: string): Promise<Zone[]>;
  /** Makes or changes a zone. @throws Problem `not-found` for a zone of another station. */
  putZone(asked: Asked & { zone: string; edit: ZoneEdit }): Promise<Zone>;
  /** @throws Problem `in-use` while players stand in it or a broadcast is meant for it. */
  removeZone(asked: Asked & { zone: string }): Promise<void>;
}

interface StationNeeds {
  database: Database;
  clock: Pick<Clock, 'now'>;
  changes: Changes;
}

/** @returns the stations of a hub. */
export function openStations({ database, clock, changes }: StationNeeds): Stations {
  const station = async (id: string): Promise<Station> => {
    const row = await database.selectFrom('stations').select(['id', 'name', 'timeZone']).where('id', '=', id).executeTakeFirst();
    if (!row) throw new Problem('not-found');
    return row;
  };
  return {
    station,
    async putStation({ station: id, name, by }) {
      await database.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('stations')
          .values({ id, name, timeZone: TIME_ZONE, createdAt: clock.now() })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ name }))
          .execute();
        await recordDeed(transaction, { at: clock.now(), person: by, station: id, action: 'station.put', facts: { name } });
      });
      changes.tell({ subject: 'station', station: id, id });
      return station(id);
    },
    zones: (id) => zoneViews(database, id),
    async putZone({ station: id, zone, edit, by }) {
      await database.transaction().execute(async (transaction) => {
        await writeZone(transaction, { id: zone, station: id, edit });
        await recordDeed(transaction, { at: clock.now(), person: by, station: id, action: 'zone.put', facts: { zone, ...edit } });
      });
      changes.tell({ subject: 'zones', station: id, id: zone });
      const [view] = await zoneViews(database, id, zone);
      return view!;
    },
    async removeZone({ station: id, zone, by }) {
      await database.transaction().execute(async (transaction) => {
        await checkUnused(transaction, zone, clock.now());
        await transaction.deleteFrom('playerZones').where('zone', '=', zone).execute();
        await transaction.deleteFrom('zones').where('id', '=', zone).execute();
        await recordDeed(transaction, { at: clock.now(), person: by, station: id, action: 'zone.remove', facts: { zone } });
      });
      changes.tell({ subject: 'zones', station: id, id: zone });
    },
  };
}

async function writeZone(transaction: Database, { id, station, edit }: { id: string; station: string; edit: ZoneEdit }): Promise<void> {
  // from an hour to the same hour would be no quiet hours at all, which is said by null
  if (edit.quietHours && edit.quietHours.from === edit.quietHours.to)
    throw new Problem('bad-input', { field: 'quietHours.to', why: 'pattern' });
  const held = await transaction.selectFrom('zones').selectAll().where('id', '=', id).executeTakeFirst();
  if (held && held.station !== station) throw new Problem('not-found');
  const { name, kind, languages, quietHours } = edit;
  const kept = held ?? { languages: JSON.stringify(DEFAULT_LANGUAGES), quietHours: JSON.stringify(QUIET_HOURS) };
  const values = {
    name,
    kind,
    languages: languages ? JSON.stringify(languages) : kept.languages,
    quietHours: quietHours === undefined ? kept.quietHours : quietHours === null ? null : JSON.stringify(quietHours),
  };
  const row = { id, station, ...values };
  await transaction
    .insertInto('zones')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
}

/** A player that is revoked no longer stands anywhere. */
async function checkUnused(transaction: Database, zone: string, now: number): Promise<void> {
  const player = await transaction
    .selectFrom('playerZones as z')
    .innerJoin('players as p', 'p.id', 'z.player')
    .select('p.name')
    .where('z.zone', '=', zone)
    .where('p.revokedAt', 'is', null)
    .executeTakeFirst();
  if (player) throw new Problem('in-use', { by: player.name });
  const meant = await transaction
    .selectFrom('broadcasts')
    .select(['title', 'whenRule'])
    .where('cancelledAt', 'is', null)
    .where('zones', 'like', `%"${zone}"%`)
    .execute();
  const coming = meant.find(({ whenRule }) => mayStillStart(JSON.parse(whenRule), now));
  if (coming) throw new Problem('in-use', { by: coming.title });
}

function mayStillStart(when: When, now: number): boolean {
  if (when.kind === 'now') return false;
  if (when.kind === 'once') return when.at >= now;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(TIME_ZONE).toPlainDate().toString();
  return when.until === null || when.until >= today;
}

async function zoneViews(database: Database, station: string, zone?: string): Promise<Zone[]> {
  const rows = await database
    .selectFrom('zones as z')
    .selectAll('z')
    .select((from) =>
      from
        .selectFrom('playerZones as s')
        .innerJoin('players as p', 'p.id', 's.player')
        .select((count) => count.fn.countAll<number>().as('players'))
        .whereRef('s.zone', '=', 'z.id')
        .where('p.certificate', 'is not', null)
        .where('p.revokedAt', 'is', null)
        .as('players'),
    )
    .where('z.station', '=', station)
    .$if(zone !== undefined, (query) => query.where('z.id', '=', zone!))
    .orderBy('z.name')
    .orderBy('z.id')
    .execute();
  return rows.map((row) => zoneView(row, Number(row.players)));
}

const zoneView = (row: Tables['zones'], players: number): Zone => ({
  id: row.id,
  station: row.station,
  name: row.name,
  kind: row.kind,
  languages: JSON.parse(row.languages),
  quietHours: row.quietHours === null ? null : JSON.parse(row.quietHours),
  players,
});
