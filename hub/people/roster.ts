/** The people of a station: who is invited, with which roles, who is disabled. An administrator reaches no further than the own stations. */
import type { Grant, Person } from '@tieng-loa/protocol/people.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import type { Actor } from '../http/handler.ts';
import type { Database } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { recordDeed } from './audit.ts';
import { makeLink, type NewLink } from './links.ts';
import { EVERY_STATION, type HeldGrant } from './roles.ts';
import type { Sessions } from './sessions.ts';
import { grantsOf, heldGrant, personRow, personView } from './views.ts';

export interface PersonEdit {
  name: string;
  organisation: string;
  grants: Grant[];
  disabled: boolean;
}
interface Asked {
  station: string;
  person: string;
  actor: Actor;
}

export interface Roster {
  people(station: string, actor: Actor): Promise<Person[]>;
  /** Invites (a new id) or changes. @throws Problem `not-allowed` beyond the asker's stations, `last-administrator`, `not-found`. */
  put(asked: Asked & { edit: PersonEdit }): Promise<Person>;
  /** A new one-time link for a person; the old one is void. */
  link(asked: Asked): Promise<NewLink & { person: Person }>;
}

interface RosterNeeds {
  database: Database;
  clock: Pick<Clock, 'now'>;
  changes: Changes;
  sessions: Sessions;
}

/** @returns the roster of a hub. */
export function openRoster({ database, clock, changes, sessions }: RosterNeeds): Roster {
  return {
    async people(station, actor) {
      const rows = await database
        .selectFrom('people')
        .selectAll()
        .where('id', 'in', (from) => from.selectFrom('grants').select('person').where('station', 'in', [station, EVERY_STATION]))
        .orderBy('name')
        .orderBy('id')
        .execute();
      const grants = await database.selectFrom('grants').selectAll().orderBy('station').orderBy('role').execute();
      const heldBy = Map.groupBy(grants, (grant) => grant.person);
      return rows.map((row) => personView(row, visible(heldBy.get(row.id) ?? [], actor)));
    },
    async put({ station, person, actor, edit }) {
      await database.transaction().execute(async (transaction) => {
        const row = await transaction.selectFrom('people').selectAll().where('id', '=', person).executeTakeFirst();
        const held = await grantsOf(transaction, person);
        const grants = changedGrants(held, edit.grants, actor);
        if (row) checkReach(row, held, station, edit, actor);
        await write(transaction, person, row, edit, grants, clock.now());
        await keepAnAdministrator(transaction, held, grants, edit.disabled);
        const facts = { person, grants, disabled: edit.disabled };
        await recordDeed(transaction, {
          at: clock.now(),
          person: actor.id,
          station,
          action: row ? 'person.change' : 'person.invite',
          facts,
        });
      });
      if (edit.disabled) await sessions.endAllOf(person);
      changes.tell({ subject: 'people', station: null, id: person });
      return personView(await personRow(database, person), visible(await grantsOf(database, person), actor));
    },
    async link({ station, person, actor }) {
      const row = await personRow(database, person);
      const held = await grantsOf(database, person);
      if (!belongs(held, station)) throw new Problem('not-found');
      // a link is a way in: whoever makes one for somebody mightier would become that person
      if (!reaches(held, actor)) throw new Problem('not-allowed');
      if (row.disabled) throw new Problem('wrong-state', { state: 'disabled' });
      const purpose = row.login === null || row.passwordHash === null ? 'invite' : 'sign-in';
      const made = await database.transaction().execute(async (transaction) => {
        await recordDeed(transaction, { at: clock.now(), person: actor.id, station, action: 'person.link', facts: { person, purpose } });
        return makeLink(transaction, purpose, person, clock.now());
      });
      return { ...made, person: personView(row, visible(held, actor)) };
    },
  };
}

const administers = (actor: Actor, station: string): boolean =>
  station === EVERY_STATION ? actor.administersHub : actor.may('administer', station);
const visible = (grants: readonly HeldGrant[], actor: Actor): HeldGrant[] =>
  grants.filter((grant) => grant.station === EVERY_STATION || administers(actor, grant.station));
const reaches = (grants: readonly HeldGrant[], actor: Actor): boolean => grants.every((grant) => administers(actor, grant.station));
const belongs = (grants: readonly HeldGrant[], station: string): boolean =>
  grants.some((grant) => grant.station === station || grant.station === EVERY_STATION);
const same = (a: HeldGrant) => (b: HeldGrant) => a.station === b.station && a.role === b.role;

/** @returns the roles a person is to hold: what the asker wants in the own stations, and what there is elsewhere. */
function changedGrants(held: readonly HeldGrant[], wanted: readonly Grant[], actor: Actor): HeldGrant[] {
  const asked = wanted.map(heldGrant);
  const [own, others] = [asked.filter((g) => administers(actor, g.station)), asked.filter((g) => !administers(actor, g.station))];
  if (others.some((grant) => !held.some(same(grant)))) throw new Problem('not-allowed');
  const all = [...own, ...held.filter((grant) => !administers(actor, grant.station))];
  return all.filter((grant, index) => all.findIndex(same(grant)) === index);
}

/** Whoever holds roles beyond the asker's stations keeps name and access; only the asker's own stations can change. */
function checkReach(row: Tables['people'], held: readonly HeldGrant[], station: string, edit: PersonEdit, actor: Actor): void {
  if (!belongs(held, station) && !actor.administersHub) throw new Problem('not-found');
  const changesPerson = row.name !== edit.name || row.organisation !== edit.organisation || (row.disabled === 1) !== edit.disabled;
  if (changesPerson && !reaches(held, actor)) throw new Problem('not-allowed');
}

async function write(
  transaction: Database,
  id: string,
  row: Tables['people'] | undefined,
  { name, organisation, disabled }: PersonEdit,
  grants: readonly HeldGrant[],
  now: number,
): Promise<void> {
  const flag = disabled ? 1 : 0;
  if (row) {
    await transaction.updateTable('people').set({ name, organisation, disabled: flag }).where('id', '=', id).execute();
  } else {
    const person = { id, login: null, name, organisation, passwordHash: null, disabled: flag as 0 | 1, lastSeenAt: null, createdAt: now };
    await transaction.insertInto('people').values(person).execute();
  }
  await transaction.deleteFrom('grants').where('person', '=', id).execute();
  const rows = grants.map((grant) => ({ person: id, ...grant }));
  if (rows.length > 0) await transaction.insertInto('grants').values(rows).execute();
}

/** A hub without an administrator who can sign in could be saved by nobody. */
async function keepAnAdministrator(
  transaction: Database,
  held: readonly HeldGrant[],
  grants: readonly HeldGrant[],
  disabled: boolean,
): Promise<void> {
  const isHubAdministrator = (grant: HeldGrant): boolean => grant.station === EVERY_STATION && grant.role === 'administrator';
  if (!held.some(isHubAdministrator) || (grants.some(isHubAdministrator) && !disabled)) return;
  const left = await transaction
    .selectFrom('grants as g')
    .innerJoin('people as p', 'p.id', 'g.person')
    .select('p.id')
    .where('g.station', '=', EVERY_STATION)
    .where('g.role', '=', 'administrator')
    .where('p.disabled', '=', 0)
    .where('p.passwordHash', 'is not', null)
    .executeTakeFirst();
  if (!left) throw new Problem('last-administrator');
}
