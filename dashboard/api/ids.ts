/** Ids that the page makes, in the alphabet of `protocol/ids.ts`: a thing sent twice is one thing. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** @returns a new id of 20 characters (100 random bits). */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) => ALPHABET[byte & 31]).join('');
}
