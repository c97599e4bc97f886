/** The three built-in sounds: what is struck, and how long each lasts (the lengths stand in timetable/steps.ts). */
import type { Chime } from '@tieng-loa/protocol/plan.ts';
import type { Stroke } from './bells.ts';

export interface Tune {
  durationMs: number;
  strokes: readonly Stroke[];
}

/** Strokes at equal distances; a note of null is a rest. */
const strokes = (everyMs: number, notes: readonly (number | null)[]): Stroke[] =>
  notes.flatMap((note, index) => (note === null ? [] : [{ atMs: 20 + index * everyMs, note, force: index === 0 ? 1 : 0.85 }]));

/** Notes of the five-tone scale that songs of the region share: D E G A B, from 587 Hz, where horns are strong. */
const D = 74;
const E = 76;
const G = 79;
const A = 81;
const B = 83;
const HIGH_D = 86;

export const TUNES: Readonly<Record<Chime, Tune>> = {
  /** two tones twice: somebody is about to speak */
  attention: { durationMs: 2400, strokes: strokes(420, [B, G, B, G]) },
  /** a phrase that rises and comes home: the programme begins */
  signature: { durationMs: 6000, strokes: strokes(340, [D, E, G, A, B, null, A, G, HIGH_D, B, A, null, G, A, G]) },
  /** falling: it is over */
  closing: { durationMs: 3000, strokes: strokes(380, [HIGH_D, B, A, G]) },
};
