/** Reads Hmong in the Romanized Popular Alphabet: words into syllables of onset, rime and tone. */
import { ONSET_SPELLINGS, ONSETS, RIMES, TONES } from './inventory.ts';

export interface Syllable {
  /** keys of the inventory */
  onset: string;
  rime: string;
  tone: string;
}

const longestFirst = (spellings: readonly string[]): string[] => spellings.toSorted((a, b) => b.length - a.length);
const ONSETS_SPELLED = longestFirst([...Object.keys(ONSETS), ...Object.keys(ONSET_SPELLINGS)]);
const RIMES_SPELLED = longestFirst(Object.keys(RIMES));

/** @returns the syllables of a word (several where they are written together), or null where it is not RPA. */
export function syllablesOf(word: string): Syllable[] | null {
  const letters = word.toLowerCase().normalize('NFC').replace(/^['’]/, '');
  return letters === '' ? null : syllablesFrom(letters, 0, new Map());
}

/** A letter that may end one syllable may begin the next: the longest reading that leaves a readable rest is taken. */
function syllablesFrom(letters: string, at: number, known: Map<number, Syllable[] | null>): Syllable[] | null {
  if (at === letters.length) return [];
  const before = known.get(at);
  if (before !== undefined) return before;
  let found: Syllable[] | null = null;
  for (const { syllable, end } of readings(letters, at)) {
    const rest = syllablesFrom(letters, end, known);
    if (!rest) continue;
    found = [syllable, ...rest];
    break;
  }
  known.set(at, found);
  return found;
}

/** Every syllable that may begin here, the longest parts first. */
function* readings(letters: string, at: number): Generator<{ syllable: Syllable; end: number }> {
  for (const spelled of ONSETS_SPELLED) {
    // a vowel begins a syllable at the beginning of a word only
    if (!letters.startsWith(spelled, at) || (spelled === '' && at > 0)) continue;
    const onset = ONSET_SPELLINGS[spelled] ?? spelled;
    for (const rime of RIMES_SPELLED) {
      const end = at + spelled.length + rime.length;
      if (!letters.startsWith(rime, end - rime.length)) continue;
      const tone = letters[end] ?? '';
      if (tone !== '' && TONES[tone] !== undefined) yield { syllable: { onset, rime, tone }, end: end + 1 };
      yield { syllable: { onset, rime, tone: '' }, end };
    }
  }
}
