/** Starts and ends the programs that tests need: nobody's else, and none is left behind. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** How long a program may take to end when asked, before it is ended. */
const END_MS = 5_000;

/** A program under a test's care. */
export interface Running {
  process: ChildProcess;
  /** what it said so far, on both outputs */
  said(): string;
  /** settles once it has ended */
  ended: Promise<number>;
  /** asks it to end, and ends it where it does not */
  close(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a program. Its outputs are kept (the last 256 KiB), so that a failing test can show them. */
export function run(command: string, args: readonly string[], options: SpawnOptions = {}): Running {
  const process = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let said = '';
  const hear = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-256 * 1024);
  };
  process.stdout?.on('data', hear);
  process.stderr?.on('data', hear);
  const ended = new Promise<number>((resolve) => {
    process.once('error', (error) => {
      said += `${error.message}\n`;
      resolve(127);
    });
    process.once('exit', (code, signal) => resolve(code ?? (signal ? 128 : 0)));
  });
  return {
    process,
    said: () => said,
    ended,
    close: (signal = 'SIGTERM') => end(process, signal),
  };
}

async function end(process: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null || process.pid === undefined) return;
  const exited = once(process, 'exit');
  process.kill(signal);
  const timer = setTimeout(() => process.kill('SIGKILL'), END_MS);
  await exited;
  clearTimeout(timer);
}

/** Runs a program to its end. @throws Error with what it said where it fails. */
export async function runToEnd(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  const running = run(command, args, options);
  const code = await running.ended;
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${running.said()}`);
  return running.said();
}

/** @returns the processes that a process started, as Linux shows them. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1] === String(pid);
      } catch {
        return false; // it ended between two looks
      }
    })
    .map(Number);
}

/** Waits until `look` answers something. @throws Error saying `what` where it does not within `withinMs`. */
export async function until<T>(
  what: string | (() => string),
  look: () => T | Promise<T>,
  { withinMs = 10_000, everyMs = 25 }: { withinMs?: number; everyMs?: number } = {},
): Promise<Exclude<T, null | undefined | false>> {
  const end = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found as Exclude<T, null | undefined | false>;
    if (performance.now() > end) throw new Error(`waited ${withinMs} ms in vain: ${typeof what === 'string' ? what : what()}`);
    await wait(everyMs);
  }
}

/** Waits some milliseconds of real time. */
export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** @returns a loopback port that was free a moment ago, for programs that cannot take port 0. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
