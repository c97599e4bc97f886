/** The hub's own certificate authority: names players by client certificates, and the hub to its players by a server certificate. */
import 'reflect-metadata';
import { X509Certificate as Certificate, createPrivateKey, type KeyObject, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { sha256 } from '@tieng-loa/protocol/ids.ts';
import { DAY, HOUR } from '@tieng-loa/protocol/limits.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Clock } from '../clock.ts';
import { keepSecret, keptSecret, readSecret } from '../keys.ts';

/** A key and its certificate as PEM. */
export interface KeyPair {
  key: string;
  cert: string;
}
export interface ClientCertificate {
  pem: string;
  /** SHA-256 of the DER: only fingerprints in the database connect */
  fingerprint: string;
  until: number;
}
export interface Authority {
  /** the authority's own certificate, PEM */
  certificate: string;
  /** SHA-256 of its DER: what an enrolment code pins */
  pin: string;
  /** @throws Problem `bad-input` where the request is no proof that the sender holds its P-256 key. */
  clientCertificate(csr: string, player: string): Promise<ClientCertificate>;
  /** @returns the hub's certificate for these hosts and this machine; the one on disk while it serves and lasts. */
  serverCertificate(hosts: readonly string[]): Promise<KeyPair>;
}

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const AUTHORITY_MS = 20 * 365 * DAY;
const CERTIFICATE_MS = 365 * DAY;
/** A server certificate with less than this left is made anew. */
const RENEW_MS = 30 * DAY;
/** A Pi without a clock of its own wakes in the past: what it must trust is valid from a while ago. */
const BACKDATE_MS = 30 * DAY;

/** @returns the authority kept in `folder`, made at the first start. */
export async function openAuthority({ folder, clock }: { folder: string; clock: Clock }): Promise<Authority> {
  const pem = await keptSecret(join(folder, 'authority.pem'), () => newAuthority(clock.now()));
  const own = new Certificate(pem);
  const issuer = { name: own.subject, key: await importKey(createPrivateKey(pem)) };
  return {
    certificate: own.toString(),
    pin: sha256(own.raw),
    clientCertificate: (csr, player) => signClient(issuer, csr, player, clock.now()),
    serverCertificate: async (hosts) => {
      const names = [...new Set(['localhost', '127.0.0.1', ...hosts])];
      const path = join(folder, 'server.pem');
      const kept = await readSecret(path);
      if (kept !== null && serves(new Certificate(kept), own, names, clock.now())) return withIssuer(keyPair(kept), own);
      const made = await newServer(issuer, names, clock.now());
      await keepSecret(path, made);
      return withIssuer(keyPair(made), own);
    },
  };
}

/** Who signs: its distinguished name and its key. */
interface Issuer {
  name: string;
  key: CryptoKey;
}

const importKey = (key: KeyObject): Promise<CryptoKey> =>
  crypto.subtle.importKey('pkcs8', new Uint8Array(key.export({ format: 'der', type: 'pkcs8' })), EC, false, ['sign']);

const keyPair = (pem: string): KeyPair => ({
  key: createPrivateKey(pem).export({ format: 'pem', type: 'pkcs8' }).toString(),
  cert: new Certificate(pem).toString(),
});

/** A server shows its authority too: a player that enrols knows the hub by the pin of that one alone, and sends nothing before it sees it. */
const withIssuer = ({ key, cert }: KeyPair, issuer: Certificate): KeyPair => ({ key, cert: `${cert}${issuer.toString()}` });

/** A positive serial number of 127 random bits. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x7f) | 0x01;
  return bytes.toString('hex');
}

async function newKeys(): Promise<{ keys: CryptoKeyPair; pem: string }> {
  const keys = (await crypto.subtle.generateKey(EC, true, ['sign', 'verify'])) as CryptoKeyPair;
  return { keys, pem: x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY') };
}

/** @returns key and certificate of a new authority in one text, so that a power cut cannot part them. */
async function newAuthority(now: number): Promise<string> {
  const { keys, pem } = await newKeys();
  // two hubs never share a name, so that their certificates cannot be taken for each other's
  const name = `CN=Tieng Loa ${randomBytes(6).toString('hex')}`;
  const certificate = await x509.X509CertificateGenerator.create({
    subject: name,
    issuer: name,
    serialNumber: serialNumber(),
    notBefore: new Date(now - BACKDATE_MS),
    notAfter: new Date(now + AUTHORITY_MS),
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    signingAlgorithm: EC,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return `${pem}\n${certificate.toString('pem')}\n`;
}

interface Leaf {
  name: string;
  publicKey: x509.PublicKeyType;
  use: x509.ExtendedKeyUsage;
  from: number;
  until: number;
  extensions?: x509.Extension[];
}

async function sign(issuer: Issuer, leaf: Leaf): Promise<x509.X509Certificate> {
  return x509.X509CertificateGenerator.create({
    subject: `CN=${leaf.name}`,
    issuer: issuer.name,
    serialNumber: serialNumber(),
    notBefore: new Date(leaf.from),
    notAfter: new Date(leaf.until),
    publicKey: leaf.publicKey,
    signingKey: issuer.key,
    signingAlgorithm: EC,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([leaf.use]),
      ...(leaf.extensions ?? []),
    ],
  });
}

async function signClient(issuer: Issuer, csr: string, player: string, now: number): Promise<ClientCertificate> {
  const publicKey = await provenKey(csr);
  const until = Math.floor((now + CERTIFICATE_MS) / 1000) * 1000;
  const certificate = await sign(issuer, { name: player, publicKey, use: x509.ExtendedKeyUsage.clientAuth, from: now - HOUR, until });
  return { pem: certificate.toString('pem'), fingerprint: sha256(new Uint8Array(certificate.rawData)), until };
}

/** @returns the key in a request whose sender has shown, by signing the request with it, that the private half is theirs. */
async function provenKey(csr: string): Promise<x509.PublicKey> {
  let request: x509.Pkcs10CertificateRequest;
  try {
    request = new x509.Pkcs10CertificateRequest(csr);
    const { name, namedCurve } = request.publicKey.algorithm as EcKeyAlgorithm;
    if (name !== 'ECDSA' || namedCurve !== 'P-256') throw new Problem('bad-input', { field: 'csr', why: 'the key is not ECDSA P-256' });
    if (!(await request.verify())) throw new Problem('bad-input', { field: 'csr', why: 'the request is not signed by its own key' });
  } catch (error) {
    if (error instanceof Problem) throw error;
    // whatever the parser trips over, the sender's request is at fault
    throw new Problem('bad-input', { field: 'csr', why: 'this is not a certificate request (PKCS #10)' });
  }
  return request.publicKey;
}

async function newServer(issuer: Issuer, names: readonly string[], now: number): Promise<string> {
  const { keys, pem } = await newKeys();
  const certificate = await sign(issuer, {
    name: names.find((name) => name !== 'localhost' && !isIP(name)) ?? 'localhost',
    publicKey: keys.publicKey,
    use: x509.ExtendedKeyUsage.serverAuth,
    from: now - BACKDATE_MS,
    until: now + CERTIFICATE_MS,
    extensions: [
      new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value }))),
    ],
  });
  return `${pem}\n${certificate.toString('pem')}\n`;
}

/** Whether a server certificate is this authority's, names all hosts and lasts. */
function serves(certificate: Certificate, authority: Certificate, names: readonly string[], now: number): boolean {
  const namesAll = names.every((name) => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined);
  return namesAll && certificate.checkIssued(authority) && Date.parse(certificate.validTo) - now > RENEW_MS;
}
