/** The one sentence of a strip: how it stands, where it does not, and why. Pure. */
import type { Airing } from '@tieng-loa/protocol/views.ts';
import type { Format } from '../words/format.ts';
import type { Words } from '../words/vi.ts';
import { elapsedOf, type Strip, shownState } from './strips.ts';

interface Language {
  words: Words['today'];
  format: Format;
}
/** More names than this make a sentence nobody reads. */
const NAMES = 2;

function named(airings: readonly Airing[]): { names: string[]; more: number } {
  const names = airings.map(({ player }) => player.name);
  return { names: names.slice(0, NAMES), more: Math.max(0, names.length - NAMES) };
}

/** @returns one sentence, for instance “Sẵn sàng 5/6 loa — Huổi Khương còn thiếu 37 %, xong khoảng 17:20 (trễ)”. */
export function sentenceOf(strip: Strip, now: number, language: Language): string {
  const { airings } = strip;
  const sounding = airings.filter(({ state }) => state === 'on-air');
  if (sounding.length > 0) return soundingSentence(strip, sounding, now, language);
  const toCome = airings.filter((airing) => ['planned', 'ready'].includes(shownState(airing, now)));
  if (toCome.length > 0 && strip.plannedAt > now) return readySentence(strip, now, language);
  if (toCome.length === airings.length) return language.words.due(airings.length);
  return endedSentence(strip, language);
}

function soundingSentence(strip: Strip, sounding: readonly Airing[], now: number, { words, format }: Language): string {
  const all = strip.airings.length;
  const told = sounding.find(({ onAir }) => onAir?.language != null) ?? sounding[0]!;
  return [
    sounding.length === all ? words.onAir : words.onAirSome(sounding.length, all),
    told.onAir && `${format.formatDuration(elapsedOf(told.onAir, now))}/${format.formatDuration(told.onAir.totalMs)}`,
    told.onAir?.language && told.onAir.language !== 'zxx' && words.part(format.languageName(told.onAir.language)),
  ]
    .filter(Boolean)
    .join(' · ');
}

function readySentence(strip: Strip, now: number, { words, format }: Language): string {
  const { airings, plannedAt } = strip;
  const ready = airings.filter(({ state }) => state === 'ready');
  if (ready.length === airings.length) return words.readyAll(airings.length);
  const head = words.readySome(ready.length, airings.length);
  const lacking = airings.filter(({ state, held }) => state !== 'ready' && held !== null && held.heldBytes < held.totalBytes);
  const dark = airings.filter(({ state, held }) => state !== 'ready' && held === null);
  const clauses: string[] = [];
  if (lacking.length > 0) {
    const { names, more } = named(lacking);
    const worst = Math.max(...lacking.map(({ held }) => (held ? 1 - held.heldBytes / held.totalBytes : 0)));
    const readyAt = lacking.map(({ held }) => held?.readyAt ?? null);
    const lacks = words.lacks(names, more, format.formatNumber(Math.max(1, Math.ceil(worst * 100))));
    if (readyAt.every((at) => at !== null)) {
      const last = Math.max(...(readyAt as number[]));
      clauses.push(`${lacks}, ${words.doneBy(format.formatMoment(last, now), last > plannedAt)}`);
    } else clauses.push(lacks);
  }
  if (dark.length > 0) {
    const { names, more } = named(dark);
    clauses.push(words.notKnown(names, more));
  }
  return clauses.length > 0 ? `${head} — ${clauses.join('; ')}` : head;
}

/** What a person stopped, and what broke off by itself, are two fates. */
const fateOf = ({ state, result }: Airing): Airing['state'] | 'cut' => (state === 'stopped' && result === 'cut' ? 'cut' : state);

/** Each clause is a sentence of its own. */
const capital = (clause: string): string => clause.charAt(0).toUpperCase() + clause.slice(1);

function endedSentence({ airings }: Strip, { words, format }: Language): string {
  const all = airings.length;
  const aired = airings.filter(({ state }) => state === 'aired');
  const clauses = aired.length === all ? [words.airedAll(all)] : aired.length > 0 ? [words.airedSome(aired.length, all)] : [];
  for (const fate of ['missed', 'cut', 'overridden', 'stopped', 'unknown'] as const) {
    const byReason = Map.groupBy(
      airings.filter((airing) => fateOf(airing) === fate),
      ({ reason }) => reason,
    );
    for (const [reason, group] of byReason) {
      const { names, more } = named(group);
      const where = group.length === all ? words.all(all) : words.places(names, more);
      const why = reason === null || reason === 'stopped' ? '' : `: ${format.reasonText(reason)}`;
      clauses.push((all === 1 ? words.endedOne[fate] : words.ended[fate](where)) + why);
    }
  }
  const missing = [...new Set(aired.flatMap(({ missingLanguages }) => missingLanguages))];
  if (missing.length > 0) clauses.push(words.withoutLanguage(format.list(missing.map(format.languageName))));
  return clauses.map(capital).join('. ');
}

/** @returns the line of one player: what became of it, how late, or what it still lacks. */
export function playerSentence(airing: Airing, now: number, { words, format }: Language, states: Words['shell']['states']): string {
  const state = shownState(airing, now);
  const clauses: string[] = [fateOf(airing) === 'cut' ? words.endedOne.cut : states[state]];
  if (state === 'on-air' && airing.onAir) {
    clauses.push(`${format.formatDuration(elapsedOf(airing.onAir, now))}/${format.formatDuration(airing.onAir.totalMs)}`);
    if (airing.onAir.language && airing.onAir.language !== 'zxx') clauses.push(words.part(format.languageName(airing.onAir.language)));
  }
  if (state === 'planned') {
    const { held } = airing;
    clauses.push(
      held
        ? words.held(format.formatNumber(held.totalBytes === 0 ? 100 : Math.floor((held.heldBytes / held.totalBytes) * 100)))
        : words.heldUnknown,
    );
  }
  if (airing.reason !== null && airing.reason !== 'stopped') clauses.push(format.reasonText(airing.reason));
  if (airing.startedAt !== null) clauses.push(words.startedAt(format.formatTimeWithSeconds(airing.startedAt)));
  if (airing.latenessMs !== null) clauses.push(latenessText(airing.latenessMs, { words, format }));
  if (airing.missingLanguages.length > 0)
    clauses.push(words.withoutLanguage(format.list(airing.missingLanguages.map(format.languageName))));
  return clauses.join(' · ');
}

/** Below a second nobody hears it. */
export function latenessText(latenessMs: number, { words, format }: Language): string {
  if (latenessMs < 1000) return words.onTime;
  return words.late(latenessMs < 60_000 ? words.secondsLate(format.formatNumber(latenessMs / 1000, 1)) : format.formatSpan(latenessMs));
}
