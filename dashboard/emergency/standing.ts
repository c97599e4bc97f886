/** How it stands with emergencies: which may sound now, and which already is what somebody is about to order. Pure. */
import type { Airing, Broadcast } from '@tieng-loa/protocol/views.ts';
import { startsIn } from '../schedule/calendar.ts';

/** What was ordered, with its airings as far as the hub has answered. */
export interface Running {
  id: string;
  title: string;
  broadcast: Broadcast | null;
  airings: readonly Airing[];
}

/** So long a fresh order may be without a single airing. */
const FRESH_MS = 30_000;

/** It sounds there or may still begin. */
export const isOpen = ({ state }: Airing): boolean => state === 'on-air' || state === 'planned' || state === 'ready';

/** @returns whether something of an emergency may sound at `now`: its airings are worth asking for. */
export function mayRun({ class: kind, state, when, durationMs, toleranceMs }: Broadcast, now: number): boolean {
  if (kind !== 'emergency' || state === 'ended' || state === 'cancelled') return false;
  return when.kind === 'now' || startsIn(when, now - durationMs - toleranceMs, now + 1).length > 0;
}

/** @returns whether it sounds, or is ordered and waits for its players. */
export const isRunning = ({ broadcast, airings }: Running, now: number): boolean =>
  airings.some(isOpen) || (airings.length === 0 && broadcast !== null && broadcast.createdAt > now - FRESH_MS);

/** @returns whether it is ordered and sounds nowhere yet; what was called off waits no more. */
export const isWaiting = ({ airings }: Running): boolean =>
  !airings.some(({ state }) => state === 'on-air' || state === 'stopped') && (airings.length === 0 || airings.some(isOpen));

/** @returns the order that already airs one of these programmes “now” in exactly these places, if nobody has called it off. */
export function sameOrder(running: readonly Running[], programmes: readonly string[], zones: readonly string[]): Running | null {
  const places = zones.toSorted().join();
  const same = ({ broadcast, airings }: Running) =>
    broadcast !== null &&
    broadcast.when.kind === 'now' &&
    programmes.includes(broadcast.programme) &&
    broadcast.zones.toSorted().join() === places &&
    !airings.some(({ state }) => state === 'stopped');
  return running.find(same) ?? null;
}
