/** The player's log: one line an event on standard error, for the journal of systemd or a terminal. */
import type { Clock } from './clock.ts';

/** What rooms are given. `facts` first, then a sentence that stays the same for the same kind of event. */
export interface Logger {
  info(facts: object, says: string): void;
  warn(facts: object, says: string): void;
  error(facts: object, says: string): void;
}

/** Errors become what helps to find them. */
const shown = (_: string, value: unknown): unknown => (value instanceof Error ? { message: value.message, cause: value.cause } : value);

/** @returns a log of JSON lines; without `wordy`, only what went wrong. */
export function jsonLog(wordy: boolean, clock: Pick<Clock, 'now'>, write: (line: string) => void): Logger {
  const at = (level: string) => (facts: object, says: string) =>
    write(`${JSON.stringify({ at: new Date(clock.now()).toISOString(), level, says, ...facts }, shown)}\n`);
  return { info: wordy ? at('info') : () => {}, warn: at('warn'), error: at('error') };
}

/** For fleets and tests. */
export const noLog: Logger = { info: () => {}, warn: () => {}, error: () => {} };
