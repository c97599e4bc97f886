import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noLog } from '@tieng-loa/player/log.ts';
import { openOutbox } from '@tieng-loa/player/outbox.ts';
import type { Store } from '@tieng-loa/player/store.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { MINUTE } from '@tieng-loa/protocol/limits.ts';
import { type Report, reportKind } from '@tieng-loa/protocol/report.ts';
import { type Envelope, newSigningKey, open, type SigningKey, seal, trustedKeys } from '@tieng-loa/protocol/seal.ts';
import { expect, onTestFinished, test } from 'vitest';
import { fakeClock } from './support/fake-clock.ts';
import { storeAt } from './support/stores.ts';

const now = Date.parse('2026-11-24T06:00:00+07:00');
const report = (): Report => ({
  id: newId(),
  player: newId(),
  station: newId(),
  broadcast: newId(),
  title: 'Bản tin',
  class: 'routine',
  plannedAt: now,
  repeat: 0,
  result: 'missed',
  reason: 'late',
  startedAt: null,
  endedAt: now,
  latenessMs: null,
  parts: [],
  missingLanguages: [],
  lackedBytes: 0,
  volume: 80,
  clock: { state: 'trusted', errorMs: 100 },
});

async function storePath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tl-outbox-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'player.sqlite');
}
/** An outbox before a hub that knows `key` only and gives receipts for what it can open, except for those it is deaf to. */
function outboxWith(store: Store, key: SigningKey, deafTo: ReadonlySet<string> = new Set()) {
  const clock = fakeClock(now);
  const taken: Report[] = [];
  const send = (envelope: Envelope): void => {
    const { document } = open(reportKind, envelope, trustedKeys(key.publicKey));
    if (deafTo.has(document.id)) return;
    taken.push(document);
    clock.after(10, () => outbox.receive({ player: document.player, accepted: [document.id], refused: [] }));
  };
  const outbox = openOutbox({ store, key, clock, send, log: noLog });
  return { outbox, clock, taken };
}

test('reports that were written before a new enrolment are sealed with the key of today', async () => {
  const store = storeAt(await storePath());
  onTestFinished(() => store.close());
  const old = [report(), report()];
  for (const one of old) outboxWith(store, newSigningKey().key).outbox.post(one);
  const { outbox, clock, taken } = outboxWith(store, newSigningKey().key);
  outbox.connected(true);
  await clock.pass(MINUTE);
  expect(taken).toEqual(old);
  expect(outbox.count()).toBe(0);
});

test('reports that an earlier player kept sealed are sent too', async () => {
  const path = await storePath();
  const one = report();
  const before = storeAt(path);
  before.database.exec('ALTER TABLE reports RENAME COLUMN report TO envelope');
  const sealed = JSON.stringify(seal(reportKind, one, newSigningKey().key));
  before.database.prepare('INSERT INTO reports (id, envelope) VALUES (?, ?)').run(one.id, sealed);
  before.close();
  const store = storeAt(path);
  onTestFinished(() => store.close());
  const { outbox, clock, taken } = outboxWith(store, newSigningKey().key);
  outbox.connected(true);
  await clock.pass(MINUTE);
  expect(taken).toEqual([one]);
});

test('reports without a receipt and damaged ones do not hold back the rest', async () => {
  const store = storeAt(await storePath());
  onTestFinished(() => store.close());
  const lost = Array.from({ length: 30 }, report);
  const good = Array.from({ length: 30 }, report);
  const { outbox, clock, taken } = outboxWith(store, newSigningKey().key, new Set(lost.map(({ id }) => id)));
  for (const one of [...lost, ...good]) outbox.post(one);
  store.database.prepare("UPDATE reports SET report = '{' WHERE id = ?").run(lost[0]!.id);
  outbox.connected(true);
  await clock.pass(5 * MINUTE);
  expect(new Set(taken.map(({ id }) => id))).toEqual(new Set(good.map(({ id }) => id)));
  expect(outbox.count()).toBe(30);
});
