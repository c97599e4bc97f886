/** Several emergencies at once, as the page sees them: which may sound, which waits, which is what somebody is about to order. */
import { newId } from '@tieng-loa/protocol/ids.ts';
import type { Airing, Broadcast } from '@tieng-loa/protocol/views.ts';
import { describe, expect, test } from 'vitest';
import { isRunning, isWaiting, mayRun, type Running, sameOrder } from '../../dashboard/emergency/standing.ts';
import { instantOf } from '../../dashboard/words/format.ts';
import { airing } from './airing.ts';

const NOW = instantOf('2026-11-24', '10:00');
const broadcast = (part: Partial<Broadcast> = {}): Broadcast => ({
  id: newId(),
  station: newId(),
  programme: 'flood',
  title: 'Lũ quét',
  class: 'emergency',
  when: { kind: 'now' },
  zones: ['a', 'b'],
  toleranceMs: 60_000,
  state: 'scheduled',
  next: [],
  durationMs: 60_000,
  languages: [],
  missingLanguages: [],
  by: { id: newId(), name: '' },
  createdAt: NOW - 60_000,
  ...part,
});
const running = (states: Airing['state'][], part: Partial<Broadcast> = {}): Running => {
  const of = broadcast(part);
  return { id: of.id, title: of.title, broadcast: of, airings: states.map((state) => airing({ state })) };
};

describe('an emergency', () => {
  test('may sound once it is ordered, and a planned one from its start until its tail is over', () => {
    const planned = (at: number) => broadcast({ when: { kind: 'once', at } });
    expect(mayRun(broadcast(), NOW)).toBe(true);
    expect(mayRun(planned(NOW - 60_000), NOW)).toBe(true);
    expect(mayRun(planned(NOW + 60_000), NOW)).toBe(false);
    expect(mayRun(planned(NOW - 600_000), NOW)).toBe(false);
    expect(mayRun(broadcast({ state: 'ended' }), NOW)).toBe(false);
    expect(mayRun(broadcast({ class: 'priority' }), NOW)).toBe(false);
  });
  test('runs while any player has it open, and in its first moments before any player is known', () => {
    expect(isRunning(running(['aired', 'on-air']), NOW)).toBe(true);
    expect(isRunning(running(['aired', 'stopped']), NOW)).toBe(false);
    expect(isRunning(running([], { createdAt: NOW - 1000 }), NOW)).toBe(true);
    expect(isRunning(running([]), NOW)).toBe(false);
  });
  test('waits where it sounds nowhere and nobody has called it off', () => {
    expect(isWaiting(running(['ready', 'planned']))).toBe(true);
    expect(isWaiting(running(['ready', 'on-air']))).toBe(false);
    expect(isWaiting(running(['planned', 'stopped']))).toBe(false);
  });
});

describe('a second press', () => {
  const order = running(['on-air', 'ready']);
  test('of the same item in the same places joins the order that runs, whichever way round they are named', () => {
    expect(sameOrder([order], ['flood'], ['b', 'a'])).toBe(order);
  });
  test('of another item, in other places, or after a stop is an order of its own', () => {
    expect(sameOrder([order], ['fire'], ['a', 'b'])).toBeNull();
    expect(sameOrder([order], ['flood'], ['a'])).toBeNull();
    expect(sameOrder([running(['on-air', 'stopped'])], ['flood'], ['a', 'b'])).toBeNull();
  });
});
