/** A private PostgreSQL cluster: own folder, own loopback port, nothing of the system's own service. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort, type Running, run, runToEnd, until } from './processes.ts';

export interface Cluster {
  /** makes an empty database. @returns its address */
  create(): Promise<string>;
  drop(url: string): Promise<void>;
  close(): Promise<void>;
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made. setpriv becomes the program, so signals reach it. */
const asPostgres = (command: string, args: string[]): [string, string[]] =>
  process.getuid?.() === 0
    ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--init-groups', '--', command, ...args]]
    : [command, args];

async function binaries(): Promise<string> {
  const versions = await readdir('/usr/lib/postgresql').catch(() => []);
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) throw new Error('PostgreSQL is not installed: apt-get install postgresql');
  return join('/usr/lib/postgresql', newest, 'bin');
}

/** Starts a cluster. Its data need not outlive the tests, so nothing is fsynced. */
export async function openCluster(): Promise<Cluster> {
  const bin = await binaries();
  const folder = await mkdtemp(join(tmpdir(), 'tl-postgres-'));
  await chmod(folder, 0o777); // the user postgres makes the data folder inside
  const data = join(folder, 'data');
  let server: Running | undefined;
  try {
    const options = { cwd: folder };
    await runToEnd(
      ...asPostgres(join(bin, 'initdb'), ['-D', data, '-U', 'tl', '-A', 'trust', '-N', '--locale=C.UTF-8', '-E', 'UTF8']),
      options,
    );
    const port = await freePort();
    const settings = Object.entries({
      listen_addresses: '127.0.0.1',
      port,
      unix_socket_directories: '',
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      max_connections: 100,
      shared_buffers: '32MB',
    }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    server = run(...asPostgres(join(bin, 'postgres'), ['-D', data, ...settings]), options);
    const admin = `postgres://tl@127.0.0.1:${port}/postgres`;
    await until(`PostgreSQL takes connections\n${server.said()}`, () => said(admin, 'select 1'), { withinMs: 30_000 });
    const cluster = server;
    return {
      async create() {
        const name = `t${randomBytes(6).toString('hex')}`;
        await say(admin, `create database ${name}`);
        return `postgres://tl@127.0.0.1:${port}/${name}`;
      },
      drop: (url) => say(admin, `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`),
      close: () => end(cluster, folder),
    };
  } catch (error) {
    await end(server, folder);
    throw error;
  }
}

/** SIGINT is PostgreSQL's "fast shutdown": it does not wait for clients. */
async function end(server: Running | undefined, folder: string): Promise<void> {
  await server?.close('SIGINT');
  await rm(folder, { recursive: true, force: true });
}

async function say(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end();
  }
}
const said = (url: string, sql: string): Promise<boolean> =>
  say(url, sql).then(
    () => true,
    () => false,
  );
