/** One HTTPS request to a hub that is known by the fingerprint of its authority alone: nothing is sent before the chain leads there. */
import { X509Certificate } from 'node:crypto';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { sha256 } from '@tieng-loa/protocol/ids.ts';
import { ENROL_ANSWER_BYTES, ENROL_WAIT_MS } from './limits.ts';

/** The pin in a code: the first 16 bytes of the SHA-256 of the authority's certificate (DER). */
export const pinOf = (authority: string): string =>
  Buffer.from(sha256(new X509Certificate(authority).raw), 'hex')
    .subarray(0, 16)
    .toString('base64url');

/** @returns whether the certificates that the other side sent lead to the authority with this pin. */
function leadsTo(pin: string, peer: DetailedPeerCertificate): boolean {
  const chain: X509Certificate[] = [];
  for (let at: DetailedPeerCertificate | undefined = peer; at?.raw; at = at.issuerCertificate) {
    const certificate = new X509Certificate(at.raw);
    if (chain.some((seen) => seen.fingerprint256 === certificate.fingerprint256)) break;
    chain.push(certificate);
  }
  const authority = chain.find((certificate) => pinOf(certificate.toString()) === pin);
  if (!authority) return false;
  return chain.slice(0, chain.indexOf(authority)).every((certificate, at) => certificate.verify(chain[at + 1]!.publicKey));
}

/** Why the address is not one to enrol at; the code was not sent. */
export type WrongAddress = 'plain' | 'not-tls' | 'stranger';
export class AddressFault extends Error {
  readonly why: WrongAddress;
  constructor(why: WrongAddress) {
    super(why);
    this.why = why;
  }
}

/** What OpenSSL calls an answer that is not TLS. */
const isNotTls = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG';

/** A secure socket to a host whose certificate is publicly trusted, or leads to the pinned authority. */
function pinnedSocket(url: URL, pin: string): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const port = Number(url.port || 443);
    const servername = /^[\d.]+$|:/.test(url.hostname) ? undefined : url.hostname;
    const socket = connect({ host: url.hostname, port, rejectUnauthorized: false, ...(servername ? { servername } : {}) });
    socket.setTimeout(ENROL_WAIT_MS, () => socket.destroy(new Error('timed out')));
    socket.once('error', (error) => reject(isNotTls(error) ? new AddressFault('not-tls') : error));
    socket.once('secureConnect', () => {
      if (socket.authorized || leadsTo(pin, socket.getPeerCertificate(true))) resolve(socket);
      else socket.destroy(new AddressFault('stranger'));
    });
  });
}

const isLoopback = (host: string): boolean => /^(localhost|127\.[\d.]+|\[::1\])$/.test(host);

/** @returns a `fetch` for the typed client, bound to the hub with this pin. Plain HTTP is for a hub on this very machine only. */
export function pinnedFetch(pin: string): typeof fetch {
  return async (input, init) => {
    const url = new URL(String(input));
    if (url.protocol === 'http:' && !isLoopback(url.hostname)) throw new AddressFault('plain');
    const socket = url.protocol === 'https:' ? await pinnedSocket(url, pin) : undefined;
    const options: RequestOptions = {
      method: init?.method ?? 'GET',
      headers: init?.headers as Record<string, string>,
      timeout: ENROL_WAIT_MS,
      ...(socket ? { createConnection: () => socket } : { agent: false }),
    };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = (socket ? httpsRequest : httpRequest)(url, options, resolve);
      request.once('timeout', () => request.destroy(new Error('timed out')));
      request.once('error', reject);
      request.end(init?.body as string | undefined);
    });
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const piece of answer as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > ENROL_ANSWER_BYTES) throw new Error('the answer is too long');
      pieces.push(piece);
    }
    return new Response(Buffer.concat(pieces), {
      status: answer.statusCode ?? 500,
      headers: { 'content-type': answer.headers['content-type'] ?? '' },
    });
  };
}
