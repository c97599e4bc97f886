import { expect, test } from 'vitest';
import { openFleet, untilHeld } from '../support/fleet.ts';
import { until, wait } from '../support/processes.ts';

const ROUTINE = 500;
const EMERGENCY = 1100;

test('an emergency takes the place of what sounds within a moment, airs the tongue it has, and says which is missing', async () => {
  const fleet = await openFleet(1, { languages: ['hmn', 'vi'] });
  try {
    const { world, zone, players } = fleet;
    const { ear } = players[0]!;
    const long = await world.bulletin([
      { language: 'vi', hz: ROUTINE, durationMs: 20_000 },
      { language: 'hmn', hz: ROUTINE, durationMs: 1000 },
    ]);
    const urgent = await world.bulletin([{ language: 'vi', hz: EMERGENCY, durationMs: 2000 }], { class: 'emergency' });
    const routine = await world.programme([{ kind: 'bulletin', bulletin: long }]);
    const alarm = await world.programme([
      { kind: 'chime', chime: 'attention' },
      { kind: 'bulletin', bulletin: urgent },
    ]);
    const at = Math.ceil((Date.now() + 5_000) / 1000) * 1000;
    const scheduled = await world.broadcast(routine, [zone], { kind: 'once', at });
    await untilHeld(fleet);
    await world.untilAirings('the routine programme is on air', scheduled.id, ([airing]) => airing?.state === 'on-air');
    await wait(2_500);

    const pressedAt = Date.now();
    const pressed = await world.broadcast(alarm, [zone], { kind: 'now' }, 'emergency');
    const [fired] = await world.untilAirings('the emergency is aired', pressed.id, ([airing]) => airing?.state === 'aired');
    const [cut] = await world.untilAirings('the routine one is reported', scheduled.id, ([airing]) => airing?.result !== null);

    const heard = await until('the horn has heard it', () => {
      const tones = ear.heard(pressedAt - 1_000, Date.now(), [ROUTINE, EMERGENCY]);
      return tones.some(({ tone }) => tone === EMERGENCY) ? tones : null;
    });
    const lastRoutine = heard.filter(({ tone }) => tone === ROUTINE).at(-1);
    expect(lastRoutine!.toAt - pressedAt).toBeLessThan(1000);
    const soundedMs = heard.filter(({ tone }) => tone === EMERGENCY).reduce((sum, { fromAt, toAt }) => sum + toAt - fromAt, 0);
    expect(soundedMs).toBeGreaterThan(1700);
    expect(cut).toMatchObject({ state: 'overridden', reason: 'outranked' });
    expect(cut!.parts.at(-1)!.whole).toBe(false);
    expect(fired).toMatchObject({ result: 'aired', missingLanguages: ['hmn'] });
    expect(fired!.parts.map(({ language }) => language)).toEqual(['vi']);
  } finally {
    await fleet.close();
  }
});

test('what sounds falls silent when a person stops it, and is not aired again', async () => {
  const fleet = await openFleet(1);
  try {
    const { world, zone, players } = fleet;
    const { ear } = players[0]!;
    const bulletin = await world.bulletin([{ language: 'vi', hz: ROUTINE, durationMs: 20_000 }], { class: 'emergency' });
    const programme = await world.programme([{ kind: 'bulletin', bulletin }]);
    await untilHeld(fleet);
    const { id } = await world.broadcast(programme, [zone], { kind: 'now' }, 'emergency');
    await world.untilAirings('it is on air', id, ([airing]) => airing?.state === 'on-air');
    await wait(500);
    const stoppedAt = Date.now();
    await world.owner.call('POST /api/broadcasts/:broadcast/stop', { params: { broadcast: id }, body: { plannedAt: null } });
    const [stopped] = await world.untilAirings('it is reported as stopped', id, ([airing]) => airing?.state === 'stopped');
    await wait(2_500);
    const last = ear.heard(stoppedAt, Date.now(), [ROUTINE]).at(-1);
    expect((last?.toAt ?? stoppedAt) - stoppedAt).toBeLessThan(1000);
    expect(stopped).toMatchObject({ result: 'stopped', reason: 'stopped' });
  } finally {
    await fleet.close();
  }
});
