import { readFileSync } from 'node:fs';
import { newId, sha256 } from '@tieng-loa/protocol/ids.ts';
import { type Envelope, newSigningKey, open, publicKeyOf, seal, sealedKind, trustedKeys } from '@tieng-loa/protocol/seal.ts';
import { parseStrictly, Strict } from '@tieng-loa/protocol/strict.ts';
import { Type } from 'typebox';
import { expect, test } from 'vitest';

const kind = sealedKind('trial', 1, Strict({ says: Type.String() }));
const { key } = newSigningKey();
const keys = trustedKeys(key.publicKey);
const code = (act: () => unknown): string => {
  try {
    act();
  } catch (problem) {
    return (problem as { code: string }).code;
  }
  return 'accepted';
};

test('a sealed document opens to what was sealed, and names its exact bytes', () => {
  const envelope = seal(kind, { says: 'xin chào · nyob zoo' }, key);
  const opened = open(kind, envelope, keys);
  expect(opened.document).toEqual({ says: 'xin chào · nyob zoo' });
  expect(opened.sha256).toBe(sha256(Buffer.from(envelope.payload, 'base64')));
});

test('the pre-authentication encoding is that of the DSSE specification', async () => {
  const { verify } = await import('node:crypto');
  const envelope = seal(kind, { says: 'hello' }, key);
  const payload = Buffer.from(envelope.payload, 'base64').toString();
  const pae = `DSSEv1 ${kind.payloadType.length} ${kind.payloadType} ${payload.length} ${payload}`;
  expect(verify(null, Buffer.from(pae), publicKeyOf(key.publicKey), Buffer.from(envelope.signatures[0]!.sig, 'base64'))).toBe(true);
});

test('nothing opens that was changed, moved to another type, or signed by another', () => {
  const envelope = seal(kind, { says: 'hello' }, key);
  const changed: Envelope = { ...envelope, payload: Buffer.from('{"says":"hullo"}').toString('base64') };
  expect(code(() => open(kind, changed, keys))).toBe('bad-seal');
  expect(code(() => open({ ...kind, payloadType: 'other' }, envelope, keys))).toBe('bad-seal');
  expect(
    code(() =>
      open(sealedKind('other', 1, kind.schema), { ...envelope, payloadType: sealedKind('other', 1, kind.schema).payloadType }, keys),
    ),
  ).toBe('bad-seal');
  expect(code(() => open(kind, envelope, trustedKeys(newSigningKey().key.publicKey)))).toBe('bad-seal');
  expect(code(() => open(kind, { ...envelope, payload: `${envelope.payload}=` }, keys))).toBe('bad-seal');
});

test('keys of small order are refused when they are enrolled, in all 14 spellings', () => {
  const source = readFileSync(new URL('../../protocol/seal.ts', import.meta.url), 'utf8');
  const spellings = source.match(/'[0-9a-f]{64}'/g)!.map((quoted) => quoted.slice(1, -1));
  expect(new Set(spellings).size).toBe(14);
  for (const hex of spellings) expect(code(() => publicKeyOf(Buffer.from(hex, 'hex').toString('base64url')))).toBe('bad-key');
});

test('text that two parsers could read in two ways is refused', () => {
  for (const text of [
    '{"a":1,"a":2}',
    '{"__proto__":{}}',
    '{"a":{"constructor":1}}',
    '{"a":1,"\\u0061":2}',
    '[{"b":[{"c":1,"c":1}]}]',
    '{a:1}',
    '',
  ]) {
    expect([text, code(() => parseStrictly(text))]).toEqual([text, 'bad-document']);
  }
  const innocent = '{"a":"{\\"a\\":1,\\"a\\":2}","b":[{"a":1},{"a":":"}],"c":"a"}';
  expect(parseStrictly(innocent)).toEqual(JSON.parse(innocent));
});

test('ids are 20 characters of Crockford base32 and differ', () => {
  const ids = Array.from({ length: 1000 }, () => newId());
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{20}$/);
});
