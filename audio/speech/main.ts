/** Speaks text from standard input into a WAV file: `node audio/speech/main.ts --language vi|hmn --out FILE`. Unknown words go to standard error. */
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { Speech, Spoken } from './espeak.ts';
import { speakHmong } from './hmong.ts';
import { sayServes, speakWithSay } from './say.ts';
import { speakVietnamese } from './vietnamese.ts';

const VOICES: Readonly<Record<string, (speech: Speech) => Promise<Spoken>>> = {
  vi: speakVietnamese,
  hmn: speakHmong,
  /** whatever voice the system itself has, on Windows and macOS */
  ...(sayServes(process.platform) ? { system: speakWithSay } : {}),
};

const { values } = parseArgs({ options: { language: { type: 'string' }, out: { type: 'string' } } });
const voice = VOICES[values.language ?? ''];
if (!voice || values.out === undefined) {
  process.stderr.write(`Say how: --language ${Object.keys(VOICES).join('|')} --out FILE\n`);
  process.exitCode = 1;
} else {
  const { unknown } = await voice({ text: await text(process.stdin), output: resolve(values.out) });
  if (unknown.length > 0) process.stderr.write(`not spoken: ${unknown.join(', ')}\n`);
}
