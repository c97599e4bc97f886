import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@tieng-loa/player/clock.ts';
import { localDisk } from '@tieng-loa/player/disk.ts';
import { enrol } from '@tieng-loa/player/enrol.ts';
import { secureConnect } from '@tieng-loa/player/link.ts';
import { channels, encode, topicOf } from '@tieng-loa/protocol/channels.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import type { MqttClient } from 'mqtt';
import { expect, test } from 'vitest';
import { openPlayerProcess } from '../support/player-process.ts';
import { openWorld } from '../support/world.ts';

const CLIENTS = 20;
const MESSAGES = 5_000;
/** A hub may show the door to whoever storms it: that is no news here. */
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

test('five thousand messages in a burst leave the hub alive, and a player beside them is served', async () => {
  await using opened = new AsyncDisposableStack();
  const world = await openWorld();
  opened.defer(() => world.close());
  const zone = await world.zone({ languages: ['vi'] });
  const { code } = await world.slot([zone], { name: 'beside' });
  const player = await openPlayerProcess({ hub: world.hub.url, code });
  opened.defer(() => player.close());
  await world.untilPlayer(
    () => `the player is here\n${player.said()}`,
    player.id,
    ({ state }) => state === 'here',
  );

  const clients: { client: MqttClient; player: string }[] = [];
  opened.defer(() => {
    for (const { client } of clients) client.end(true);
  });
  for (let index = 0; index < CLIENTS; index++) {
    const folder = await mkdtemp(join(tmpdir(), 'tl-burst-'));
    const slot = await world.slot([zone], { name: `burst ${index}` });
    const identity = await enrol({
      hub: world.hub.url,
      code: slot.code,
      folder,
      clock: systemClock,
      disk: localDisk({ durable: false }),
      tongue: 'en',
    });
    await rm(folder, { recursive: true });
    const client = secureConnect(identity, quiet)({ clientId: slot.player, clean: true, reconnectPeriod: 0 });
    client.on('error', () => {});
    await new Promise<void>((resolve) => client.once('connect', () => resolve()));
    clients.push({ client, player: slot.player });
  }

  const hub = world.hub.pid();
  for (let index = 0; index < MESSAGES; index++) {
    const { client, player: from } = clients[index % CLIENTS]!;
    const [name, bytes] =
      index % 3 === 0
        ? (['presence', encode('presence', { player: from, boot: newId(), online: true })] as const)
        : (['ask', encode('ask', { sha256: 'ab'.repeat(32), index: index % 100 })] as const);
    client.publish(topicOf(name, { player: from }), bytes, { qos: channels[name].qos }, () => {});
  }

  const bulletin = await world.bulletin([{ language: 'vi', hz: 600, durationMs: 5_000 }]);
  const programme = await world.programme([{ kind: 'bulletin', bulletin }]);
  const { id } = await world.broadcast(programme, [zone], { kind: 'once', at: Date.now() + 10_000 });
  await world.untilAirings('the player beside them airs', id, (airings) =>
    airings.some((airing) => airing.player.id === player.id && airing.state === 'aired'),
  );
  const ready = await fetch(`${world.hub.url}/readyz`);
  expect(ready.ok).toBe(true);
  expect(world.hub.pid()).toBe(hub);
  expect(world.hub.said()).not.toMatch(/"level":"error"/);
});
