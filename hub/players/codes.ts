/** One-time enrolment codes: 64 bits to read out over the phone, and the pin of the hub's authority that the player checks. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '@tieng-loa/protocol/ids.ts';

/** Crockford's base32: no I, L, O or U, which people misread. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 13;
/** The first characters say which slot a code is for, so that wrong tries are counted there; the other 45 bits are the secret. */
const NAME_LENGTH = 4;
const PIN_BYTES = 16;

/** @returns a code: 64 bits of chance (and one zero bit) in three groups, then the pin. */
export function newCode(pin: string, bytes: Uint8Array = randomBytes(8)): string {
  let bits = Buffer.from(bytes).readBigUInt64BE() << 1n;
  let code = '';
  for (let at = 0; at < CODE_LENGTH; at += 1, bits >>= 5n) code = ALPHABET[Number(bits & 31n)] + code;
  const groups = [code.slice(0, 4), code.slice(4, 8), code.slice(8)];
  return `${groups.join('-')}.${Buffer.from(pin, 'hex').subarray(0, PIN_BYTES).toString('base64url')}`;
}

/** @returns the secret part as it was made, however a person has written it; null where it cannot be a code. */
function normalised(code: string): string | null {
  const secret = code.split('.')[0]!.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return secret.length === CODE_LENGTH && [...secret].every((letter) => ALPHABET.includes(letter)) ? secret : null;
}

/** What is stored of a code: which slot it names, and a hash of the whole. */
export interface StoredCode {
  /** with `%` behind it, what to look for */
  name: string;
  stored: string;
}

/** @returns what is stored of a code; null where it cannot be one. A fast hash will do for 64 bits of chance. */
export function storedCode(code: string): StoredCode | null {
  const secret = normalised(code);
  if (secret === null) return null;
  const name = `${secret.slice(0, NAME_LENGTH)}:`;
  return { name, stored: `${name}${sha256(secret)}` };
}

/** @returns whether two stored codes are the same, in a time that tells nothing. */
export const isSameCode = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
