/** Runs one step of the set-up: a line that says what is done, how it goes, and how long it took. */
import { spawn } from 'node:child_process';

/** A step that did not work: its message has been said already or is all that a person needs. */
export class Stop extends Error {}

/** How much of a failing step's output is shown. */
const SHOWN_LINES = 40;

/**
 * Runs a program as a step. Its output is hidden while it goes well and shown where it fails.
 * @throws Stop where the program fails.
 */
export async function step(words, title, command, args, options = {}) {
  const began = performance.now();
  const live = process.stdout.isTTY === true;
  process.stdout.write(`▸ ${title}${live ? '' : ' …\n'}`);
  const lines = [];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const hear = (chunk) => {
    lines.push(...chunk.toString().split('\n').filter(Boolean));
    if (lines.length > 500) lines.splice(0, lines.length - 500);
    if (live) process.stdout.write(`\r\x1b[K▸ ${title} · ${(lines.at(-1) ?? '').slice(0, 60)}`);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      lines.push(error.message);
      resolve(127);
    });
    child.once('close', (status, signal) => resolve(signal ? 1 : status));
  });
  if (live) process.stdout.write(`\r\x1b[K▸ ${title}`);
  if (code === 0) {
    process.stdout.write(`${live ? ' · ' : '  '}${words.done(((performance.now() - began) / 1000).toFixed(1))}\n`);
    return;
  }
  process.stdout.write('\n');
  console.error(`${words.failed}\n${lines.slice(-SHOWN_LINES).join('\n')}`);
  throw new Stop();
}
