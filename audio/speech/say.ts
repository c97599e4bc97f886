/**
 * The package `say`, where it can write a file: Windows (SAPI) and macOS. Never on Linux: there it has no export, and it
 * pastes text into a Festival command, so that text becomes code.
 */
import { stat } from 'node:fs/promises';
import { plainText, refuseText, type Speech, type Spoken } from './espeak.ts';

/** Whether `say` may be used on a platform. */
export const sayServes = (platform: NodeJS.Platform): boolean => platform === 'win32' || platform === 'darwin';

/** On Windows `say` puts the file's name into a PowerShell command. */
const HARMLESS = /^[A-Za-z0-9_:./\\ -]+$/;

/** Speaks with the system's own voice. @throws Error on Linux, for a file name that could be a command, or where nothing was written. */
export async function speakWithSay({ text, output }: Speech, platform: NodeJS.Platform = process.platform): Promise<Spoken> {
  if (!sayServes(platform)) throw new Error(`say cannot write a file on ${platform}`);
  if (!HARMLESS.test(output)) throw new Error('the name of the file holds characters that a shell may read');
  refuseText(text);
  // loaded here and not above: on Linux it is never even loaded
  const { default: say } = await import('say');
  // macOS takes the text as an argument: a space before it keeps a dash from being an option
  const spoken = ` ${plainText(text)}`;
  await new Promise<void>((resolve, reject) => {
    say.export(spoken, undefined, undefined, output, (error?: unknown) => (error ? reject(new Error(String(error))) : resolve()));
  });
  // it takes every exit code for success
  await stat(output);
  return { unknown: [] };
}
