/** Small facts that the hub keeps about itself, by name. */
import type { Database } from './database.ts';

const ADDRESS = 'hub.address';

/** Keeps where people reach the hub, for programs beside it that make links. */
export async function keepHubAddress(database: Database, address: string): Promise<void> {
  await database
    .insertInto('facts')
    .values({ name: ADDRESS, value: address })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: address }))
    .execute();
}

/** @returns where people reach the hub; null before its first start. */
export async function hubAddress(database: Database): Promise<string | null> {
  const row = await database.selectFrom('facts').select('value').where('name', '=', ADDRESS).executeTakeFirst();
  return row?.value ?? null;
}
