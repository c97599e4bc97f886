import pg from 'pg';
import { expect, test } from 'vitest';
import { startPostgres } from './postgres.ts';

test('each test file gets its own empty database, and it is gone afterwards', async () => {
  const [a, b] = await Promise.all([startPostgres(), startPostgres()]);
  expect(a.url).not.toBe(b.url);
  const client = new pg.Client({ connectionString: a.url });
  await client.connect();
  await client.query('create table kept (id int)');
  await client.end();
  await a.close();
  await expect(new pg.Client({ connectionString: a.url }).connect()).rejects.toThrow(/does not exist/);
  await b.close();
});
