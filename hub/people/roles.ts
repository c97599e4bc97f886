/** THE TABLE of rights: which role may what. Every question "may this person?" is answered here. */
import { type Role, VERBS, type Verb } from '@tieng-loa/protocol/people.ts';

const may: Readonly<Record<Role, readonly Verb[]>> = {
  administrator: ['administer', 'see'],
  editor: ['record', 'compose', 'schedule', 'stop', 'see'],
  approver: ['approve', 'stop', 'see'],
  contributor: ['record', 'see'],
  technician: ['operate', 'see'],
  auditor: ['see'],
  keeper: ['see', 'stop'],
};

/** A role held in a station. */
export interface HeldGrant {
  /** EVERY_STATION, or the id of one */
  station: string;
  role: Role;
}

/** In the place of a station's id: all stations of the hub. */
export const EVERY_STATION = '';

/** @returns whether these roles allow `verb` in `station`. */
export function can(grants: readonly HeldGrant[], verb: Verb, station: string): boolean {
  return grants.some((grant) => (grant.station === EVERY_STATION || grant.station === station) && may[grant.role].includes(verb));
}

/** @returns everything these roles allow in `station`, in the order of the verbs. */
export const verbsIn = (grants: readonly HeldGrant[], station: string): Verb[] => VERBS.filter((verb) => can(grants, verb, station));

/** @returns whether these roles administer all stations. */
export const administersHub = (grants: readonly HeldGrant[]): boolean =>
  grants.some((grant) => grant.station === EVERY_STATION && grant.role === 'administrator');
