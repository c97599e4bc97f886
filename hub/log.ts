/** The hub's structured log: one JSON line an event on standard error, and nothing secret in it. */
import type { Clock } from './clock.ts';

/** What rooms are given. `facts` first, then a sentence that stays the same for the same kind of event. */
export interface Logger {
  info(facts: object, says: string): void;
  warn(facts: object, says: string): void;
  error(facts: object, says: string): void;
}

export const LOG_LEVELS = ['info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Names under which a secret could reach the log by mistake. */
const SECRET = /^(token|link|password|old|new|csr|code|csrf|cookie|authorization|pem|privateKey)$/i;

/** Errors become what helps to find them; secrets become a mark. */
function shown(key: string, value: unknown): unknown {
  if (SECRET.test(key) && typeof value === 'string') return '[hidden]';
  if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
  return value;
}

/** @returns a log that writes the events of `level` and above. */
export function jsonLog(level: LogLevel, clock: Pick<Clock, 'now'>, write: (line: string) => void): Logger {
  const lowest = LOG_LEVELS.indexOf(level);
  const at = (name: LogLevel) => (facts: object, says: string) => {
    if (LOG_LEVELS.indexOf(name) < lowest) return;
    write(`${JSON.stringify({ at: new Date(clock.now()).toISOString(), level: name, says, ...facts }, shown)}\n`);
  };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
