/** Sessions on the server: an opaque token in a cookie, its hash in the store, looked up at each request. */
import { randomBytes } from 'node:crypto';
import { sha256 } from '@tieng-loa/protocol/ids.ts';
import type { Clock } from '../clock.ts';
import { SESSION_IDLE_MS, SESSION_LONGEST_MS, SESSION_TOUCH_MS, SESSIONS_PER_PERSON } from '../limits.ts';
import type { Database } from '../store/database.ts';
import type { HeldGrant } from './roles.ts';

/** A session that holds, with the person's rights as they are now. */
export interface Session {
  id: string;
  person: string;
  name: string;
  csrf: string;
  grants: HeldGrant[];
  /** when it ends if nobody uses it */
  expiresAt: number;
}

export interface Sessions {
  /** @returns the token for the cookie, which the hub itself forgets. */
  start(person: string): Promise<string>;
  /** @returns the session of a token, or null where there is none, it has ended, or its person was disabled. */
  find(token: string): Promise<Session | null>;
  /** Like `find`, by the session's id and without counting as use: for a stream that stays open. */
  read(id: string): Promise<Session | null>;
  end(id: string): Promise<void>;
  /** Ends all sessions of a person, but for the one named. */
  endAllOf(person: string, except?: string): Promise<void>;
  /** Calls `ended` once when this process ends the session. @returns a function that stops watching. */
  watch(id: string, ended: () => void): () => void;
  /** Housekeeping: removes what has ended. */
  removeEnded(): Promise<void>;
}

interface SessionsNeeds {
  database: Database;
  clock: Pick<Clock, 'now'>;
}

/** @returns the sessions of a hub. */
export function openSessions({ database, clock }: SessionsNeeds): Sessions {
  const watchers = new Map<string, Set<() => void>>();
  const told = (ids: readonly string[]): void => {
    for (const id of ids) {
      const ends = watchers.get(id);
      watchers.delete(id);
      for (const ended of ends ?? []) ended();
    }
  };
  const read = async (id: string): Promise<(Session & { seenAt: number }) | null> => {
    const now = clock.now();
    const rows = await database
      .selectFrom('sessions as s')
      .innerJoin('people as p', 'p.id', 's.person')
      .leftJoin('grants as g', 'g.person', 's.person')
      .select(['s.person', 's.csrf', 's.seenAt', 's.endsAt', 'p.name', 'g.station', 'g.role'])
      .where('s.id', '=', id)
      .where('p.disabled', '=', 0)
      .where('s.endsAt', '>', now)
      .where('s.seenAt', '>', now - SESSION_IDLE_MS)
      .execute();
    const [first] = rows;
    if (!first) return null;
    const { person, name, csrf, seenAt, endsAt } = first;
    const grants = rows.flatMap(({ station, role }) => (station === null || role === null ? [] : [{ station, role }]));
    return { id, person, name, csrf, grants, seenAt, expiresAt: Math.min(now + SESSION_IDLE_MS, endsAt) };
  };

  const remove = async (rows: ReadonlyArray<{ id: string }>): Promise<void> => {
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return;
    await database.deleteFrom('sessions').where('id', 'in', ids).execute();
    told(ids);
  };

  return {
    async start(person) {
      const token = randomBytes(32).toString('base64url');
      const now = clock.now();
      const kept = await database.selectFrom('sessions').select('id').where('person', '=', person).orderBy('seenAt', 'desc').execute();
      await remove(kept.slice(SESSIONS_PER_PERSON - 1));
      await database
        .insertInto('sessions')
        .values({
          id: sha256(token),
          person,
          csrf: randomBytes(16).toString('base64url'),
          createdAt: now,
          seenAt: now,
          endsAt: now + SESSION_LONGEST_MS,
        })
        .execute();
      await database.updateTable('people').set({ lastSeenAt: now }).where('id', '=', person).execute();
      return token;
    },
    async find(token) {
      const session = await read(sha256(token));
      const now = clock.now();
      if (session && now - session.seenAt >= SESSION_TOUCH_MS) {
        await database.updateTable('sessions').set({ seenAt: now }).where('id', '=', session.id).execute();
        await database.updateTable('people').set({ lastSeenAt: now }).where('id', '=', session.person).execute();
      }
      return session;
    },
    read,
    end: (id) => remove([{ id }]),
    async endAllOf(person, except) {
      const rows = await database.selectFrom('sessions').select('id').where('person', '=', person).execute();
      await remove(rows.filter((row) => row.id !== except));
    },
    watch(id, ended) {
      const ends = watchers.get(id) ?? new Set();
      watchers.set(id, ends.add(ended));
      return () => {
        ends.delete(ended);
        if (ends.size === 0 && watchers.get(id) === ends) watchers.delete(id);
      };
    },
    async removeEnded() {
      const now = clock.now();
      const ended = await database
        .selectFrom('sessions')
        .select('id')
        .where((where) => where.or([where('endsAt', '<=', now), where('seenAt', '<=', now - SESSION_IDLE_MS)]))
        .execute();
      await remove(ended);
    },
  };
}
