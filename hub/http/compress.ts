/** Answers made smaller for slow links: a day of airings of 300 players is 900 KB of JSON, and 40 KB of gzip. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const squeeze = promisify(gzip);
/** Below this the saving is smaller than the packet it travels in. */
const WORTH_BYTES = 1400;

/** Fastify's `onSend`: compresses JSON and text that the hub made itself; files have their own ways. */
export async function compressAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (typeof payload !== 'string' || payload.length < WORTH_BYTES || reply.hasHeader('content-encoding')) return payload;
  reply.header('vary', 'accept-encoding');
  if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return payload;
  const small = await squeeze(payload, { level: 4 });
  reply.header('content-encoding', 'gzip').header('content-length', small.length);
  return small;
}
