/** Places in a sentence: by name while they are few, as “all” or a number otherwise. */
import { useZones } from '../bulletins/languages.tsx';
import { useFormat, useWords } from '../words/index.tsx';

const NAMED = 4;

/** As a Vietnamese list of names goes: Ă after A, Đ after D. */
export const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name, 'vi');

/** @returns what says the places of these ids. */
export function usePlaces(): (ids: readonly string[]) => string {
  const words = useWords().schedule;
  const { list, formatNumber } = useFormat();
  const zones = useZones();
  return (ids) => {
    const heard = zones.filter(({ players }) => players > 0);
    if (heard.length > 1 && heard.every(({ id }) => ids.includes(id))) return words.allPlaces;
    if (ids.length > NAMED) return words.places(formatNumber(ids.length));
    return list(zones.filter(({ id }) => ids.includes(id)).map(({ name }) => name));
  };
}
