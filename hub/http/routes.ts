/** Binds each row of the table to its handler: guard, validation, handler, answer. */
import { type Api, api, type RouteName } from '@tieng-loa/protocol/api.ts';
import { KIB, UPLOAD_BYTES } from '@tieng-loa/protocol/limits.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { firstFault, parseStrictly } from '@tieng-loa/protocol/strict.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import { JSON_BODY_BYTES, SESSION_LONGEST_MS } from '../limits.ts';
import { sendFile } from './files.ts';
import type { Admitted, Guard } from './guard.ts';
import type { Asked, FileAnswer, Handler, Handlers, SessionAnswer } from './handler.ts';
import type { Live } from './live.ts';

declare module 'fastify' {
  interface FastifyRequest {
    admitted: Admitted | null;
  }
}

interface RouteNeeds {
  handlers: Handlers;
  guard: Guard;
  live: Live;
  cookie: { name: string; secure: boolean };
  /** whether each answer is checked against its schema */
  checkAnswers: boolean;
}
type Row = Api[RouteName] & { query?: TSchema; body?: TSchema | 'stream' };

const LIVE = 'GET /api/stations/:station/live';
const rows = Object.entries(api) as Array<[RouteName, Row]>;

/** Adds all routes of the table. Uploads and JSON live in scopes of their own, since they read bodies in different ways. */
export async function addRoutes(app: FastifyInstance, needs: RouteNeeds): Promise<void> {
  app.decorateRequest('admitted', null);
  await app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser('*', (_request, _payload, done) => done(null));
    for (const [name, row] of rows) if (row.body === 'stream') bind(uploads, name, row, needs);
  });
  await app.register(async (documents) => {
    documents.removeAllContentTypeParsers();
    documents.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: JSON_BODY_BYTES }, (_request, text, done) => {
      try {
        done(null, text === '' ? undefined : parseStrictly(String(text)));
      } catch (problem) {
        done(problem as Error);
      }
    });
    for (const [name, row] of rows) if (row.body !== 'stream') bind(documents, name, row, needs);
  });
}

function bind(app: FastifyInstance, name: RouteName, row: Row, needs: RouteNeeds): void {
  const [method, url] = name.split(' ') as [string, string];
  app.route({
    method,
    url,
    exposeHeadRoute: false,
    onRequest: async (request) => {
      request.admitted = await needs.guard(name, row.who, request);
    },
    handler: async (request, reply) => {
      const { actor, station } = request.admitted!;
      if (name === LIVE) return void needs.live.open(reply, station, actor!);
      const handler = needs.handlers[name] as unknown as Handler<RouteName>;
      const asked = { ...request.admitted, ...sent(row, request), params: request.params, address: request.ip };
      const result = await handler(asked as unknown as Asked<RouteName>);
      if (row.answer === 'stream') return sendFile(reply, result as unknown as FileAnswer);
      const answer = withSession(reply, result, needs.cookie);
      if (needs.checkAnswers) checkAnswer(name, row.answer as TSchema, answer);
      return reply.header('cache-control', 'no-store').send(answer);
    },
  });
}

/** @returns what was sent, in the schema's types. @throws Problem `bad-input` naming the first field at fault. */
function sent(row: Row, request: FastifyRequest): { query: unknown; body: unknown; upload: unknown } {
  const query = row.query ? checkedInput(row.query, coerced(row.query, request.query as Record<string, unknown>)) : undefined;
  if (row.body === 'stream') return { query, body: undefined, upload: { stream: request.raw, lengthBytes: announcedBytes(request) } };
  const body = row.body ? checkedInput(row.body, request.body ?? {}) : undefined;
  return { query, body, upload: undefined };
}

function checkedInput(schema: TSchema, value: unknown): unknown {
  const fault = firstFault(schema, value);
  if (fault) throw new Problem('bad-input', { field: fault.field, why: fault.rule, limit: fault.limit });
  return value;
}

/** A query is text: whole numbers and truths become what their schema says, everything else stays for the check to refuse. */
function coerced(schema: TSchema, query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { properties } = schema as unknown as { properties: Readonly<Record<string, { type?: string }>> };
  const entries = Object.entries(query).map(([name, value]) => {
    const type = properties[name]?.type;
    if (type === 'integer' && typeof value === 'string' && /^-?\d{1,16}$/.test(value)) return [name, Number(value)];
    if (type === 'boolean' && (value === 'true' || value === 'false')) return [name, value === 'true'];
    return [name, value];
  });
  return Object.fromEntries(entries);
}

/** An upload says its length beforehand, so that a cut one is told from a whole one and a large one is refused at once. */
function announcedBytes(request: FastifyRequest): number {
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  if (!Number.isSafeInteger(length) || length < 0) throw new Problem('bad-input', { field: 'Content-Length', why: 'required' });
  if (length > UPLOAD_BYTES) throw new Problem('too-large', { limitMb: UPLOAD_BYTES / (KIB * KIB) });
  return length;
}

function withSession(reply: FastifyReply, result: unknown, { name, secure }: RouteNeeds['cookie']): unknown {
  if (!isSessionAnswer(result)) return result;
  const { token } = result.session;
  const options = { path: '/', httpOnly: true, secure, sameSite: 'strict' } as const;
  if (token === null) reply.clearCookie(name, options);
  else reply.setCookie(name, token, { ...options, maxAge: SESSION_LONGEST_MS / 1000 });
  return result.answer;
}
const isSessionAnswer = (result: unknown): result is SessionAnswer<unknown> =>
  typeof result === 'object' && result !== null && 'session' in result && 'answer' in result;

function checkAnswer(name: RouteName, schema: TSchema, answer: unknown): void {
  const fault = firstFault(schema, answer);
  if (fault) throw new Error(`the answer of ${name} breaks its schema: ${fault.field} ${fault.fault}`);
}
