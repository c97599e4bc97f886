/** Turns a one-time code into an identity: keys made here, a certificate asked for, the hub checked against the code's pin. */
import 'reflect-metadata';
import { PemConverter, Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import { client } from '@tieng-loa/protocol/client.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { newSigningKey, publicKeyOf } from '@tieng-loa/protocol/seal.ts';
import type { Clock } from './clock.ts';
import type { Disk } from './disk.ts';
import { type Identity, keepIdentity } from './identity.ts';
import { pinnedFetch, pinOf } from './pinned.ts';

export interface EnrolParts {
  hub: string;
  /** `XXXX….pin`, as the hub shows it */
  code: string;
  folder: string;
  clock: Clock;
  disk: Disk;
  /** language of the hub's sentences */
  tongue: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A new TLS key and a request for its certificate, which proves that the key is held. */
async function requestCertificate(): Promise<{ csr: string; tlsKey: string }> {
  const keys = (await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as CryptoKeyPair;
  const request = await Pkcs10CertificateRequestGenerator.create({ name: 'CN=player', keys, signingAlgorithm: ALGORITHM });
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { csr: request.toString('pem'), tlsKey: PemConverter.encode(pkcs8, 'PRIVATE KEY') };
}

/**
 * Enrols this player. Nothing is kept unless all of it is right.
 * @throws ApiProblem where the hub refuses or cannot be reached, Problem `code-wrong` for a code without pin, `bad-seal` for another hub.
 */
export async function enrol({ hub, code, folder, clock, disk, tongue }: EnrolParts): Promise<Identity> {
  const pin = code.slice(code.lastIndexOf('.') + 1);
  if (!/^.+\.[A-Za-z0-9_-]{22}$/.test(code)) throw new Problem('code-wrong');
  const { csr, tlsKey } = await requestCertificate();
  const seal = newSigningKey();
  const call = client({ base: hub.replace(/\/+$/, ''), headers: () => ({ 'accept-language': tongue }), fetch: pinnedFetch(pin) });
  const answer = await call('POST /api/enrol', { body: { code, csr, sealKey: seal.key.publicKey } });
  if (pinOf(answer.authority) !== pin) throw new Problem('bad-seal', { why: 'authority' });
  for (const key of [answer.scheduleKey, answer.urgentKey]) publicKeyOf(key);
  const { brokerHost, ...rest } = answer;
  const identity: Identity = {
    ...rest,
    tlsKey,
    sealKey: seal.pem,
    brokerHost: brokerHost ?? new URL(hub).hostname.replace(/^\[|\]$/g, ''),
    hub,
    enrolledAt: clock.now(),
    renewedAt: null,
  };
  await keepIdentity(folder, identity, disk);
  return identity;
}
