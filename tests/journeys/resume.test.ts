import { expect, test } from 'vitest';
import { openLinkProxy } from '../support/link-proxy.ts';
import { openPlayerProcess } from '../support/player-process.ts';
import { until } from '../support/processes.ts';
import { openWorld } from '../support/world.ts';

/** About 360 KB of Opus. */
const LONG_MS = 120_000;
/** A poor link: it would take nine seconds. */
const BYTES_PER_SECOND = 40_000;

test('a player killed in the middle of a download goes on where it was', async () => {
  await using opened = new AsyncDisposableStack();
  const world = await openWorld();
  opened.defer(() => world.close());
  const link = await openLinkProxy({ port: world.hub.brokerPort });
  opened.defer(() => link.close());
  const zone = await world.zone({ languages: ['vi'] });
  const { code } = await world.slot([zone]);
  const player = await openPlayerProcess({ hub: world.hub.url, code, brokerPort: link.port });
  opened.defer(() => player.close());
  await world.untilPlayer('the player is here', player.id, ({ state }) => state === 'here');
  const bulletin = await world.bulletin([{ language: 'vi', hz: 600, durationMs: LONG_MS }]);
  const programme = await world.programme([{ kind: 'bulletin', bulletin }]);
  link.weather({ bytesPerSecond: BYTES_PER_SECOND });
  const before = link.passed().down;
  await world.broadcast(programme, [zone], { kind: 'once', at: Date.now() + 600_000 });

  const [recording] = await world.owner.call('GET /api/stations/:station/recordings', { params: { station: world.station }, query: {} });
  const sizeBytes = recording!.sizeBytes!;
  await until('it is halfway', () => link.passed().down - before > sizeBytes / 2, { withinMs: 30_000 });
  await player.kill();
  player.start();
  await world.untilPlayer('it holds it', player.id, ({ status }) => status?.lacksCount === 0 && status.holds.renderings === 1, 40_000);
  // from the beginning it would have been half as much again
  expect(link.passed().down - before).toBeLessThan(sizeBytes * 1.3);
});
