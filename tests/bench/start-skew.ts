/** How far apart players on one machine begin a scheduled airing: the spread of their first samples, and how late the first is. */
import { openFleet, untilHeld } from '../support/fleet.ts';
import { wait } from '../support/processes.ts';
import { percentile, type Result, rounded, tableOf } from './figures.ts';

const STARTS = 30;
const PLAYERS = 8;
const EVERY_MS = 4_000;
/** Time for the plan to reach everybody before the first start. */
const AHEAD_MS = 15_000;
const TONE = { language: 'vi', hz: 700, durationMs: 1000 };

export async function run(): Promise<Result> {
  const fleet = await openFleet(PLAYERS, { bundled: true, languages: [TONE.language] });
  try {
    const { world, zone, players } = fleet;
    const bulletin = await world.bulletin([TONE]);
    const programme = await world.programme([{ kind: 'bulletin', bulletin }]);
    const firstAt = Math.ceil((Date.now() + AHEAD_MS) / 1000) * 1000;
    const starts = Array.from({ length: STARTS }, (_, index) => firstAt + index * EVERY_MS);
    for (const at of starts) await world.broadcast(programme, [zone], { kind: 'once', at });
    await untilHeld(fleet);
    await wait(starts.at(-1)! + 3_000 - Date.now());

    const spreads: number[] = [];
    const latenesses: number[] = [];
    let unheard = 0;
    for (const at of starts) {
      const firsts = players
        .map(({ ear }) => ear.firstSound(at - 500))
        .filter((sound): sound is number => sound !== null && sound < at + 2_000);
      unheard += PLAYERS - firsts.length;
      spreads.push(Math.max(...firsts) - Math.min(...firsts));
      latenesses.push(...firsts.map((sound) => sound - at));
    }
    const figures = {
      spreadP50Ms: rounded(percentile(spreads, 0.5)),
      spreadP99Ms: rounded(percentile(spreads, 0.99)),
      latenessP50Ms: rounded(percentile(latenesses, 0.5)),
      latenessP99Ms: rounded(percentile(latenesses, 0.99)),
      unheard,
      trials: STARTS,
      players: PLAYERS,
      sink: 'PulseAudio null sinks, their monitors recorded',
    };
    const row = (name: string, values: readonly number[]): (string | number)[] => [
      name,
      values.length,
      ...[0.5, 0.9, 0.99].map((share) => rounded(percentile(values, share))),
    ];
    const table = tableOf(
      ['8 players, scheduled starts', 'samples', 'p50 ms', 'p90 ms', 'p99 ms'],
      [row('spread of the first samples', spreads), row('first sample after the planned instant', latenesses)],
    );
    return { table: unheard > 0 ? `${table}\nNot heard: ${unheard}` : table, figures };
  } finally {
    await fleet.close();
  }
}
