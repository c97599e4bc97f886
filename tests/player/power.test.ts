import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '@tieng-loa/player/journal.ts';
import { noLog } from '@tieng-loa/player/log.ts';
import { MINUTE, SECOND } from '@tieng-loa/protocol/limits.ts';
import { expect, test } from 'vitest';
import { broadcastOf, bulletinOf, soundOf } from './support/bodies.ts';
import { storeAt } from './support/stores.ts';
import { playerWorld } from './support/world.ts';

const six = Date.parse('2026-11-24T06:00:00+07:00');

test('an airing that a power cut ended is reported as cut with the parts that were heard, once, and never sounds again', async () => {
  const world = await playerWorld(six - MINUTE);
  const { desk, clock } = world;
  const bulletin = bulletinOf({ hmn: soundOf(20 * SECOND), vi: soundOf(60 * SECOND) });
  await world.planned([bulletin], [broadcastOf([bulletin], [six])]);
  await clock.passTo(six + 30 * SECOND);
  await world.crash();
  await clock.pass(4 * MINUTE);
  await world.until(() => desk.reports.length === 1);
  expect(desk.reports[0]).toMatchObject({ result: 'cut', reason: 'cut-short', startedAt: six, plannedAt: six });
  expect(desk.reports[0]!.parts.map(({ language, whole }) => `${language} ${whole}`)).toEqual(['hmn true', 'vi false']);
  await world.restart();
  await clock.pass(4 * MINUTE);
  expect(world.heard).toEqual([]);
  expect(desk.reports).toHaveLength(1);
});

test('a power cut before the first sample leaves the airing to be aired', async () => {
  const world = await playerWorld(six - MINUTE);
  const bulletin = bulletinOf({ vi: soundOf(10 * SECOND) });
  await world.planned([bulletin], [broadcastOf([bulletin], [six])]);
  await world.clock.passTo(six - SECOND);
  await world.crash();
  await world.clock.pass(MINUTE);
  await world.until(() => world.desk.reports.length === 1);
  expect(world.desk.reports[0]).toMatchObject({ result: 'aired' });
});

test('a report waits on the disk until the hub has it, through restarts', async () => {
  const world = await playerWorld(six - MINUTE);
  const { desk, clock } = world;
  const bulletin = bulletinOf({ vi: soundOf(10 * SECOND) });
  desk.answers.receipts = false;
  await world.planned([bulletin], [broadcastOf([bulletin], [six])]);
  await clock.pass(2 * MINUTE);
  await world.until(() => desk.reports.length === 1);
  expect(desk.statuses.at(-1)!.unreported).toBe(1);
  desk.reports.length = 0;
  await world.crash();
  await world.until(() => desk.reports.length === 1);
  desk.answers.receipts = true;
  // nobody asks for it: it comes again by itself
  await clock.pass(5 * MINUTE);
  await world.until(() => desk.statuses.at(-1)!.unreported === 0);
});

/** Begins airings one after another and says each that is on disk, until it is killed. */
const BEGINS = `
const { openStore } = await import(process.argv[1] + '/player/store.ts');
const { openJournal } = await import(process.argv[1] + '/player/journal.ts');
const log = { info() {}, warn() {}, error() {} };
const store = openStore({ path: process.argv[2], durable: true, ballast: { withRoom: (act) => act() }, log });
const journal = openJournal(store, () => {}, log);
for (let i = 0; ; i++) {
  const id = String(i).padStart(20, '0');
  journal.begin({ id, plannedAt: i });
  process.stdout.write(id + '\\n');
}`;

test('what the journal said was begun is there after kill -9', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tl-journal-'));
  try {
    for (let trial = 0; trial < 5; trial++) {
      const path = join(folder, `${trial}.sqlite`);
      const root = join(import.meta.dirname, '../..');
      const child = spawn(process.execPath, ['--input-type=module', '-e', BEGINS, root, path], { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      child.stdout.on('data', (bytes: Buffer) => {
        said += bytes;
        if (said.length > 21 * (20 + trial * 7)) child.kill('SIGKILL');
      });
      await once(child, 'close');
      const store = storeAt(path);
      const journal = openJournal(store, () => {}, noLog);
      const begun = said.split('\n').filter((line) => line.length === 20);
      expect(begun.length).toBeGreaterThan(10);
      expect(begun.filter((id) => !journal.settled(id))).toEqual([]);
      store.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('two players never run in one folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tl-journal-'));
  const store = storeAt(join(folder, 'player.sqlite'));
  expect(() => storeAt(join(folder, 'player.sqlite'))).toThrow(/locked/);
  store.close();
  await rm(folder, { recursive: true, force: true });
});
