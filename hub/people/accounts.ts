/** Signing in by name and password, signing out, and changing one's own password. */
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/database.ts';
import type { Attempts } from './attempts.ts';
import { recordDeed } from './audit.ts';
import { checkPassword, type Passwords } from './passwords.ts';
import type { Sessions } from './sessions.ts';

export interface AccountNeeds {
  database: Database;
  clock: Pick<Clock, 'now'>;
  sessions: Sessions;
  passwords: Passwords;
  attempts: Attempts;
  log: Logger;
}

export interface Accounts {
  /** @returns the token of a new session. @throws Problem `wrong-credentials` or `locked`, the same for a name that does not exist. */
  signIn(asked: { login: string; password: string; address: string }): Promise<string>;
  changePassword(asked: { person: string; session: string; old: string; new: string; address: string }): Promise<void>;
}

/** @returns the accounts of a hub. */
export function openAccounts({ database, clock, sessions, passwords, attempts, log }: AccountNeeds): Accounts {
  /** @returns the person's id where name and password fit. */
  const proven = async (login: string, password: string, address: string): Promise<string> => {
    attempts.begin(login, address);
    const row = await database
      .selectFrom('people')
      .select(['id', 'passwordHash', 'disabled'])
      .where('login', '=', login)
      .executeTakeFirst();
    const fits = await passwords.fits(password, row?.passwordHash ?? null);
    if (!row || !fits || row.disabled) {
      // to the log and not to the store: a row would take its time, and anybody could fill the disk with such rows
      log.warn({ person: row?.id ?? null, address }, 'A sign-in was refused.');
      throw new Problem('wrong-credentials');
    }
    attempts.succeeded(login, address);
    return row.id;
  };
  return {
    async signIn({ login, password, address }) {
      const person = await proven(login, password, address);
      await recordDeed(database, { at: clock.now(), person, station: null, action: 'session.start', facts: { address } });
      return sessions.start(person);
    },
    async changePassword({ person, session, old, new: wanted, address }) {
      const { login } = await database.selectFrom('people').select('login').where('id', '=', person).executeTakeFirstOrThrow();
      if (login === null) throw new Problem('wrong-state', { state: 'invited' });
      await proven(login, old, address);
      checkPassword(wanted, login);
      const passwordHash = await passwords.hash(wanted);
      await database.transaction().execute(async (transaction) => {
        await transaction.updateTable('people').set({ passwordHash }).where('id', '=', person).execute();
        await recordDeed(transaction, { at: clock.now(), person, station: null, action: 'password.change', facts: {} });
      });
      await sessions.endAllOf(person, session);
    },
  };
}
