/** From the press of "now" at the API to the first sample out of mpv on three players, beside mpv started bare. */
import { join } from 'node:path';
import { openFleet, untilHeld } from '../support/fleet.ts';
import { until, wait } from '../support/processes.ts';
import { bareStarts } from './bare-mpv.ts';
import { percentile, type Result, rounded, tableOf } from './figures.ts';

const TRIALS = 30;
const PLAYERS = 3;
const TONE = { language: 'vi', hz: 700, durationMs: 1200 };

export async function run(): Promise<Result> {
  const fleet = await openFleet(PLAYERS, { bundled: true, languages: [TONE.language] });
  try {
    const { world, zone, players, horn } = fleet;
    const bulletin = await world.bulletin([TONE], { class: 'emergency' });
    const programme = await world.programme([{ kind: 'bulletin', bulletin }]);
    await untilHeld(fleet);
    const samples: number[] = [];
    for (let trial = 0; trial < TRIALS; trial++) {
      const pressedAt = performance.timeOrigin + performance.now();
      const { id } = await world.broadcast(programme, [zone], { kind: 'now' }, 'emergency');
      for (const { ear } of players) {
        const soundedAt = await until('the press is heard', () => ear.firstSound(pressedAt), { everyMs: 5 });
        samples.push(soundedAt - pressedAt);
      }
      await world.untilAirings(
        'it is aired',
        id,
        (airings) => airings.length === PLAYERS && airings.every(({ state }) => state === 'aired'),
      );
      await wait(300);
    }
    const rendering = (
      await world.owner.call('GET /api/stations/:station/recordings', { params: { station: world.station }, query: {} })
    )[0]!;
    const bare = await bareStarts(horn, 0, join(world.hub.data, 'renderings', `${rendering.rendering}.opus`), TRIALS);
    const figures = {
      firstSoundP50Ms: rounded(percentile(samples, 0.5)),
      firstSoundP99Ms: rounded(percentile(samples, 0.99)),
      bareMpvP50Ms: rounded(percentile(bare, 0.5)),
      trials: TRIALS,
      players: PLAYERS,
      sink: 'PulseAudio null sink, its monitor recorded',
    };
    const row = (name: string, values: readonly number[]): (string | number)[] => [
      name,
      values.length,
      ...[0.5, 0.9, 0.99].map((share) => rounded(percentile(values, share))),
    ];
    const table = tableOf(
      ['from … to the first sample', 'samples', 'p50 ms', 'p90 ms', 'p99 ms'],
      [row('press of “now” at the API', samples), row('bare mpv, loaded and paused: unpause', bare)],
    );
    return { table, figures };
  } finally {
    await fleet.close();
  }
}
