import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dated, openTimekeeper } from '@tieng-loa/player/timekeeper.ts';
import { DAY, MINUTE } from '@tieng-loa/protocol/limits.ts';
import { expect, onTestFinished, test } from 'vitest';
import { fakeClock } from './support/fake-clock.ts';
import { storeAt } from './support/stores.ts';

const six = Date.parse('2026-11-24T06:00:00+07:00');
const in2099 = Date.parse('2099-01-01T00:00:00Z');

/** A timekeeper that can be started again over the same store, with the shelf's documents. */
async function timekeeping() {
  const folder = await mkdtemp(join(tmpdir(), 'tl-time-'));
  const store = storeAt(join(folder, 'player.sqlite'));
  onTestFinished(async () => {
    store.close();
    await rm(folder, { recursive: true, force: true });
  });
  const clock = fakeClock(six);
  const synchronised = { yes: true };
  const start = (issuedAt: Record<Dated, number> = { pointer: 0, board: 0 }) =>
    openTimekeeper({ clock, store, builtAt: six - DAY, synchronised: () => synchronised.yes, issuedAt });
  return { clock, synchronised, start };
}

test.for([six + 25 * MINUTE, in2099])(
  'a hub that is wrong for a moment does not take the time from a synchronised player (%i)',
  async (at) => {
    const { start, synchronised } = await timekeeping();
    const keeper = start();
    expect(keeper.notEarlierThan('pointer', at)).toBe(false);
    expect(keeper.trust().state).toBe('trusted');
    keeper.keepDocuments();
    keeper.close();
    synchronised.yes = false;
    expect(start({ pointer: at, board: 0 }).trust().state).toBe('estimated');
  },
);

test('nor from one that nobody vouches for, once the hub says better or the system is synchronised', async () => {
  const { start, synchronised } = await timekeeping();
  synchronised.yes = false;
  const keeper = start();
  expect(keeper.notEarlierThan('pointer', in2099)).toBe(false);
  expect(keeper.trust().state).toBe('unset');
  keeper.notEarlierThan('pointer', six);
  expect(keeper.trust().state).toBe('estimated');
  keeper.notEarlierThan('board', in2099);
  expect(keeper.trust().state).toBe('unset');
  synchronised.yes = true;
  expect(keeper.trust().state).toBe('trusted');
  synchronised.yes = false;
  expect(keeper.trust().state).toBe('estimated');
});

test('and never for longer than a day, starts again or not', async () => {
  const { start, synchronised, clock } = await timekeeping();
  synchronised.yes = false;
  const keeper = start();
  keeper.notEarlierThan('pointer', in2099);
  keeper.keepDocuments();
  keeper.close();
  await clock.pass(12 * 60 * MINUTE);
  const next = start({ pointer: in2099, board: 0 });
  expect(next.trust().state).toBe('unset');
  await clock.pass(12 * 60 * MINUTE);
  expect(next.trust().state).toBe('estimated');
});

test('a clock that is behind the hub’s documents is not believed, after a restart too', async () => {
  const { start, synchronised } = await timekeeping();
  synchronised.yes = false;
  const keeper = start();
  expect(keeper.notEarlierThan('pointer', six + 10 * MINUTE)).toBe(true);
  expect(keeper.trust().state).toBe('unset');
  keeper.keepDocuments();
  keeper.close();
  expect(start({ pointer: six + 10 * MINUTE, board: 0 }).trust().state).toBe('unset');
});
