/** The player's one database: what airings began and ended, reports that wait for their receipt, and a few facts. */
import { DatabaseSync } from 'node:sqlite';

/** `begun` without an end is an airing that a power cut ended; `ended` is one that never sounds again. */
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
  envelope TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

export interface Store {
  readonly database: DatabaseSync;
  fact(name: 'since' | 'floor'): number | null;
  setFact(name: 'since' | 'floor', value: number): void;
  /** runs `act` in one transaction */
  together<T>(act: () => T): T;
  close(): void;
}

/** Opens the database at `path`, for this program alone: two players in one folder would sound twice. FULL: a commit is on disk before it returns (NORMAL lost 8 of 8 simulated power cuts). */
export function openStore(path: string, durable: boolean): Store {
  const database = new DatabaseSync(path);
  database.exec(
    `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durable ? 'FULL' : 'OFF'}; PRAGMA busy_timeout = 1000; PRAGMA cache_size = -512;`,
  );
  database.exec(SCHEMA);
  const read = database.prepare('SELECT value FROM facts WHERE name = ?');
  const write = database.prepare('INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value');
  return {
    database,
    fact: (name) => (read.get(name) as { value: number } | undefined)?.value ?? null,
    setFact: (name, value) => void write.run(name, value),
    together(act) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = act();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => database.close(),
  };
}
