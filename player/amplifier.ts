/** The amplifier: none to switch, or a relay on a GPIO line held by `gpioset`; on before the chime, off after the last word. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import type { Logger } from './log.ts';

export interface Amplifier {
  /** whether there is something to switch, so that the chime must wait for it */
  readonly present: boolean;
  on(): void;
  off(): void;
  close(): Promise<void>;
}

/** The amplifier is always on, or switches itself. */
export const noAmplifier: Amplifier = { present: false, on: () => {}, off: () => {}, close: async () => {} };

/** A line of a GPIO chip, for example `gpiochip0` and 17. */
export interface GpioLine {
  chip: string;
  line: number;
}

/** @returns gpioset's arguments to hold a line high: a living child holds it, and the line falls when the child ends. */
export const gpiosetArguments = (major: number, { chip, line }: GpioLine): string[] =>
  major >= 2 ? ['--chip', chip, `${line}=1`] : ['--mode=signal', chip, `${line}=1`];

/** @returns the major version in the first line of `gpioset --version`. */
export const gpiosetMajor = (text: string): number => Number(/v(\d+)\./.exec(text)?.[1] ?? 1);

/** @returns an amplifier behind a GPIO line. @throws Error where gpioset is not installed. */
export async function gpioAmplifier(line: GpioLine, log: Logger): Promise<Amplifier> {
  const { stdout } = await promisify(execFile)('gpioset', ['--version']).catch((cause: unknown) => {
    throw new Error('gpioset is not installed (Debian: apt-get install gpiod)', { cause });
  });
  const given = gpiosetArguments(gpiosetMajor(stdout), line);
  let child: ChildProcess | null = null;
  const off = (): void => {
    child?.kill('SIGTERM');
    child = null;
  };
  return {
    present: true,
    on() {
      if (child) return;
      const mine = spawn('gpioset', given, { stdio: ['ignore', 'ignore', 'pipe'] });
      child = mine;
      let said = '';
      mine.stderr?.on('data', (bytes: Buffer) => {
        said = (said + bytes).slice(-500);
      });
      mine.once('error', (error) => log.error({ error, ...line }, 'the amplifier could not be switched on'));
      mine.once('exit', (code) => {
        if (child === mine) {
          child = null;
          log.error({ code, said, ...line }, 'the amplifier’s line was let go');
        }
      });
    },
    off,
    async close() {
      off();
    },
  };
}
