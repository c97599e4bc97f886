/** One-time links: for the first administrator, an invitation, or a way back in. Only the hash of a link's token is kept. */
import { randomBytes } from 'node:crypto';
import { newId, sha256 } from '@tieng-loa/protocol/ids.ts';
import type { Link } from '@tieng-loa/protocol/people.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import { LINK_MS } from '../limits.ts';
import { TIME_ZONE } from '../stations/stations.ts';
import type { Database } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import type { Attempts } from './attempts.ts';
import { recordDeed } from './audit.ts';
import { checkPassword, type Passwords } from './passwords.ts';
import { EVERY_STATION, type HeldGrant } from './roles.ts';
import type { Sessions } from './sessions.ts';

type Purpose = Tables['links']['purpose'];

/** A link's secret half, for the address `/lien-ket/<token>`. */
export interface NewLink {
  token: string;
  expiresAt: number;
}

/** What a person fills in on the page of a link. */
export interface LinkAnswers {
  name?: string;
  login?: string;
  password?: string;
  stationName?: string;
}

export interface Links {
  /** What the link is for; does not use it up. @throws Problem `link-spent`. */
  look(token: string): Promise<Link>;
  /** Uses the link up and signs its person in. @returns the token of the session. @throws Problem `link-spent`, `bad-input`, … */
  use(token: string, answers: LinkAnswers): Promise<string>;
}

/** Makes a link; earlier ones of the same person (or the same first start) are void. */
export async function makeLink(database: Database, purpose: Purpose, person: string | null, now: number): Promise<NewLink> {
  const token = randomBytes(16).toString('base64url');
  const expiresAt = now + LINK_MS;
  await database
    .deleteFrom('links')
    .where('person', person === null ? 'is' : '=', person)
    .where('usedAt', 'is', null)
    .execute();
  await database
    .insertInto('links')
    .values({ id: sha256(token), person, purpose, expiresAt, usedAt: null })
    .execute();
  return { token, expiresAt };
}

/** A station with the roles of the one person who begins there alone, beside the hub's administrator. */
const ALONE = ['editor', 'approver', 'technician'] as const;

interface LinkNeeds {
  database: Database;
  clock: Pick<Clock, 'now'>;
  changes: Changes;
  sessions: Sessions;
  passwords: Passwords;
  attempts: Attempts;
  /** removes what held the link for the first administrator */
  firstUsed: () => Promise<void>;
}

/** @returns the use of one-time links. */
export function openLinks(needs: LinkNeeds): Links {
  const { database, clock, changes, sessions, attempts } = needs;
  return {
    async look(token) {
      const { purpose, person } = await valid(database, token, clock.now());
      return { purpose, name: person?.name ?? null, login: person?.login ?? null, stationName: await stationNameOf(database, person?.id) };
    },
    async use(token, answers) {
      const link = await valid(database, token, clock.now());
      const wanted = await wantedOf(needs, link, answers);
      await database.transaction().execute(async (transaction) => {
        await spend(transaction, token, clock.now());
        await settle(transaction, wanted, clock.now());
      });
      if (wanted.purpose === 'first') await needs.firstUsed();
      if (wanted.login !== null) attempts.clear(wanted.login);
      if (wanted.passwordHash !== null) await sessions.endAllOf(wanted.id);
      changes.tell({ subject: 'people', station: null, id: wanted.id });
      return sessions.start(wanted.id);
    },
  };
}

interface ValidLink {
  purpose: Purpose;
  person: Tables['people'] | null;
}

/** @returns the link with its person. A hub that has people no longer takes a link for the first. */
async function valid(database: Database, token: string, now: number): Promise<ValidLink> {
  const link = await database
    .selectFrom('links')
    .selectAll()
    .where('id', '=', sha256(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
  if (!link) throw new Problem('link-spent');
  if (link.person === null) {
    const someone = await database.selectFrom('people').select('id').limit(1).executeTakeFirst();
    if (someone) throw new Problem('link-spent');
    return { purpose: link.purpose, person: null };
  }
  const person = await database.selectFrom('people').selectAll().where('id', '=', link.person).executeTakeFirst();
  if (!person || person.disabled) throw new Problem('link-spent');
  return { purpose: link.purpose, person };
}

/** What using the link will write. `station` is the new station of the first administrator. */
interface Wanted {
  purpose: Purpose;
  id: string;
  isNew: boolean;
  name: string;
  login: string | null;
  passwordHash: string | null;
  station: { id: string; name: string } | null;
}

/** Checks what was filled in, and reckons the password before the transaction begins. */
async function wantedOf({ passwords }: LinkNeeds, link: ValidLink, answers: LinkAnswers): Promise<Wanted> {
  const first = link.purpose === 'first';
  const name = answers.name ?? link.person?.name ?? missing('name');
  const login = link.person?.login ?? answers.login ?? (link.purpose === 'sign-in' ? null : missing('login'));
  if (answers.password === undefined && link.purpose !== 'sign-in') missing('password');
  const stationName = first ? (answers.stationName ?? missing('stationName')) : null;
  const id = link.person?.id ?? newId();
  let passwordHash: string | null = null;
  if (answers.password !== undefined) {
    checkPassword(answers.password, login ?? '');
    passwordHash = await passwords.hash(answers.password);
  }
  const station = stationName === null ? null : { id: newId(), name: stationName };
  return { purpose: link.purpose, id, isNew: link.person === null, name, login, passwordHash, station };
}

function missing(field: string): never {
  throw new Problem('bad-input', { field, why: 'required' });
}

/** Two presses at once: only one of them changes the row. */
async function spend(transaction: Database, token: string, now: number): Promise<void> {
  const { numUpdatedRows } = await transaction
    .updateTable('links')
    .set({ usedAt: now })
    .where('id', '=', sha256(token))
    .where('usedAt', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Problem('link-spent');
}

async function settle(transaction: Database, wanted: Wanted, now: number): Promise<void> {
  const { id, name, login, passwordHash, station } = wanted;
  if (login !== null) {
    const other = await transaction.selectFrom('people').select('id').where('login', '=', login).where('id', '!=', id).executeTakeFirst();
    if (other) throw new Problem('name-taken', { login });
  }
  if (wanted.isNew) {
    const person = { id, login, name, organisation: '', passwordHash, disabled: 0 as const, lastSeenAt: null, createdAt: now };
    await transaction.insertInto('people').values(person).execute();
  } else {
    await transaction
      .updateTable('people')
      .set({ name, login, ...(passwordHash === null ? {} : { passwordHash }) })
      .where('id', '=', id)
      .execute();
  }
  if (station) {
    await transaction
      .insertInto('stations')
      .values({ ...station, timeZone: TIME_ZONE, createdAt: now })
      .execute();
    const grants: HeldGrant[] = [
      { station: EVERY_STATION, role: 'administrator' },
      ...ALONE.map((role) => ({ station: station.id, role })),
    ];
    await transaction
      .insertInto('grants')
      .values(grants.map((grant) => ({ person: id, ...grant })))
      .execute();
  }
  await recordDeed(transaction, { at: now, person: id, station: station?.id ?? null, action: `link.${wanted.purpose}`, facts: { login } });
}

/** Where an invited person will work: one of the stations of the person's roles. */
async function stationNameOf(database: Database, person: string | undefined): Promise<string | null> {
  if (person === undefined) return null;
  const row = await database
    .selectFrom('grants as g')
    .innerJoin('stations as s', 's.id', 'g.station')
    .select('s.name')
    .where('g.person', '=', person)
    .orderBy('s.name')
    .executeTakeFirst();
  return row?.name ?? null;
}
