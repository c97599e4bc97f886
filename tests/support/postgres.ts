/** An empty PostgreSQL database for one test file: `startPostgres()`, then `close()`. The cluster behind it serves the whole run. */
import { inject } from 'vitest';

export interface Postgres {
  url: string;
  close(): Promise<void>;
}

async function ask(method: 'POST' | 'DELETE', url?: string): Promise<string> {
  const answer = await fetch(inject('postgresDoor'), { method, ...(url === undefined ? {} : { body: url }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`PostgreSQL for tests: ${text}`);
  return text;
}

/** @returns the address of a new, empty database, which `close` drops. */
export async function startPostgres(): Promise<Postgres> {
  const url = await ask('POST');
  return { url, close: async () => void (await ask('DELETE', url)) };
}
