/** A way back in from the machine itself: a one-time sign-in link for a login, beside a running hub. */
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';
import { hubAddress } from '../store/facts.ts';
import { recordDeed } from './audit.ts';
import { linkPage } from './handlers.ts';
import { makeLink } from './links.ts';

/** @returns the link's address. @throws Problem `not-found` for an unknown or disabled login, `not-ready` before the hub's first start. */
export async function signInLink(database: Database, login: string, clock: Pick<Clock, 'now'>): Promise<string> {
  const address = await hubAddress(database);
  if (address === null) throw new Problem('not-ready', { what: 'hub' });
  const person = await database.selectFrom('people').select(['id', 'disabled']).where('login', '=', login).executeTakeFirst();
  if (!person || person.disabled) throw new Problem('not-found');
  const { token } = await database.transaction().execute(async (transaction) => {
    await recordDeed(transaction, { at: clock.now(), person: null, station: null, action: 'person.link', facts: { person: person.id } });
    return makeLink(transaction, 'sign-in', person.id, clock.now());
  });
  return linkPage(address, token);
}
