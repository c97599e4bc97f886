/**
 * The sounds of Hmong by their spelling in RPA (White and Green together), each with the phonemes of espeak-ng's own
 * table `cmn` that come nearest. Open o, aw and the retroflex stops are approximations. No native speaker has judged it.
 */

/** 62 onsets. An empty one is a vowel at the beginning of a word: it carries a glottal stop. */
export const ONSETS: Readonly<Record<string, string>> = {
  // lips
  ...{ p: 'p', ph: 'ph', np: 'mb', nph: 'mph', pl: 'pl', plh: 'phl', npl: 'mbl', nplh: 'mphl' },
  ...{ m: 'm', hm: 'hm', ml: 'ml', hml: 'hml', f: 'f', v: 'v' },
  // teeth
  ...{ t: 't', th: 'th', nt: 'nd', nth: 'nth', d: 'd', dh: 'dh', dl: 'tl', dlh: 'tl#', ndl: 'ndl', ndlh: 'ntl#' },
  ...{ n: 'n', hn: 'hn', l: 'l', hl: 'l#', tx: 'ts', txh: 'tsh', ntx: 'nts', ntxh: 'ntsh', x: 's' },
  // tongue bent back
  ...{ r: 'ts.', rh: 'ts.h', nr: 'n.d.', nrh: 'n.ts.h', ts: 'ts.', tsh: 'ts.h', nts: 'n.ts.', ntsh: 'n.ts.h', s: 's.', z: 'z.' },
  // palate
  ...{ c: 'tS;', ch: 'tS;h', nc: 'n^dZ;', nch: 'n^tS;h', ny: 'n^', hny: 'hn^', xy: 'S;', y: 'j' },
  // back
  ...{ k: 'k', kh: 'kh', nk: 'Ng', nkh: 'Nkh', q: 'q', qh: 'qh', nq: 'Nq', nqh: 'Nqh', h: 'h', g: 'N' },
  '': '?',
};

/** Other spellings of the same onsets. */
export const ONSET_SPELLINGS: Readonly<Record<string, string>> = { tl: 'dl', tlh: 'dlh', ntl: 'ndl', ntlh: 'ndlh', mn: 'ml' };

/** 14 rimes: the vowel, and the nasal that closes it after the tone. */
export const RIMES: Readonly<Record<string, { vowel: string; coda: string }>> = {
  i: { vowel: 'i', coda: '' },
  e: { vowel: 'E', coda: '' },
  a: { vowel: 'a', coda: '' },
  o: { vowel: 'o', coda: '' },
  u: { vowel: 'u', coda: '' },
  w: { vowel: 'i.', coda: '' },
  ee: { vowel: 'ei', coda: '' },
  oo: { vowel: 'o', coda: 'N' },
  aa: { vowel: 'a', coda: 'N' },
  ai: { vowel: 'ai', coda: '' },
  aw: { vowel: 'Ai.', coda: '' },
  au: { vowel: 'Au', coda: '' },
  ia: { vowel: 'i@', coda: '' },
  ua: { vowel: 'u@', coda: '' },
};

/** Eight tones by the letter that ends a syllable, as pitch contours from 1 (low) to 5; `?` closes the throat. */
export const TONES: Readonly<Record<string, string>> = { '': '33', b: '55', j: '51', v: '35', s: '22', g: '21', m: '11?', d: '214' };

/** The digits, read one by one. */
export const DIGITS: readonly string[] = ['xoom', 'ib', 'ob', 'peb', 'plaub', 'tsib', 'rau', 'xya', 'yim', 'cuaj'];
