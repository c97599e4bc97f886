/** Serves the built dashboard: hashed files for good, and the one page for every address that is not the API's. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Addresses that never show the page. */
const NOT_THE_PAGE = /^\/(\/|api|assets|docs|healthz|readyz|openapi)/i;

/** Adds the dashboard from `folder`, as Vite built it. */
export async function addPage(app: FastifyInstance, folder: string): Promise<void> {
  const built = existsSync(join(folder, 'index.html'));
  await app.register(fastifyStatic, {
    ...(built ? { root: folder } : { serve: false }),
    preCompressed: true,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const page = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const isPage = request.method === 'GET' && !NOT_THE_PAGE.test(request.url) && /text\/html|\*\/\*/.test(request.headers.accept ?? '*/*');
    if (!isPage) throw new Problem('not-found');
    if (!built) throw new Problem('not-ready', { what: 'dashboard/dist' });
    return reply.sendFile('index.html');
  };
  if (built) app.get('/', page);
  app.setNotFoundHandler(page);
}
