import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBallast } from '@tieng-loa/player/ballast.ts';
import { isFull, localDisk } from '@tieng-loa/player/disk.ts';
import { noLog } from '@tieng-loa/player/log.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { MINUTE, SECOND } from '@tieng-loa/protocol/limits.ts';
import type { Order, Silence } from '@tieng-loa/protocol/urgent.ts';
import { expect, onTestFinished, test } from 'vitest';
import { approvalOf, broadcastOf, bulletinOf, soundOf } from './support/bodies.ts';
import { storeAt } from './support/stores.ts';
import { playerWorld } from './support/world.ts';

const six = Date.parse('2026-11-24T06:00:00+07:00');

/** A disk that takes no file while `full`. */
function fillableDisk() {
  const local = localDisk();
  const disk = {
    ...local,
    full: false,
    replace: (...args: Parameters<typeof local.replace>): Promise<void> =>
      disk.full ? Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })) : local.replace(...args),
  };
  return disk;
}
const silence = (broadcast: string, at: number): Silence => ({
  id: newId(),
  broadcast,
  plannedAt: null,
  zones: null,
  issuedAt: at,
  expiresAt: at + 10 * MINUTE,
});

test('a stop acts although the disk is full, and is kept once there is room', async () => {
  const disk = fillableDisk();
  const world = await playerWorld(six - MINUTE, { disk });
  const { desk, clock } = world;
  const news = bulletinOf({ vi: soundOf(10 * MINUTE) });
  const long = broadcastOf([news], [six]);
  await world.planned([news], [long]);
  await clock.passTo(six + 30 * SECOND);
  expect(world.heard).toHaveLength(1);
  disk.full = true;
  await rm(join(world.folder, desk.identity.player, 'ballast'), { force: true });
  await desk.board({ silence: { counter: 1, orders: [silence(long.id, clock.now())] } });
  await world.until(() => desk.reports.length === 1);
  expect(desk.reports[0]).toMatchObject({ result: 'stopped', reason: 'stopped' });
  const board = join(world.folder, desk.identity.player, 'board.json');
  expect(existsSync(board)).toBe(false);
  disk.full = false;
  await world.until(() => existsSync(board));
});

test('an emergency that a full disk does not take is aired once there is room, with the orders after it', async () => {
  const disk = fillableDisk();
  const world = await playerWorld(six - MINUTE, { disk });
  const { desk, clock } = world;
  const template = bulletinOf({ vi: soundOf(20 * SECOND) });
  await world.planned([template], [broadcastOf([template], [], { class: 'emergency' })]);
  disk.full = true;
  await rm(join(world.folder, desk.identity.player, 'ballast'), { force: true });
  const order: Order = {
    id: newId(),
    broadcast: broadcastOf([template], [clock.now()], { class: 'emergency' }),
    renderings: template.parts.map(({ sound }) => sound.rendering),
    approvals: [approvalOf(template)],
    zones: null,
    issuedAt: clock.now(),
    expiresAt: clock.now() + 30 * MINUTE,
  };
  await desk.board({ emergency: { counter: 1, orders: [order] } });
  await clock.pass(5 * SECOND);
  expect(world.heard).toEqual([]);
  disk.full = false;
  await world.until(() => world.heard.length === 1);
});

test('the ballast is given up for what must be written down, and the first error is the one that is told', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tl-full-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const ballast = openBallast(folder, noLog);
  ballast.lay(Number.MAX_SAFE_INTEGER);
  expect(existsSync(join(folder, 'ballast'))).toBe(true);
  const store = storeAt(join(folder, 'player.sqlite'), ballast);
  onTestFinished(() => store.close());
  const { page_count } = store.database.prepare('PRAGMA page_count').get() as { page_count: number };
  const bounded = (more: number): void => store.database.exec(`PRAGMA max_page_count = ${page_count + more}`);
  bounded(0);
  const insert = store.database.prepare('INSERT INTO reports (id, report) VALUES (?, ?)');
  const fill = (): unknown => store.together(() => insert.run(newId(), 'x'.repeat(100_000)));
  let thrown: unknown;
  try {
    fill();
  } catch (error) {
    thrown = error;
  }
  expect(existsSync(join(folder, 'ballast'))).toBe(false);
  expect(isFull(thrown)).toBe(true);
  bounded(1000);
  fill();
  expect(store.database.prepare('SELECT count(*) AS count FROM reports').get()).toEqual({ count: 1 });
});
