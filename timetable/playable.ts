/** What of a broadcast can sound at a place with the audio it holds: a bulletin whole or not at all, an emergency whatever there is. */
import type { Step } from '@tieng-loa/protocol/plan.ts';
import type { Source } from './sources.ts';
import { missingLanguages, renderingsOf, stepsAt } from './steps.ts';

/** Where a rendering stands at a player. */
export type Holding = 'held' | 'lacked' | 'damaged' | 'revoked';

export interface Playable {
  /** in the place's order, with what is not held left out; empty where nothing with sound of its own is left */
  steps: Step[];
  /** renderings that the place needs and does not hold */
  lacked: string[];
  /** languages that the place hears and will not hear in this airing */
  missingLanguages: string[];
}

type Part = Extract<Step, { kind: 'part' }>;
const isPart = (step: Step): step is Part => step.kind === 'part';

/** @returns what can sound of `source` where `languages` are heard. Chimes alone are no broadcast, unless it consists of nothing else. */
export function playable(source: Source, languages: readonly string[], holding: (sha256: string) => Holding): Playable {
  const { steps, class: kind } = source.broadcast;
  const chosen = stepsAt(steps, languages);
  const isHeld = (part: Part): boolean => part.renderings.every((sha) => holding(sha) === 'held');
  const lackedParts = chosen.filter((step): step is Part => isPart(step) && !isHeld(step));
  const never = missingLanguages(steps, languages);
  if (lackedParts.length === 0) return { steps: chosen, lacked: [], missingLanguages: never };
  const lacked = renderingsOf(lackedParts).filter((sha) => holding(sha) !== 'held');
  const left =
    kind === 'emergency'
      ? steps.filter((step) => !isPart(step) || isHeld(step))
      : steps.filter((step) => !isPart(step) || !lackedParts.some((part) => part.item === step.item));
  const silent = lackedParts.map((part) => part.language).filter((language) => languages.includes(language));
  return {
    steps: left.some(isPart) ? stepsAt(left, languages) : [],
    lacked,
    missingLanguages: [...new Set([...never, ...silent])],
  };
}
