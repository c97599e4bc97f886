import { readFileSync } from 'node:fs';
import { problems, REASONS } from '@tieng-loa/protocol/problems.ts';
import { problemSentences, reasonSentences } from '@tieng-loa/protocol/sentences.ts';
import { expect, test } from 'vitest';
import { README, withTables } from './readme.ts';

test('the tables of README.md are those of the code (node tests/house/readme.ts writes them)', () => {
  const text = readFileSync(README, 'utf8');
  expect(text).toBe(withTables(text));
});

test('each problem and each reason has a sentence in Vietnamese and in English', () => {
  expect(Object.keys(problemSentences).toSorted()).toEqual(Object.keys(problems).toSorted());
  expect(Object.keys(reasonSentences).toSorted()).toEqual(REASONS.toSorted());
  for (const sentence of [...Object.values(problemSentences), ...Object.values(reasonSentences)]) {
    expect(sentence.vi).not.toBe(sentence.en);
    // both tongues tell the same facts
    const facts = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].toSorted();
    expect(facts(sentence.vi)).toEqual(facts(sentence.en));
  }
});
