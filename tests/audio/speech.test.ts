import { existsSync, readFileSync, statSync } from 'node:fs';
import { hmongInput, speakHmong } from '@tieng-loa/audio/speech/hmong.ts';
import { ONSETS, RIMES, TONES } from '@tieng-loa/audio/speech/inventory.ts';
import { syllablesOf } from '@tieng-loa/audio/speech/rpa.ts';
import { sayServes, speakWithSay } from '@tieng-loa/audio/speech/say.ts';
import { speakVietnamese } from '@tieng-loa/audio/speech/vietnamese.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { openWorkplace } from './fixtures.ts';

const at = openWorkplace();
afterAll(() => at.clear());
const seconds = (path: string): number => (statSync(path).size - 44) / (22_050 * 2);

test('Vietnamese is spoken into a file', async () => {
  const output = at.path('vi.wav');
  await speakVietnamese({ text: 'Kính thưa bà con bản Huổi Khương.', output });
  expect(readFileSync(output).toString('latin1', 0, 4)).toBe('RIFF');
  expect(seconds(output)).toBeGreaterThan(1);
});

describe('text is spoken, never obeyed', () => {
  for (const text of [`-w ${at.path('stolen')} xin chào`, '$(touch stolen) `touch stolen` xin chào', '<audio src="/etc/passwd"/> xin chào'])
    test(text, async () => {
      await speakVietnamese({ text, output: at.path('safe.wav') });
      expect(existsSync(at.path('stolen'))).toBe(false);
      expect(seconds(at.path('safe.wav'))).toBeGreaterThan(0.5);
    });
  test('double brackets are not phonemes', async () => {
    await speakVietnamese({ text: 'a [[a]] a', output: at.path('brackets.wav') });
    await speakVietnamese({ text: 'a  a  a', output: at.path('plain.wav') });
    expect(readFileSync(at.path('brackets.wav'))).toEqual(readFileSync(at.path('plain.wav')));
  });
});

test('text without a word is refused, and an older file does not stand for it', async () => {
  await speakVietnamese({ text: 'xin chào', output: at.path('old.wav') });
  await expect(speakVietnamese({ text: ' … ', output: at.path('old.wav') })).rejects.toMatchObject({ code: 'bad-input' });
  await expect(speakHmong({ text: 'Điện Biên', output: at.path('old.wav') })).rejects.toMatchObject({ code: 'bad-input' });
  expect(existsSync(at.path('old.wav'))).toBe(false);
});

describe('Hmong in RPA is read by its syllables', () => {
  const words: Record<string, string[]> = {
    nyob: ['ny-o-b'],
    zoo: ['z-oo-'],
    txhua: ['txh-ua-'],
    hmoob: ['hm-oo-b'],
    tlhua: ['dlh-ua-'],
    ntsuab: ['nts-ua-b'],
    ib: ['-i-b'],
    nplhaib: ['nplh-ai-b'],
    xovtooj: ['x-o-v', 't-oo-j'],
    haujlwm: ['h-au-j', 'l-w-m'],
  };
  for (const [word, syllables] of Object.entries(words))
    test(word, () => {
      expect(syllablesOf(word)?.map(({ onset, rime, tone }) => `${onset}-${rime}-${tone}`)).toEqual(syllables);
    });
  test('what is not RPA is named, once, and left out', () => {
    const { input, unknown } = hmongInput('Nyob zoo Điện Biên. Điện thoại.');
    expect(unknown).toEqual(['Điện', 'Biên', 'thoại']);
    expect(input).toBe('[[n^|o55 z.|o33N]]');
  });
  test('digits are read one by one', () => {
    expect(hmongInput('12').input).toBe(hmongInput('ib ob').input);
  });
  test('no clause is longer than espeak-ng takes', () => {
    const { input } = hmongInput('nplhaib '.repeat(400));
    for (const clause of input.split(', ')) expect(clause.length).toBeLessThan(800);
  });
  test('a long sentence is spoken to its end', async () => {
    await speakHmong({ text: 'pob '.repeat(40), output: at.path('40.wav') });
    await speakHmong({ text: 'pob '.repeat(400), output: at.path('400.wav') });
    expect(seconds(at.path('400.wav')) / seconds(at.path('40.wav'))).toBeCloseTo(10, 0);
  });
  test('every onset, rime and tone is known to espeak-ng', async () => {
    const tones = Object.keys(TONES);
    const all = Object.keys(ONSETS).flatMap((onset) => Object.keys(RIMES).map((rime, at) => onset + rime + tones[at % tones.length]));
    const { unknown } = await speakHmong({ text: all.join(' '), output: at.path('all.wav') });
    expect(unknown).toEqual([]);
    expect(seconds(at.path('all.wav')) / all.length).toBeGreaterThan(0.2);
  });
});

test('the package say serves only where it can write a file', async () => {
  expect(['win32', 'darwin', 'linux'].map((platform) => sayServes(platform as NodeJS.Platform))).toEqual([true, true, false]);
  await expect(speakWithSay({ text: 'xin chào', output: at.path('say.wav') }, 'linux')).rejects.toThrow('cannot write a file on linux');
  await expect(speakWithSay({ text: 'xin chào', output: "x';calc;'.wav" }, 'win32')).rejects.toThrow('shell');
});
