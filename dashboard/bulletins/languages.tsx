/** Languages of the station: those that its places hear come first. */

import { NativeSelect } from '@mantine/core';
import type { Zone } from '@tieng-loa/protocol/views.ts';
import { useAnswer } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { LANGUAGES } from '../words/format.ts';
import { useFormat, useWords } from '../words/index.tsx';

/** Sound without words: a song, a signature tune. */
export const NO_LANGUAGE = 'zxx';
const NO_ZONES: readonly Zone[] = [];

export function useZones(): readonly Zone[] {
  const station = useStation();
  return useAnswer('GET /api/stations/:station/zones', { params: { station: station.id } }).data ?? NO_ZONES;
}

/** @returns what the places hear, the most heard first. */
export function heardLanguages(zones: readonly Zone[]): string[] {
  const heard = new Map<string, number>();
  for (const zone of zones) for (const language of zone.languages) heard.set(language, (heard.get(language) ?? 0) + 1);
  return [...heard].sort(([, a], [, b]) => b - a).map(([language]) => language);
}

/** @returns the languages that some place hears and that are not among `spoken`; nothing is missing from sound without words. */
export function missingLanguages(zones: readonly Zone[], spoken: readonly string[]): string[] {
  if (spoken.includes(NO_LANGUAGE)) return [];
  return heardLanguages(zones).filter((language) => !spoken.includes(language));
}

interface LanguageChoiceProps {
  label: string;
  value: string;
  onChange(language: string): void;
  /** languages left out */
  without?: readonly string[];
  /** what stands where none is chosen yet */
  placeholder?: string;
}

export function LanguageChoice({ label, value, onChange, without = [], placeholder }: LanguageChoiceProps) {
  const words = useWords().recordings;
  const { languageName } = useFormat();
  const zones = useZones();
  const all = [...new Set([...heardLanguages(zones), ...LANGUAGES, ...(value && value !== NO_LANGUAGE ? [value] : [])])];
  const data = [
    ...(placeholder === undefined ? [] : [{ value: '', label: placeholder }]),
    ...all.filter((tag) => !without.includes(tag)).map((tag) => ({ value: tag, label: languageName(tag) })),
    ...(without.includes(NO_LANGUAGE) ? [] : [{ value: NO_LANGUAGE, label: words.noLanguage }]),
  ];
  return <NativeSelect label={label} size="md" data={data} value={value} onChange={(event) => onChange(event.currentTarget.value)} />;
}
