/** Memory held (RSS) by the hub, by the player as it is bundled for a Pi, and by its mpv: idle, and on air through forty files. */
import { readFileSync } from 'node:fs';
import { openFleet, untilHeld } from '../support/fleet.ts';
import { childrenOf, wait } from '../support/processes.ts';
import { percentile, type Result, rounded, tableOf } from './figures.ts';

const FILES = 40;
const LOOK_MS = 500;
const TONE_MS = 700;

interface Footprint {
  hub: number;
  agent: number;
  mpv: number;
}

/** @returns what the kernel says a process holds, in MB. */
function rssMb(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) / 1024;
}

/** @returns the mpv that a player started. */
function mpvOf(player: number): number {
  const found = childrenOf(player).find((pid) => /^Name:\s+mpv/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')));
  if (found === undefined) throw new Error('the player runs no mpv');
  return found;
}

export async function run(): Promise<Result> {
  const fleet = await openFleet(1, { bundled: true, languages: ['vi'] });
  try {
    const { world, zone, players } = fleet;
    const player = players[0]!.process;
    const look = (): Footprint => ({ hub: rssMb(world.hub.pid()), agent: rssMb(player.pid()), mpv: rssMb(mpvOf(player.pid())) });
    const bulletins: string[] = [];
    for (let index = 0; index < 4; index++)
      bulletins.push(await world.bulletin([{ language: 'vi', hz: 400 + 100 * index, durationMs: TONE_MS }]));
    const items = Array.from({ length: FILES }, (_, index) => ({ kind: 'bulletin' as const, bulletin: bulletins[index % 4]! }));
    const programme = await world.programme(items);
    const at = Math.ceil((Date.now() + 12_000) / 1000) * 1000;
    const { id, durationMs } = await world.broadcast(programme, [zone], { kind: 'once', at });
    await untilHeld(fleet);
    await wait(3_000);
    const idle = look();
    await wait(at - Date.now());
    const onAir: Footprint[] = [];
    while (Date.now() < at + durationMs) {
      onAir.push(look());
      await wait(LOOK_MS);
    }
    await world.untilAirings('it is aired', id, (airings) => airings[0]?.state === 'aired');
    const after = look();
    const worst = (key: keyof Footprint): number => Math.max(...onAir.map((one) => one[key]), after[key]);
    const figures = {
      hubRssMb: rounded(worst('hub')),
      agentRssMb: rounded(worst('agent')),
      mpvRssMb: rounded(worst('mpv')),
      hubIdleRssMb: rounded(idle.hub),
      agentIdleRssMb: rounded(idle.agent),
      mpvIdleRssMb: rounded(idle.mpv),
      files: FILES,
      trials: onAir.length,
      sink: 'PulseAudio null sink',
    };
    const row = (name: string, key: keyof Footprint): (string | number)[] => [
      name,
      rounded(idle[key]),
      rounded(
        percentile(
          onAir.map((one) => one[key]),
          0.5,
        ),
      ),
      rounded(worst(key)),
    ];
    const heads = ['RSS in MB', 'idle', 'on air (median)', `highest, through ${FILES} files`];
    return { table: tableOf(heads, [row('hub', 'hub'), row('player (bundled)', 'agent'), row('its mpv', 'mpv')]), figures };
  } finally {
    await fleet.close();
  }
}
