/**
 * Seals: DSSE 1.0.2 envelopes over exact bytes, signed with Ed25519. The same code signs at one end and verifies at the other.
 * Source: https://github.com/secure-systems-lab/dsse, protocol.md (PAE) and envelope.md.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { type Static, type TSchema, Type } from 'typebox';
import { sha256 } from './ids.ts';
import { PACKET_BYTES } from './limits.ts';
import { Problem } from './problems.ts';
import { checked, parseStrictly, Strict } from './strict.ts';

/** What travels: the signed bytes in base64, what they are, and the signatures over both. */
export const Envelope = Strict({
  payload: Type.String({ maxLength: PACKET_BYTES }),
  payloadType: Type.String({ maxLength: 100 }),
  signatures: Type.Array(Strict({ keyid: Type.String({ maxLength: 64 }), sig: Type.String({ maxLength: 100 }) }), {
    minItems: 1,
    maxItems: 8,
  }),
});
export type Envelope = Static<typeof Envelope>;

/** A kind of sealed document: its payload type carries the version, since strict parsing forbids added keys. */
export interface SealedKind<S extends TSchema = TSchema> {
  payloadType: string;
  schema: S;
}
/** Declares a kind of sealed document. */
export const sealedKind = <S extends TSchema>(name: string, version: number, schema: S): SealedKind<S> => ({
  payloadType: `application/vnd.tiengloa.${name}.v${version}+json`,
  schema,
});

/** A key that signs; `keyId` is the SHA-256 of its public half, first 16 hexadecimal digits. */
export interface SigningKey {
  keyId: string;
  privateKey: KeyObject;
  /** raw 32 bytes in base64url */
  publicKey: string;
}
/** Keys that a verifier trusts, by key id. */
export type TrustedKeys = ReadonlyMap<string, KeyObject>;

/** The eight points of small order and their non-canonical spellings (RFC 8032 leaves them valid; a signature by them proves nothing). */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '0100000000000000000000000000000000000000000000000000000000000080',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
]);
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** @returns the key of 32 raw bytes in base64url. @throws Problem `bad-key` for a wrong length or a point of small order. */
export function publicKeyOf(raw: string): KeyObject {
  const bytes = Buffer.from(raw, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== raw) throw new Problem('bad-key', {});
  if (SMALL_ORDER.has(bytes.toString('hex'))) throw new Problem('bad-key', {});
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, bytes]), format: 'der', type: 'spki' });
}

/** @returns the id of a public key given as raw base64url. */
export const keyIdOf = (raw: string): string => sha256(Buffer.from(raw, 'base64url')).slice(0, 16);

/** @returns a map of trusted keys from raw public keys. */
export const trustedKeys = (...raw: string[]): TrustedKeys => new Map(raw.map((key) => [keyIdOf(key), publicKeyOf(key)]));

/** @returns a new signing key and its private half as PEM, to be kept by the caller. */
export function newSigningKey(): { key: SigningKey; pem: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  return { key: signingKey(pem), pem };
}

/** @returns the signing key kept in a PKCS #8 PEM text. */
export function signingKey(pem: string): SigningKey {
  const privateKey = createPrivateKey(pem);
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const publicKey = der.subarray(-32).toString('base64url');
  return { keyId: keyIdOf(publicKey), privateKey, publicKey };
}

/** Pre-authentication encoding of DSSE: what is signed binds the type to the bytes. */
function preAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType);
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}

/** @returns the sealed document as an envelope. @throws Problem `bad-document` where the document breaks its own schema. */
export function seal<S extends TSchema>(kind: SealedKind<S>, document: Static<S>, key: SigningKey): Envelope {
  const payload = Buffer.from(JSON.stringify(checked(kind.schema, document)));
  const sig = sign(null, preAuthEncoding(kind.payloadType, payload), key.privateKey).toString('base64');
  return { payload: payload.toString('base64'), payloadType: kind.payloadType, signatures: [{ keyid: key.keyId, sig }] };
}

/** A document whose seal held. `sha256` names the exact bytes that were signed. */
export interface Opened<T> {
  document: T;
  sha256: string;
}

/**
 * Opens an envelope: size before decoding, signature before parsing, parsed once and strictly.
 * @throws Problem `bad-seal` (type, encoding or signature do not hold), `bad-document` (the signed bytes are not what they should be).
 */
export function open<S extends TSchema>(kind: SealedKind<S>, envelope: Envelope, keys: TrustedKeys): Opened<Static<S>> {
  if (envelope.payloadType !== kind.payloadType) throw new Problem('bad-seal', { why: 'type' });
  const payload = decodeBase64(envelope.payload);
  const signed = preAuthEncoding(kind.payloadType, payload);
  const holds = envelope.signatures.some(({ keyid, sig }) => {
    const key = keys.get(keyid);
    return key !== undefined && verify(null, signed, key, decodeBase64(sig));
  });
  if (!holds) throw new Problem('bad-seal', { why: 'signature' });
  return { document: checked(kind.schema, parseStrictly(payload.toString('utf8'))), sha256: sha256(payload) };
}

function decodeBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new Problem('bad-seal', { why: 'encoding' });
  return bytes;
}
