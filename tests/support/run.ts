/** What one run of the tests shares: a door that hands out empty PostgreSQL databases of one cluster, started when first asked. */
import { createServer } from 'node:http';
import type { TestProject } from 'vitest/node';
import { type Cluster, openCluster } from './postgres-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `POST` makes a database and answers its address; `DELETE` with that address drops it */
    postgresDoor: string;
  }
}

/** Vitest's global set-up. @returns the tear-down. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let cluster: Promise<Cluster> | undefined;
  const door = createServer(async (request, response) => {
    try {
      cluster ??= openCluster();
      const { create, drop } = await cluster;
      let url = '';
      for await (const chunk of request) url += chunk;
      response.end(request.method === 'DELETE' ? await drop(url).then(() => 'dropped') : await create());
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const { port } = door.address() as { port: number };
  project.provide('postgresDoor', `http://127.0.0.1:${port}`);
  return async () => {
    door.close();
    door.closeAllConnections();
    await (await cluster?.catch(() => undefined))?.close();
  };
}
