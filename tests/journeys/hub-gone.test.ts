import { expect, test } from 'vitest';
import { openFleet, untilHeld } from '../support/fleet.ts';
import { wait } from '../support/processes.ts';

const TONE = 700;

test('with the hub gone at air time, and the player restarted meanwhile, it sounds on time and is reported later', async () => {
  const fleet = await openFleet(1);
  try {
    const { world, zone, players } = fleet;
    const { process, ear } = players[0]!;
    const bulletin = await world.bulletin([
      { language: 'vi', hz: TONE, durationMs: 1500 },
      { language: 'hmn', hz: TONE, durationMs: 1500 },
    ]);
    const programme = await world.programme([{ kind: 'bulletin', bulletin }]);
    const at = Math.ceil((Date.now() + 12_000) / 1000) * 1000;
    const { id } = await world.broadcast(programme, [zone], { kind: 'once', at });
    await untilHeld(fleet);
    await world.hub.kill();
    await process.kill();
    process.start();

    await wait(at + 4_000 - Date.now());
    const [first] = ear.heard(at - 1000, Date.now(), [TONE]).filter(({ tone }) => tone === TONE);
    expect(Math.abs(first!.fromAt - at)).toBeLessThan(200);

    await world.hub.start();
    const [airing] = await world.untilAirings('the report arrives', id, ([found]) => found?.result === 'aired', 45_000);
    expect(airing!.latenessMs).toBeLessThan(200);
    expect(airing!.parts.map(({ language }) => language)).toEqual(['hmn', 'vi']);
    await world.untilPlayer('nothing is left to report', process.id, ({ status }) => status?.unreported === 0);
  } finally {
    await fleet.close();
  }
});
