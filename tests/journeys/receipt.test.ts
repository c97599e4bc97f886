import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openLinkProxy } from '../support/link-proxy.ts';
import { openPlayerProcess } from '../support/player-process.ts';
import { until } from '../support/processes.ts';
import { openWorld } from '../support/world.ts';

test('a hub killed after it stored a report and before the receipt arrived gets it again, and has it once', async () => {
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
  const bulletin = await world.bulletin([{ language: 'vi', hz: 600, durationMs: 1000 }]);
  const programme = await world.programme([{ kind: 'bulletin', bulletin }]);
  const { id } = await world.broadcast(programme, [zone], { kind: 'once', at: Math.ceil((Date.now() + 4_000) / 1000) * 1000 });
  await world.untilAirings('it is on air', id, ([airing]) => airing?.state === 'on-air');

  link.freeze('down'); // the report goes up, no receipt comes down
  const stored = (): { reportedAt: number; envelope: string }[] => {
    const database = new DatabaseSync(join(world.hub.data, 'hub.sqlite'), { readOnly: true });
    try {
      const rows = database
        .prepare('select reported_at as reportedAt, envelope from airings where broadcast = ? and result is not null')
        .all(id);
      return rows.map((row) => ({ ...row })) as { reportedAt: number; envelope: string }[];
    } finally {
      database.close();
    }
  };
  const before = await until('the report is stored', () => (stored().length > 0 ? stored() : null), { everyMs: 1, withinMs: 15_000 });
  await world.hub.kill();
  link.cut();
  link.thaw();
  await world.hub.start();

  await world.untilPlayer(
    'the player may forget it',
    player.id,
    ({ state, status }) => state === 'here' && status?.unreported === 0,
    60_000,
  );
  expect(stored()).toEqual(before);
  const airings = await world.airings(id);
  expect(airings.map(({ result }) => result)).toEqual(['aired']);
});
