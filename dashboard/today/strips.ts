/** What stands on the line of time: airings gathered into strips, one a programme and hour, each with one state. Pure. */
import type { Airing, AiringState } from '@tieng-loa/protocol/views.ts';

export interface Strip {
  key: string;
  broadcast: string;
  title: string;
  class: Airing['class'];
  plannedAt: number;
  durationMs: number;
  languages: readonly string[];
  state: AiringState;
  airings: readonly Airing[];
}
/** Airings of one place within a strip. */
export interface ZoneGroup {
  id: string;
  name: string;
  airings: readonly Airing[];
}

/** A player tells what it does within seconds; before this has passed, silence is no news. */
const SETTLING_MS = 60_000;
/** Which state stands for a strip whose players differ: what a person must know first. */
const loudest: readonly AiringState[] = ['on-air', 'missed', 'unknown', 'stopped', 'overridden', 'planned', 'ready', 'aired'];

/** @returns the state to show: a due airing that nobody had time to report yet is still planned. */
export const shownState = (airing: Pick<Airing, 'state' | 'plannedAt'>, now: number): AiringState =>
  airing.state === 'unknown' && now - airing.plannedAt < SETTLING_MS ? 'planned' : airing.state;

/** @returns the mark of an airing: on its way to ready once some of it has arrived. */
export function markOf(airing: Pick<Airing, 'state' | 'plannedAt' | 'held'>, now: number): AiringState | 'filling' {
  const state = shownState(airing, now);
  return state === 'planned' && airing.held !== null && airing.held.heldBytes > 0 ? 'filling' : state;
}

/** @returns the mark of a strip: on its way to ready once somebody is. */
export const stripMark = (strip: Pick<Strip, 'state' | 'airings'>): AiringState | 'filling' =>
  strip.state === 'planned' && strip.airings.some(({ state }) => state === 'ready') ? 'filling' : strip.state;

const union = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())];

/** @returns the strips in the order of time. */
export function stripsOf(airings: readonly Airing[], now: number): Strip[] {
  const groups = Map.groupBy(airings, ({ broadcast, plannedAt }) => `${broadcast}.${plannedAt}`);
  return [...groups]
    .map(([key, group]) => stripOf(key, group, now))
    .toSorted((a, b) => a.plannedAt - b.plannedAt || a.title.localeCompare(b.title, 'vi'));
}

function stripOf(key: string, group: readonly Airing[], now: number): Strip {
  const first = group[0]!;
  const states = new Set(group.map((airing) => shownState(airing, now)));
  return {
    key,
    broadcast: first.broadcast,
    title: first.title,
    class: first.class,
    plannedAt: first.plannedAt,
    durationMs: Math.max(...group.map(({ durationMs }) => durationMs)),
    languages: union(group.map(({ languages }) => languages)),
    state: loudest.find((state) => states.has(state)) ?? 'planned',
    airings: group,
  };
}

/** @returns the places of a strip by name; in each, what needs a look comes first. */
export function zonesOf(airings: readonly Airing[]): ZoneGroup[] {
  const groups = Map.groupBy(airings, ({ zone }) => zone.id);
  return [...groups]
    .map(([id, group]) => ({
      id,
      name: group[0]!.zone.name,
      airings: group.toSorted(
        (a, b) =>
          loudest.indexOf(a.state) - loudest.indexOf(b.state) || a.player.name.localeCompare(b.player.name, 'vi', { numeric: true }),
      ),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'vi', { numeric: true }));
}

/** @returns how far into the airing a player is now, reckoned on from its last word. */
export function elapsedOf(onAir: NonNullable<Airing['onAir']>, now: number): number {
  return Math.min(onAir.totalMs, Math.max(0, onAir.elapsedMs + (now - onAir.at)));
}

/** Whether the strip is over, sounding now, or to come: where it stands on the line. */
export function timeOf(strip: Strip, now: number): 'past' | 'now' | 'future' {
  if (strip.airings.some(({ state }) => state === 'on-air')) return 'now';
  return strip.plannedAt <= now ? 'past' : 'future';
}

/** @returns whether it will still sound somewhere: what was withdrawn or missed beforehand is not announced. */
export const isToCome = ({ airings }: Pick<Strip, 'airings'>): boolean =>
  airings.some(({ state }) => state === 'planned' || state === 'ready');
