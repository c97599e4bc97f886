/** Passwords: reckoned with argon2id, a bounded number at a time, and kept as the usual `$argon2id$…` text. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { ARGON2, PASSWORD_LENGTH, PASSWORDS_AT_ONCE, PASSWORDS_WAITING } from '../limits.ts';

const reckon = promisify(argon2);

/** A Vietnamese keyboard sends `ế` as one sign or as three: the same password either way (NFKC, as NIST SP 800-63B-4 asks). */
const plain = (password: string): string => password.normalize('NFKC');

/** @throws Problem `weak-password` where it is too short or is the sign-in name itself. */
export function checkPassword(password: string, login: string): void {
  const text = plain(password);
  if ([...text].length < PASSWORD_LENGTH || text.toLowerCase() === login)
    throw new Problem('weak-password', { minLength: PASSWORD_LENGTH });
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes the same time where there is no hash to compare with, so that nobody learns which names exist. */
  fits(password: string, hash: string | null): Promise<boolean>;
}

/** @returns the reckoner of a hub. It rejects with Problem `busy` where too many wait. */
export function passwordReckoner(): Passwords {
  const turn = turns(PASSWORDS_AT_ONCE, PASSWORDS_WAITING);
  return {
    hash: (password) =>
      turn(async () => {
        const nonce = randomBytes(16);
        const key = await reckon('argon2id', { message: plain(password), nonce, ...ARGON2 });
        const { memory, passes, parallelism } = ARGON2;
        return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(key)}`;
      }),
    fits: (password, hash) =>
      turn(async () => {
        const kept = hash === null ? null : taken(hash);
        const { memory, passes, parallelism, nonce } = kept ?? { ...ARGON2, nonce: randomBytes(16) };
        const tagLength = kept?.key.length ?? ARGON2.tagLength;
        const key = await reckon('argon2id', { message: plain(password), nonce, memory, passes, parallelism, tagLength });
        return kept !== null && timingSafeEqual(key, kept.key);
      }),
  };
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** The parts of a kept hash: it says itself with what it was made, so that stronger figures can come later. */
function taken(hash: string) {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash);
  if (!match) throw new Error('a password hash in the store is not of the form $argon2id$v=19$…');
  const [memory, passes, parallelism] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return { memory, passes, parallelism, nonce: Buffer.from(match[4]!, 'base64'), key: Buffer.from(match[5]!, 'base64') };
}

/** @returns a function that runs `act` when one of `atOnce` places is free, and refuses once `longest` wait. */
function turns(atOnce: number, longest: number): <T>(act: () => Promise<T>) => Promise<T> {
  let free = atOnce;
  const waiting: Array<() => void> = [];
  return async (act) => {
    if (free > 0) free -= 1;
    else if (waiting.length >= longest) throw new Problem('busy');
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
