/** The hub's HTTP server: the table's routes, the dashboard, health, and an end that lets requests finish. */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Server as SecureServer } from 'node:tls';
import fastifyCookie from '@fastify/cookie';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import { JSON_BODY_BYTES, REQUEST_MS, SOCKETS, STOP_MS } from '../limits.ts';
import type { Logger } from '../log.ts';
import type { Sessions } from '../people/sessions.ts';
import type { Database } from '../store/database.ts';
import { compressAnswer } from './compress.ts';
import { addDocs } from './docs.ts';
import { cookieName, routeGuard } from './guard.ts';
import type { Handlers } from './handler.ts';
import { secureHeaders } from './headers.ts';
import { addHealth, type Checks } from './health.ts';
import { liveStreams } from './live.ts';
import { addPage } from './page.ts';
import { problemHandler } from './problems.ts';
import { addRoutes } from './routes.ts';

export interface ServerNeeds {
  database: Database;
  clock: Clock;
  log: Logger;
  changes: Changes;
  sessions: Sessions;
  handlers: Handlers;
  checks: Checks;
  /** the built dashboard */
  pageFolder: string;
  /** certificate and key in PEM; null for plain HTTP on loopback */
  tls: { cert: string; key: string } | null;
  /** the address that people open, where a proxy or a name stands before the hub */
  publicUrl: string | null;
  checkAnswers: boolean;
}

export interface Server {
  listen(host: string, port: number): Promise<string>;
  /** Uses a renewed certificate for connections from now on. */
  useCertificate(pair: { cert: string; key: string }): void;
  /** Takes no more requests, ends streams, lets the rest finish within a bound. */
  close(): Promise<void>;
}

/** @returns the server, not yet listening. */
export async function httpServer(needs: ServerNeeds): Promise<Server> {
  const { clock, tls, publicUrl } = needs;
  const secure = tls !== null || publicUrl?.startsWith('https:') === true;
  const answerProblem = problemHandler(needs.log, () => randomBytes(4).toString('hex'));
  const app = fastify({
    // what the framework refuses before any hook is worded and guarded like everything else
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      secureHeaders(reply);
      return answerProblem(error, request, reply);
    },
    logger: false,
    bodyLimit: JSON_BODY_BYTES,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    // a proxy that speaks HTTPS stands on this machine, and only there its word is taken
    trustProxy: tls === null && secure ? 'loopback' : false,
    ...(tls ? { https: { ...tls, minVersion: 'TLSv1.2' } } : {}),
  } as object) as unknown as FastifyInstance;
  app.server.maxConnections = SOCKETS;
  const live = liveStreams(needs);
  const cookie = { name: cookieName(secure), secure };
  const guard = routeGuard({ ...needs, cookie: cookie.name, origins: () => (publicUrl === null ? [] : [publicUrl]) });

  app.setErrorHandler(answerProblem);
  app.addHook('onRequest', async (_request, reply) => secureHeaders(reply));
  app.addHook('onSend', compressAnswer);
  logRequests(app, needs.log);
  await app.register(fastifyCookie);
  addHealth(app, needs.checks, clock);
  addDocs(app, cookie.name);
  await addPage(app, needs.pageFolder);
  await addRoutes(app, { handlers: needs.handlers, guard, live, cookie, checkAnswers: needs.checkAnswers });

  return {
    async listen(host, port) {
      await app.listen({ host, port });
      const { port: bound } = app.server.address() as AddressInfo;
      const name = host.includes(':') ? `[${host}]` : host;
      return `${tls ? 'https' : 'http'}://${name}:${bound}`;
    },
    useCertificate: ({ cert, key }) => (app.server as unknown as SecureServer).setSecureContext({ cert, key, minVersion: 'TLSv1.2' }),
    async close() {
      live.close();
      const cancel = clock.after(STOP_MS, () => app.server.closeAllConnections());
      await app.close();
      cancel();
    },
  };
}

/** One line a request, by the route's pattern: an address may hold a one-time link. */
function logRequests(app: FastifyInstance, log: Logger): void {
  app.addHook('onResponse', async (request, reply) => {
    const { url, method } = request.routeOptions;
    if (!url?.startsWith('/api')) return;
    const facts = {
      route: `${method} ${url}`,
      status: reply.statusCode,
      elapsedMs: Math.round(reply.elapsedTime),
      person: request.admitted?.actor?.id,
    };
    if (reply.statusCode >= 500) log.warn(facts, 'answered');
    else if (request.method !== 'GET') log.info(facts, 'answered');
  });
}
