import { expect, test } from 'vitest';
import { openLinkProxy } from '../support/link-proxy.ts';
import { openPlayerProcess } from '../support/player-process.ts';
import { openWorld } from '../support/world.ts';

const FROZEN = 3;
const HEALTHY = 2;
/** About 180 KB of Opus: eleven blocks for each player. */
const LONG_MS = 60_000;

test('three frozen players cost the healthy ones nothing', async () => {
  await using opened = new AsyncDisposableStack();
  const world = await openWorld();
  opened.defer(() => world.close());
  const zone = await world.zone({ languages: ['vi'] });
  const join = async (brokerPort?: number): Promise<string> => {
    const { code } = await world.slot([zone]);
    const player = await openPlayerProcess({ hub: world.hub.url, code, ...(brokerPort === undefined ? {} : { brokerPort }) });
    opened.defer(() => player.close());
    await world.untilPlayer(
      () => `the player is here\n${player.said()}`,
      player.id,
      ({ state }) => state === 'here',
    );
    return player.id;
  };
  const links = [];
  for (let index = 0; index < FROZEN; index++) {
    const link = await openLinkProxy({ port: world.hub.brokerPort });
    opened.defer(() => link.close());
    links.push(link);
    await join(link.port);
  }
  const healthy: string[] = [];
  for (let index = 0; index < HEALTHY; index++) healthy.push(await join());

  for (const link of links) link.freeze();
  const bulletin = await world.bulletin([{ language: 'vi', hz: 600, durationMs: LONG_MS }]);
  const programme = await world.programme([{ kind: 'bulletin', bulletin }]);
  const askedAt = Date.now();
  const at = Math.ceil((askedAt + 8_000) / 1000) * 1000;
  const { id } = await world.broadcast(programme, [zone], { kind: 'once', at });
  for (const player of healthy)
    await world.untilPlayer(
      'a healthy player holds it',
      player,
      ({ status }) => status?.lacksCount === 0 && status.holds.renderings === 1,
      6_000,
    );
  expect(Date.now() - askedAt).toBeLessThan(5_000);
  const airings = await world.untilAirings(
    'the healthy ones are on air',
    id,
    (found) => found.filter(({ state }) => state === 'on-air').length === HEALTHY,
  );
  for (const { player, onAir, state } of airings) {
    if (!healthy.includes(player.id)) expect(state).not.toBe('on-air');
    else expect(onAir!.at - onAir!.elapsedMs - at).toBeLessThan(1000);
  }

  // the thaw: they come back by themselves, and get what they lacked
  for (const link of links) link.thaw();
  await world.untilAirings(
    'all say what they do',
    id,
    (found) => found.every(({ state }) => state === 'on-air' || state === 'aired'),
    60_000,
  );
});
