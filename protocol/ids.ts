/** Names of things: their pattern, how they are made, and the id of an airing that hub and player derive alike. */
import { createHash, randomBytes } from 'node:crypto';
import { Type } from 'typebox';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** An id: 20 characters of Crockford's base32 (100 random bits), safe in a topic, a path and a certificate name. */
export const Id = Type.String({ pattern: '^[0-9a-hjkmnp-tv-z]{20}$', description: 'id' });
/** SHA-256 in lower-case hexadecimal. */
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256' });
/** A BCP 47 language tag; `zxx` is sound without words (a song, a signature tune). */
export const Language = Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$', maxLength: 35, description: 'BCP 47 language tag' });
/** Milliseconds since 1970 UTC, as far as a calendar of JavaScript reaches. */
export const Instant = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000, description: 'milliseconds since 1970 UTC' });
/** A length of time in milliseconds. */
export const DurationMs = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'milliseconds' });

/** How many, or how large: both databases and JavaScript hold it exactly. */
export const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** Sound without words: aired whatever languages a place hears. */
export const NO_LANGUAGE = 'zxx';

/** @returns a new id; pass `bytes` (13 of them) to make it from given chance. */
export function newId(bytes: Uint8Array = randomBytes(13)): string {
  let id = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && id.length < 20) {
      bits -= 5;
      id += ALPHABET[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return id;
}

/** What makes an airing the one it is. `repeat` counts new beginnings of the same airing, from 0. */
export interface AiringKey {
  broadcast: string;
  plannedAt: number;
  player: string;
  repeat: number;
}

/** @returns the id of an airing: hub and player know it without telling each other. */
export function airingId(key: AiringKey): string {
  const text = `airing\n${key.broadcast}\n${key.plannedAt}\n${key.player}\n${key.repeat}`;
  return newId(createHash('sha256').update(text).digest().subarray(0, 13));
}

/** @returns the SHA-256 of `bytes` in hexadecimal. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
