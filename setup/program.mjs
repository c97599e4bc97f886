/** Runs the program that was asked for in the foreground, and passes signals on to it. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** npm and a terminal may both send the same signal within moments: the program hears it once. */
const SAME_MS = 1_000;

/** @returns the exit code of the program. */
export function runProgram(command, args, { cwd, env }) {
  const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
  const heard = new Map();
  const pass = (signal) => {
    // a terminal sends Ctrl-C to the whole foreground group, the program among it
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    const now = performance.now();
    if (now - (heard.get(signal) ?? Number.NEGATIVE_INFINITY) < SAME_MS) return;
    heard.set(signal, now);
    child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(127);
    });
    child.once('exit', (code, signal) => resolve(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1)));
  });
}
