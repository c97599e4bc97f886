/** A world with players that truly sound: each its own process, its own mpv, its own sink of one horn. */
import type { Ear } from './ear.ts';
import { type Horn, openHorn } from './horn.ts';
import { openPlayerProcess, type PlayerOptions, type PlayerProcess } from './player-process.ts';
import { openWorld, type World } from './world.ts';

export interface Fleet {
  world: World;
  zone: string;
  horn: Horn;
  players: { process: PlayerProcess; ear: Ear }[];
  close(): Promise<void>;
}

/** Opens a hub and `count` players in one place, and waits until all are there. */
export async function openFleet(count: number, options: Partial<PlayerOptions> & { languages?: string[] } = {}): Promise<Fleet> {
  await using opened = new AsyncDisposableStack();
  const { languages = ['hmn', 'vi'], ...rest } = options;
  const world = await openWorld();
  opened.defer(() => world.close());
  const horn = await openHorn(count);
  opened.defer(() => horn.close());
  const zone = await world.zone({ languages });
  const players: Fleet['players'] = [];
  for (let index = 0; index < count; index++) {
    const { code } = await world.slot([zone], { name: `Loa ${index + 1}` });
    const process = await openPlayerProcess({ hub: world.hub.url, code, sound: horn.env(index), ...rest });
    opened.defer(() => process.close());
    players.push({ process, ear: horn.ear(index) });
  }
  for (const { process } of players)
    await world.untilPlayer(
      () => `player is here\n${process.said()}`,
      process.id,
      ({ state, status }) => state === 'here' && status?.speaker === 'ready',
    );
  const rooms = opened.move();
  return { world, zone, horn, players, close: () => rooms.disposeAsync() };
}

/** Waits until every player holds all that its newest plan needs. */
export async function untilHeld({ world, players }: Pick<Fleet, 'world' | 'players'>): Promise<void> {
  for (const { process } of players)
    await world.untilPlayer(
      'player holds its plan',
      process.id,
      ({ plan, status }) => plan?.followed === true && status?.lacksCount === 0 && status.holds.renderings > 0,
      30_000,
    );
}
