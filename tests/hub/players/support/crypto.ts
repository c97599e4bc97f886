/** Certificates and keys as a player makes them. */
import 'reflect-metadata';
import { createPrivateKey } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { newSigningKey, type SigningKey } from '@tieng-loa/protocol/seal.ts';

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export interface PlayerKeys {
  tlsKey: string;
  csr: string;
  sealKey: SigningKey;
}

/** @returns new keys of a player, and the request for its certificate. */
export async function playerKeys(): Promise<PlayerKeys> {
  const keys = (await crypto.subtle.generateKey(EC, true, ['sign', 'verify'])) as CryptoKeyPair;
  const csr = await x509.Pkcs10CertificateRequestGenerator.create({ name: 'CN=player', keys, signingAlgorithm: EC });
  const tlsKey = createPrivateKey({
    key: Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)),
    format: 'der',
    type: 'pkcs8',
  }).export({ format: 'pem', type: 'pkcs8' });
  return { tlsKey: tlsKey.toString(), csr: csr.toString('pem'), sealKey: newSigningKey().key };
}
