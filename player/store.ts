/** The player's one database: what airings began and ended, reports that wait for their receipt, and a few facts. */
import { DatabaseSync } from 'node:sqlite';
import type { Ballast } from './ballast.ts';
import type { Logger } from './log.ts';

/** `begun` without an end is an airing that a power cut ended; `ended` is one that is over. An emergency that was broken off keeps its draft: it may come again. */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS airings (
  id TEXT PRIMARY KEY,
  planned_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('begun', 'ended')),
  draft TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS airings_by_time ON airings (planned_at);
CREATE TABLE IF NOT EXISTS reports (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  report TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

type Fact = 'since' | 'floor' | 'documents';
export interface Store {
  readonly database: DatabaseSync;
  fact(name: Fact): number | null;
  /** keeps a fact that another start can do without: a disk that does not take it is only told */
  setFact(name: Fact, value: number): void;
  /** runs `act`, which writes; on a full disk again, once room was given */
  write<T>(act: () => T): T;
  /** runs `act` in one transaction */
  together<T>(act: () => T): T;
  close(): void;
}
export interface StoreParts {
  path: string;
  durable: boolean;
  ballast: Pick<Ballast, 'withRoom'>;
  log: Logger;
}

/** Opens the database at `path`, for this program alone: two players in one folder would sound twice. FULL: a commit is on disk before it returns (NORMAL lost 8 of 8 simulated power cuts). */
export function openStore({ path, durable, ballast, log }: StoreParts): Store {
  const database = ballast.withRoom(() => opened(path, durable));
  const read = database.prepare('SELECT value FROM facts WHERE name = ?');
  const write = database.prepare('INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value');
  const transaction = <T>(act: () => T): T => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = act();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      // on a full disk SQLite has rolled back by itself
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
  return {
    database,
    fact: (name) => (read.get(name) as { value: number } | undefined)?.value ?? null,
    setFact(name, value) {
      try {
        ballast.withRoom(() => write.run(name, value));
      } catch (error) {
        log.error({ error, name }, 'a fact could not be kept');
      }
    },
    write: (act) => ballast.withRoom(act),
    together: (act) => ballast.withRoom(() => transaction(act)),
    close: () => database.close(),
  };
}

function opened(path: string, durable: boolean): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec(
      `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durable ? 'FULL' : 'OFF'}; PRAGMA busy_timeout = 1000; PRAGMA cache_size = -512;`,
    );
    database.exec(SCHEMA);
    unseal(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Earlier players kept their reports sealed, by a key that a new enrolment takes away. */
function unseal(database: DatabaseSync): void {
  const columns = database.prepare("SELECT name FROM pragma_table_info('reports')").all() as { name: string }[];
  if (!columns.some(({ name }) => name === 'envelope')) return;
  const set = database.prepare('UPDATE reports SET envelope = ? WHERE id = ?');
  for (const { id, envelope } of database.prepare('SELECT id, envelope FROM reports').all() as { id: string; envelope: string }[]) {
    const { payload } = JSON.parse(envelope) as { payload?: string };
    if (payload) set.run(Buffer.from(payload, 'base64').toString('utf8'), id);
  }
  database.exec('ALTER TABLE reports RENAME COLUMN envelope TO report');
}
