/** The hub's own secrets on disk: made at the first start, kept in a folder that only the hub's user opens. */
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newSigningKey, type SigningKey, signingKey } from '@tieng-loa/protocol/seal.ts';
import { writeWhole } from './files.ts';

/** The keys that players trust this hub by (trust.md, "Keys"). */
export interface HubKeys {
  /** seals plans and receipts */
  schedule: SigningKey;
  /** seals the urgent boards */
  urgent: SigningKey;
}

/** @returns the hub's signing keys from `folder`, made where they are missing. */
export async function openKeys(folder: string): Promise<HubKeys> {
  const key = async (name: string) => signingKey(await keptSecret(join(folder, `${name}.pem`), async () => newSigningKey().pem));
  return { schedule: await key('schedule'), urgent: await key('urgent') };
}

/** @returns the text kept in a file; where there is none, what `make` gives is kept first. */
export async function keptSecret(path: string, make: () => Promise<string>): Promise<string> {
  const kept = await readSecret(path);
  if (kept !== null) return kept;
  const made = await make();
  await keepSecret(path, made);
  return made;
}

/** @returns the text kept in a file, or null where there is none. */
export async function readSecret(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Keeps a secret for the hub's user alone; a power cut leaves the old one or the new one. */
export async function keepSecret(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await writeWhole(path, text, 0o600);
}
