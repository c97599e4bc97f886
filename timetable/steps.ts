/** What a broadcast is at one place: its steps in the place's order of languages, what they need, how long they last. */
import { NO_LANGUAGE } from '@tieng-loa/protocol/ids.ts';
import type { Chime, PlannedBroadcast, Rendering, Step } from '@tieng-loa/protocol/plan.ts';

type Part = Extract<Step, { kind: 'part' }>;

/** Silence between two languages of one item, so that a listener hears where one ends and the next begins. */
export const LANGUAGE_PAUSE_MS = 700;

/** Whether a place that hears `heard` hears a part in `spoken`: the same tag, or a more special one (`mww` is not `hmn`, `vi-VN` is `vi`). */
const hears = (heard: string, spoken: string): boolean => spoken === heard || spoken.startsWith(`${heard}-`);

/** The place's rank of a language; languages that it does not hear come last. */
const rankOf = (languages: readonly string[], spoken: string): number => {
  const rank = languages.findIndex((heard) => hears(heard, spoken));
  return rank < 0 ? languages.length : rank;
};

/**
 * Puts the parts of each item into the place's order and leaves out those in languages that it does not hear;
 * an item that holds none of the place's languages is aired as it is, rather than not at all. Between two parts of
 * one item stands a short pause.
 */
export function stepsAt(steps: readonly Step[], languages: readonly string[]): Step[] {
  const out: Step[] = [];
  for (let at = 0; at < steps.length; ) {
    const first = steps[at]!;
    if (first.kind !== 'part') {
      out.push(first);
      at += 1;
      continue;
    }
    const parts: Part[] = [];
    for (let step = steps[at]; step?.kind === 'part' && step.item === first.item; step = steps[++at]) parts.push(step);
    for (const [rank, part] of partsAt(parts, languages).entries()) {
      if (rank > 0) out.push({ kind: 'pause', durationMs: LANGUAGE_PAUSE_MS });
      out.push(part);
    }
  }
  return out;
}

function partsAt(parts: readonly Part[], languages: readonly string[]): Part[] {
  const heard = parts.filter((part) => part.language === NO_LANGUAGE || rankOf(languages, part.language) < languages.length);
  const chosen = heard.length > 0 ? heard : parts;
  return chosen.toSorted((a, b) => rankOf(languages, a.language) - rankOf(languages, b.language));
}

/** @returns the languages that the place hears and some item with words lacks. */
export function missingLanguages(steps: readonly Step[], languages: readonly string[]): string[] {
  const items = new Map<number, string[]>();
  for (const step of steps) if (step.kind === 'part') items.set(step.item, [...(items.get(step.item) ?? []), step.language]);
  const worded = [...items.values()].filter((spoken) => spoken.some((language) => language !== NO_LANGUAGE));
  return languages.filter((heard) => worded.some((spoken) => !spoken.some((language) => hears(heard, language))));
}

/** @returns the renderings that the steps need, each once, in order. */
export function renderingsOf(steps: readonly Step[]): string[] {
  return [...new Set(steps.flatMap((step) => (step.kind === 'part' ? step.renderings : [])))];
}

/** Lengths of the built-in chimes in milliseconds, as audio/chimes makes them. */
export const CHIME_MS: Readonly<Record<Chime, number>> = { attention: 2400, signature: 6000, closing: 3000 };

/** @returns how long the steps last in milliseconds, whether the pauses between languages stand in them (`stepsAt`) or not yet. */
export function durationOf(steps: readonly Step[], renderings: ReadonlyMap<string, Pick<Rendering, 'durationMs'>>): number {
  return steps.reduce((sum, step, at) => {
    if (step.kind === 'pause') return sum + step.durationMs;
    if (step.kind === 'chime') return sum + CHIME_MS[step.chime];
    const before = steps[at - 1];
    const pause = before?.kind === 'part' && before.item === step.item ? LANGUAGE_PAUSE_MS : 0;
    return sum + pause + step.renderings.reduce((part, sha) => part + (renderings.get(sha)?.durationMs ?? 0), 0);
  }, 0);
}

/** @returns when the airings of a broadcast begin in [from, to). */
export function startsBetween(broadcast: Pick<PlannedBroadcast, 'starts' | 'startOffsetMs'>, from: number, to: number): number[] {
  return broadcast.starts.map((at) => at + broadcast.startOffsetMs).filter((at) => at >= from && at < to);
}
