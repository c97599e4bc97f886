import { expect, test } from 'vitest';
import { openHorn } from '../support/horn.ts';
import { openPlayerProcess } from '../support/player-process.ts';
import { wait } from '../support/processes.ts';
import { openWorld } from '../support/world.ts';

const VI = 500;
const HMN = 900;

test('a scheduled bulletin sounds on time, in each place in its own order of languages, and the ledger says so', async () => {
  await using opened = new AsyncDisposableStack();
  const world = await openWorld();
  opened.defer(() => world.close());
  const horn = await openHorn(2);
  opened.defer(() => horn.close());
  const zones = [await world.zone({ languages: ['hmn', 'vi'] }), await world.zone({ name: 'Bản Nậm Chẩn', languages: ['vi', 'hmn'] })];
  for (const [index, zone] of zones.entries()) {
    const { code } = await world.slot([zone]);
    const player = await openPlayerProcess({ hub: world.hub.url, code, sound: horn.env(index) });
    opened.defer(() => player.close());
    await world.untilPlayer('the player is here', player.id, ({ state }) => state === 'here');
  }
  const bulletin = await world.bulletin([
    { language: 'vi', hz: VI, durationMs: 1500 },
    { language: 'hmn', hz: HMN, durationMs: 1500 },
  ]);
  const programme = await world.programme([{ kind: 'bulletin', bulletin }]);
  const at = Math.ceil((Date.now() + 6_000) / 1000) * 1000;
  const broadcast = await world.broadcast(programme, zones, { kind: 'once', at });
  await world.untilAirings(
    'both are ready',
    broadcast.id,
    (airings) => airings.length === 2 && airings.every(({ state }) => state === 'ready'),
    10_000,
  );
  const aired = await world.untilAirings('both are aired', broadcast.id, (airings) => airings.every(({ state }) => state === 'aired'));

  await wait(300);
  for (const [index, order] of [
    [HMN, VI],
    [VI, HMN],
  ].entries()) {
    const heard = horn.ear(index).heard(at - 1000, at + 10_000, [VI, HMN]);
    // a stretch over the edge of a tone is neither
    const tones = heard.filter(({ tone, fromAt, toAt }) => tone !== 'other' && toAt - fromAt > 500);
    expect(tones.map(({ tone }) => tone)).toEqual(order);
    for (const { fromAt, toAt } of tones) expect(toAt - fromAt).toBeGreaterThan(1300);
    const first = horn.ear(index).firstSound(at - 1000)!;
    expect(first - at).toBeGreaterThan(-50);
    expect(first - at).toBeLessThan(150);
    // nothing sounded before its time
    expect(horn.ear(index).firstSound(at - 5000)).toBe(first);
  }
  for (const airing of aired) {
    expect(airing.result).toBe('aired');
    expect(Math.abs(airing.latenessMs!)).toBeLessThan(150);
    expect(airing.parts.map(({ whole }) => whole)).toEqual([true, true]);
  }
  expect(aired.map(({ parts }) => parts.map(({ language }) => language).join())).toEqual(expect.arrayContaining(['hmn,vi', 'vi,hmn']));
});
