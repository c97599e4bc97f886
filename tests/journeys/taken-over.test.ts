import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { type Pointer, pointerKind } from '@tieng-loa/protocol/plan.ts';
import { type Envelope, newSigningKey, seal } from '@tieng-loa/protocol/seal.ts';
import { boardKind } from '@tieng-loa/protocol/urgent.ts';
import { expect, test } from 'vitest';
import { openFalseBroker } from '../support/false-broker.ts';
import { openFleet, untilHeld } from '../support/fleet.ts';
import { until, wait } from '../support/processes.ts';

const TONE = 700;

test('a broker that was taken over can neither bring back an older plan nor forge one, and the held plan sounds', async () => {
  await using opened = new AsyncDisposableStack();
  const fleet = await openFleet(1, { languages: ['vi'] });
  opened.defer(() => fleet.close());
  const { world, zone, players } = fleet;
  const { process, ear } = players[0]!;
  const address = { player: process.id, station: world.station };
  const pointerNow = (): Envelope => {
    const database = new DatabaseSync(join(world.hub.data, 'hub.sqlite'), { readOnly: true });
    const row = database.prepare('select envelope from pointers where player = ?').get(process.id) as { envelope: string };
    database.close();
    return JSON.parse(row.envelope);
  };
  const said = (envelope: Envelope): Pointer => JSON.parse(Buffer.from(envelope.payload, 'base64').toString());

  const older = pointerNow();
  const bulletin = await world.bulletin([{ language: 'vi', hz: TONE, durationMs: 1500 }]);
  const programme = await world.programme([{ kind: 'bulletin', bulletin }]);
  const at = Math.ceil((Date.now() + 15_000) / 1000) * 1000;
  await world.broadcast(programme, [zone], { kind: 'once', at });
  await untilHeld(fleet);
  const newest = pointerNow();
  expect(said(newest).revision).toBeGreaterThan(said(older).revision);

  await world.hub.stop();
  const broker = await openFalseBroker({ data: world.hub.data, port: world.hub.brokerPort });
  opened.defer(() => broker.close());
  const takenOverAt = Date.now();
  await until('the player came to the false broker', () => broker.status(), { withinMs: 20_000 });
  await broker.say('pointer', address, older);
  const { key } = newSigningKey();
  // as the hub's own key would sign it, but for the signature
  const forged = seal(pointerKind, { ...said(newest), revision: said(newest).revision + 1 }, key);
  await broker.say('pointer', address, { ...forged, signatures: [{ ...forged.signatures[0]!, keyid: newest.signatures[0]!.keyid }] });
  const lane = { counter: 1_000_000, orders: [] };
  const silenced = { id: newId(), broadcast: newId(), plannedAt: null, zones: null, issuedAt: Date.now(), expiresAt: Date.now() + 60_000 };
  const board = {
    station: world.station,
    epoch: 0,
    issuedAt: Date.now(),
    lanes: { silence: { ...lane, orders: [silenced] }, emergency: lane, priority: lane },
  };
  await broker.say('board', address, seal(boardKind, board, key));

  const refused = await until('all three are refused', () => {
    const refusals = broker.status()?.refusals ?? [];
    return refusals.length >= 3 ? refusals : null;
  });
  expect(refused.map(({ document, refusal }) => `${document} ${refusal}`).toSorted()).toEqual([
    'board SIGNATURE',
    'pointer ROLLBACK',
    'pointer SIGNATURE',
  ]);
  expect(broker.status()!.plan!.revision).toBe(said(newest).revision);

  await wait(at + 2_500 - Date.now());
  const heard = ear.heard(takenOverAt, Date.now(), [TONE]).filter(({ tone }) => tone === TONE);
  expect(heard).toHaveLength(1);
  expect(Math.abs(heard[0]!.fromAt - at)).toBeLessThan(200);
});
