/** People, what they may do, and the roles that give it: the words that hub and page share. */
import { type Static, Type } from 'typebox';
import { Id, Instant } from './ids.ts';
import { Line, Name, Nullable, OneOf, Strict } from './strict.ts';

/** Roles of trust.md, given to a person in a station (or in all stations of the hub). */
export const ROLES = ['administrator', 'editor', 'approver', 'contributor', 'technician', 'auditor', 'keeper'] as const;
export const Role = OneOf(ROLES);
export type Role = (typeof ROLES)[number];

/** What a route asks for; `hub/people/roles.ts` says which role may what. */
export const VERBS = [
  'see', // places, players, timetable, ledger
  'record', // add recordings and draft bulletins
  'compose', // bulletins and programmes of the station
  'approve',
  'schedule',
  'stop', // what is sounding
  'operate', // players
  'administer', // places and people
] as const;
export const Verb = OneOf(VERBS);
export type Verb = (typeof VERBS)[number];

export const Login = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{1,39}$', description: '2–40 of a–z 0–9 . _ -' });
export const PersonName = Name(120);
export const Password = Type.String({ minLength: 1, maxLength: 256 });

/** A role held; `station` null means every station of the hub. */
export const Grant = Strict({ station: Nullable(Id), role: Role });
export type Grant = Static<typeof Grant>;

export const Person = Strict({
  id: Id,
  login: Nullable(Login),
  name: PersonName,
  organisation: Line(120),
  grants: Type.Array(Grant, { maxItems: 100 }),
  disabled: Type.Boolean(),
  lastSeenAt: Nullable(Instant),
});
export type Person = Static<typeof Person>;

/** The signed-in person: stations with what may be done there. `csrf` goes back in the header `x-csrf` of every change. */
export const Me = Strict({
  person: Person,
  csrf: Line(100),
  stations: Type.Array(Strict({ id: Id, name: Line(120), may: Type.Array(Verb) })),
  expiresAt: Instant,
});
export type Me = Static<typeof Me>;

/** What a one-time link is for. `first`: the first administrator of a hub without people. */
export const LINK_PURPOSES = ['first', 'invite', 'sign-in'] as const;
export const Link = Strict({
  purpose: OneOf(LINK_PURPOSES),
  name: Nullable(PersonName),
  login: Nullable(Login),
  stationName: Nullable(Line(120)),
});
export type Link = Static<typeof Link>;
