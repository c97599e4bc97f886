/** A draft voice for Hmong in RPA: syllables as phonemes of an untouched espeak-ng. A recorded take is always better. */
import { fileURLToPath } from 'node:url';
import { refuseText, type Speech, type Spoken, speak } from './espeak.ts';
import { DIGITS, ONSETS, RIMES, TONES } from './inventory.ts';
import { type Syllable, syllablesOf } from './rpa.ts';

/** Where `hmong.voice` lies; espeak-ng takes it by a short relative path, since its buffer ends at 160 characters. */
const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const OPTIONS = ['--load', '-v', './hmong.voice', '-a', '85', '-s', '130'] as const;

/** Syllables in one block of phonemes, and characters in one clause: espeak-ng 1.51 cuts a clause at 800, even inside a block. */
const BLOCK = 20;
const CLAUSE = 600;

/** `|` keeps espeak-ng from joining letters of two sounds into one; the tone stands before the closing nasal. */
function phonemesOf({ onset, rime, tone }: Syllable): string {
  const { vowel, coda } = RIMES[rime]!;
  return `${ONSETS[onset]}|${vowel}${TONES[tone]}${coda}`;
}

/** @returns what espeak-ng is given for a text, and the words that are not RPA. */
export function hmongInput(text: string): { input: string; unknown: string[] } {
  const unknown = new Set<string>();
  const clauses: string[][] = [[]];
  let length = 0;
  const pause = () => {
    clauses.push([]);
    length = 0;
  };
  for (const token of text.normalize('NFC').match(/[\p{L}\p{M}'’]+|\d|[.,;:!?…\n]/gu) ?? []) {
    if (/^[.,;:!?…\n]$/.test(token)) {
      pause();
      continue;
    }
    const syllables = syllablesOf(/\d/.test(token) ? DIGITS[Number(token)]! : token);
    if (!syllables) {
      unknown.add(token);
      continue;
    }
    const phonemes = syllables.map(phonemesOf);
    const added = phonemes.join(' ').length + 1;
    if (length + added > CLAUSE) pause();
    clauses.at(-1)!.push(...phonemes);
    length += added;
  }
  const spoken = clauses.filter((clause) => clause.length > 0);
  return { input: spoken.map(blocksOf).join(', '), unknown: [...unknown] };
}

function blocksOf(clause: readonly string[]): string {
  const blocks: string[] = [];
  for (let at = 0; at < clause.length; at += BLOCK) blocks.push(`[[${clause.slice(at, at + BLOCK).join(' ')}]]`);
  return blocks.join(' ');
}

/** Speaks Hmong text; words that are not RPA (names, Vietnamese) are left out and returned. @throws Problem `bad-input`. */
export async function speakHmong(speech: Speech): Promise<Spoken> {
  refuseText(speech.text);
  const { input, unknown } = hmongInput(speech.text);
  await speak(OPTIONS, input, speech, FOLDER);
  return { unknown };
}
