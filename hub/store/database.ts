/** The store's only door: opens SQLite or PostgreSQL through Kysely and brings the schema up to date. */
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import { first } from './migrations/0001-first.ts';
import { sqliteDialect } from './sqlite.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

/** Every migration by name; names are applied in order and never change once landed. */
const migrations: Record<string, Migration> = { '0001-first': first };

/** Connections to PostgreSQL: short transactions on a small machine need few. */
const POOL = 8;

/** Where the data are: a file, or a PostgreSQL address. */
export type Place = { kind: 'sqlite'; path: string } | { kind: 'postgres'; url: string };

/** Opens the database and migrates it. @throws Error with the migration's name where one fails; nothing is half migrated. */
export async function openDatabase(place: Place): Promise<Database> {
  const dialect = place.kind === 'sqlite' ? sqliteDialect(place.path) : new PostgresDialect({ pool: postgresPool(place.url) });
  const database: Database = new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin()] });
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await database.destroy();
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'before the first';
    throw new Error(`The database could not be brought up to date (migration ${failed}).`, { cause: error });
  }
  return database;
}

/** Instants are int8; they fit a JavaScript number until the year 287396. */
function postgresPool(url: string): pg.Pool {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({ connectionString: url, max: POOL, types });
  // an idle connection that breaks is replaced by the pool at the next query, which then reports what is wrong
  pool.on('error', () => {});
  return pool;
}
