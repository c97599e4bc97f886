/** People as others see them: a person with roles, and the signed-in person with what may be done where. */
import type { Grant, Me, Person } from '@tieng-loa/protocol/people.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Database } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { EVERY_STATION, type HeldGrant, verbsIn } from './roles.ts';
import type { Session } from './sessions.ts';

type PersonRow = Tables['people'];

/** A role as it is kept, and as the contract words it: `station` null is every station. */
export const heldGrant = (grant: Grant): HeldGrant => ({ station: grant.station ?? EVERY_STATION, role: grant.role });
const shownGrant = (grant: HeldGrant): Grant => ({ station: grant.station === EVERY_STATION ? null : grant.station, role: grant.role });

/** @returns a person for others to see; `grants` are those that the asker may know of. */
export function personView(row: PersonRow, grants: readonly HeldGrant[]): Person {
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    organisation: row.organisation,
    grants: grants.map(shownGrant),
    disabled: row.disabled === 1,
    lastSeenAt: row.lastSeenAt,
  };
}

/** @returns the roles a person holds. */
export async function grantsOf(database: Database, person: string): Promise<HeldGrant[]> {
  return database
    .selectFrom('grants')
    .select(['station', 'role'])
    .where('person', '=', person)
    .orderBy('station')
    .orderBy('role')
    .execute();
}

/** @returns the person's row. @throws Problem `not-found`. */
export async function personRow(database: Database, id: string): Promise<PersonRow> {
  const row = await database.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new Problem('not-found');
  return row;
}

/** @returns who is signed in, and every station where this person may do anything, by name. */
export async function meView(database: Database, session: Session): Promise<Me> {
  const row = await personRow(database, session.person);
  const stations = await database.selectFrom('stations').select(['id', 'name']).orderBy('name').execute();
  return {
    person: personView(row, session.grants),
    csrf: session.csrf,
    stations: stations.map(({ id, name }) => ({ id, name, may: verbsIn(session.grants, id) })).filter((station) => station.may.length > 0),
    expiresAt: session.expiresAt,
  };
}
