/** Who this player is: its two keys, which never leave it, its certificate, and whom it believes; one file, readable by it alone. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Id, Instant } from '@tieng-loa/protocol/ids.ts';
import { checked, Nullable, parseStrictly, Strict } from '@tieng-loa/protocol/strict.ts';
import { type Static, Type } from 'typebox';
import type { Disk } from './disk.ts';

export const Identity = Strict({
  player: Id,
  station: Id,
  name: Type.String(),
  /** TLS: certificate of the hub's own authority, its key, and that authority */
  certificate: Type.String(),
  tlsKey: Type.String(),
  authority: Type.String(),
  /** Ed25519, PKCS #8: seals reports */
  sealKey: Type.String(),
  /** the hub's keys, raw base64url */
  scheduleKey: Type.String(),
  urgentKey: Type.String(),
  /** the broker is where the hub was, where the hub names no other host */
  brokerHost: Type.String(),
  brokerPort: Type.Integer(),
  hub: Type.String(),
  enrolledAt: Instant,
  renewedAt: Nullable(Instant),
});
export type Identity = Static<typeof Identity>;

const pathIn = (folder: string): string => join(folder, 'identity.json');

/** @returns the identity in a player's folder; null where it is not enrolled. @throws Problem `bad-document` where the file is damaged. */
export async function readIdentity(folder: string): Promise<Identity | null> {
  const text = await readFile(pathIn(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : checked(Identity, parseStrictly(text));
}

/** Keeps an identity: whole or not at all, so that a killed enrolment leaves no half. */
export const keepIdentity = (folder: string, identity: Identity, disk: Disk): Promise<void> =>
  disk.replace(pathIn(folder), JSON.stringify(identity), 0o600);
