/** Starts the demo's programs, keeps what they say in files, and ends them all. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** A program that is told to end gets this long: the hub needs a few seconds for a graceful stop. */
const END_MS = 8_000;
const LAST_LINES = 15;

export interface Programs {
  /** Starts a Node program in the background; where it ends by itself, `ended` rejects with its last lines. */
  start(name: string, entry: string, args: string[], env?: NodeJS.ProcessEnv): { ended: Promise<never> };
  /** Runs a Node program to its end. @returns what it printed. @throws Error with its last lines. */
  run(entry: string, args: string[], options?: { input?: string; env?: NodeJS.ProcessEnv }): Promise<string>;
  /** Ends everything, last started first. */
  close(): Promise<void>;
}

/** @param logs the folder for what they say. */
export function openPrograms({ root, logs, env }: { root: string; logs: string; env: NodeJS.ProcessEnv }): Programs {
  const running: ChildProcess[] = [];
  let closing = false;
  const nodeArgs = (entry: string, args: string[]): string[] => ['--disable-warning=ExperimentalWarning', join(root, entry), ...args];
  return {
    start(name, entry, args, extra = {}) {
      if (closing) throw new Error(`${name}: the demo is ending`);
      const log = join(logs, `${name}.log`);
      // a group of its own: Ctrl-C reaches the demo alone, which then ends its programs in order
      const child = spawn(process.execPath, nodeArgs(entry, args), {
        env: { ...env, ...extra },
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const file = createWriteStream(log);
      child.stdout.pipe(file, { end: false });
      child.stderr.pipe(file, { end: false });
      running.push(child);
      const ended = once(child, 'close').then(async ([code]) => {
        file.end();
        if (closing) return new Promise<never>(() => {});
        throw new Error(`${name} (${code ?? 'signal'}):\n${lastLines(await readFile(log, 'utf8'))}`);
      });
      ended.catch(() => {}); // whoever waits for it hears of it
      return { ended };
    },
    async run(entry, args, { input = '', env: extra = {} } = {}) {
      const child = spawn(process.execPath, nodeArgs(entry, args), { env: { ...env, ...extra }, stdio: ['pipe', 'pipe', 'pipe'] });
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk) => {
        out += chunk;
      });
      child.stderr.on('data', (chunk) => {
        err += chunk;
      });
      child.stdin.on('error', () => {}); // it ended without reading: its exit code says why
      child.stdin.end(input);
      const [code] = await once(child, 'close');
      if (code !== 0) throw new Error(`${entry} ${args.join(' ')} (${code}):\n${lastLines(err || out)}`);
      return out;
    },
    async close() {
      closing = true;
      for (const child of running.reverse()) await end(child);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), END_MS);
  await closed;
  clearTimeout(timer);
}

const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-LAST_LINES).join('\n');

/** @returns the port where it is free on loopback, else any free one. */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer();
  const listening = once(server, 'listening');
  server.listen(wanted, '127.0.0.1');
  const port = await listening.then(
    () => (server.address() as { port: number }).port,
    () => null,
  );
  if (port === null) return freePort();
  server.close();
  await once(server, 'close');
  return port;
}
