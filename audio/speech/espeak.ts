/** Starts espeak-ng: text on its standard input, options as a list, so that no text can become an option or a command. */
import { spawn } from 'node:child_process';
import { rm, stat } from 'node:fs/promises';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { SPEECH_CHARACTERS, SPEECH_MS } from '../limits.ts';

/** What a voice says of what it spoke. */
export interface Spoken {
  /** words that the voice cannot read, in order, each once; they were left out */
  unknown: string[];
}

export interface Speech {
  text: string;
  /** an absolute path; a WAV file is written there */
  output: string;
  signal?: AbortSignal | undefined;
}

/** `[[` would begin phonemes: what people write is never taken for them. */
export const plainText = (text: string): string => text.replaceAll(/\[\[|\]\]/g, ' ');

/** @throws Problem `bad-input` for text that is too long or in which there is nothing to speak. */
export function refuseText(text: string): void {
  if (text.length > SPEECH_CHARACTERS) throw new Problem('bad-input', { field: 'text', why: 'maxLength', limit: SPEECH_CHARACTERS });
  if (!/[\p{L}\p{N}]/u.test(text)) throw new Problem('bad-input', { field: 'text', why: 'minLength', limit: 1 });
}

/**
 * Speaks `input` into a WAV file. `options` come from code only; `folder` is where a voice file named by them lies.
 * @throws Error where espeak-ng is missing or fails.
 */
export async function speak(options: readonly string[], input: string, speech: Speech, folder?: string): Promise<void> {
  // espeak-ng writes no file and reports success where it finds nothing to speak: then an older file must not stand
  await rm(speech.output, { force: true });
  await ended(options, input, speech, folder);
  const made = await stat(speech.output).catch(() => null);
  if (!made) throw new Problem('bad-input', { field: 'text', why: 'minLength', limit: 1 });
}

function ended(options: readonly string[], input: string, { output, signal }: Speech, folder?: string): Promise<void> {
  // it opens the sound server's library even to write a file, and would leave a folder of it behind
  const child = spawn('env', ['PULSE_RUNTIME_PATH=/dev/null/none', 'espeak-ng', ...options, '--stdin', '-w', output], {
    stdio: ['pipe', 'ignore', 'pipe'],
    timeout: SPEECH_MS,
    killSignal: 'SIGKILL',
    ...(folder && { cwd: folder }),
    ...(signal && { signal }),
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, 1000);
  });
  // it may end before it has read everything; its exit says why
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', (cause) => reject(new Error('espeak-ng could not be started.', { cause })));
    child.on('close', (code, killedBy) => {
      if (code === 0) resolve();
      else reject(new Error(`espeak-ng ended with ${killedBy ?? code}: ${complaint.trim()}`));
    });
  });
}
