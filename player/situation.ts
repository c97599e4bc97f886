/** What a player is to do: its plan and its station's board as one set of facts for the loop. */
import type { PlayerSettings } from '@tieng-loa/protocol/plan.ts';
import type { Silence } from '@tieng-loa/protocol/urgent.ts';
import { type Source, silencesFor, sourcesOfBoard, sourcesOfBody } from '@tieng-loa/timetable/sources.ts';
import type { Shelf } from './shelf.ts';
import type { Store } from './store.ts';
import type { HeldPointer } from './trust.ts';

export interface Situation {
  player: string;
  station: string;
  settings: PlayerSettings;
  /** orders of the board before broadcasts of the plan */
  sources: readonly Source[];
  silences: readonly Silence[];
  /** since when this player answers for what is planned */
  since: number;
}
export interface SituationParts {
  player: string;
  station: string;
  shelf: Pick<Shelf, 'plan' | 'board'>;
  /** a pointer whose body is on its way: its settings serve an emergency until there is a plan */
  pending: HeldPointer | null;
  store: Pick<Store, 'fact' | 'setFact'>;
  now: number;
}

/** @returns the situation; null before the first word of the hub: nothing sounds. */
export function situationOf({ player, station, shelf, pending, store, now }: SituationParts): Situation | null {
  const plan = shelf.plan();
  const board = shelf.board();
  const settings = plan?.pointer.settings ?? pending?.pointer.settings;
  if (!settings) return null;
  const sources = board ? sourcesOfBoard(board, settings.zones) : [];
  if (plan) sources.push(...sourcesOfBody(plan.body, plan.pointer.hardExpiresAt));
  // the hub's time, which is signed, says from when on airings are this player's
  if (plan && store.fact('since') === null) store.setFact('since', plan.pointer.issuedAt);
  return {
    player,
    station,
    settings,
    sources,
    silences: board ? silencesFor(board, settings.zones) : [],
    since: store.fact('since') ?? now,
  };
}
