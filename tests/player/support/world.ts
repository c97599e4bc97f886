/** A player before its desk: fake clock, silent speaker that says what it sounds, a folder that outlives the player. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Amplifier } from '@tieng-loa/player/amplifier.ts';
import { noLog } from '@tieng-loa/player/log.ts';
import { openPlayer, type Player, type Ports } from '@tieng-loa/player/player.ts';
import { silentSpeaker } from '@tieng-loa/player/silent.ts';
import type { PlannedBroadcast, Pointer } from '@tieng-loa/protocol/plan.ts';
import { expect, onTestFinished } from 'vitest';
import { type Bulletin, bodyOf } from './bodies.ts';
import { type Desk, openDesk } from './desk.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

export interface World {
  clock: FakeClock;
  desk: Desk;
  folder: string;
  /** what sounded when: the file's hash, or `silence` */
  heard: { what: string; at: number }[];
  /** when the amplifier was switched on and off */
  amplifier: { on: boolean; at: number }[];
  player: Player;
  /** starts the program again in the same folder */
  restart(): Promise<void>;
  /** starts it again as after a power cut: what was not on disk is gone */
  crash(): Promise<void>;
  /** changes one byte of a file in the cache, keeping its length */
  rot(sha256: string): Promise<void>;
  /** waits until it holds, with a little time passing: messages travel in real time, pauses in the clock's */
  until(holds: () => boolean): Promise<void>;
  /** gives the desk what a bulletin needs */
  give(...bulletins: Bulletin[]): void;
  /** lets the desk plan these broadcasts, and waits until the player holds all of it */
  planned(bulletins: Bulletin[], broadcasts: PlannedBroadcast[], change?: Partial<Pointer>): Promise<void>;
}

export async function playerWorld(start: number, ports: Partial<Ports> = {}): Promise<World> {
  const clock = fakeClock(start);
  const desk = await openDesk(clock.now);
  const folder = await mkdtemp(join(tmpdir(), 'tl-player-'));
  const heard: World['heard'] = [];
  const switched: World['amplifier'] = [];
  const amplifier: Amplifier = {
    present: true,
    on: () => void switched.push({ on: true, at: clock.now() }),
    off: () => void (switched.at(-1)?.on && switched.push({ on: false, at: clock.now() })),
    close: async () => {},
  };
  const start_ = (): Promise<Player> =>
    openPlayer(
      { folder: world.folder, identity: desk.identity, software: 'test', builtAt: 0, chimes: new Map([['attention', '/chime']]) },
      {
        clock,
        speaker: silentSpeaker(clock, (sound, at) =>
          heard.push({ what: sound.kind === 'silence' ? 'silence' : sound.path.slice(sound.path.lastIndexOf('/') + 1), at }),
        ),
        amplifier,
        connect: desk.connect,
        synchronised: () => true,
        log: noLog,
        ...ports,
      },
    );
  const folders = [folder];
  const world = {
    clock,
    desk,
    folder,
    heard,
    amplifier: switched,
    async restart() {
      await world.player.close();
      world.player = await start_();
    },
    async crash() {
      const after = await mkdtemp(join(tmpdir(), 'tl-player-'));
      folders.push(after);
      // what is on disk now is all that the next start finds; how this one ends is nobody's business
      await cp(world.folder, after, { recursive: true });
      await world.player.close();
      await clock.settle(20);
      desk.reports.length = 0;
      world.heard.length = 0;
      world.folder = after;
      world.player = await start_();
    },
    async rot(sha256) {
      const path = join(world.folder, desk.identity.player, 'cache', sha256);
      const bytes = await readFile(path);
      bytes[bytes.length >> 1]! ^= 1;
      await writeFile(path, bytes);
    },
    async until(holds) {
      for (let i = 0; i < 1000 && !holds(); i++) {
        await clock.settle(3);
        if (!holds()) await clock.pass(10);
      }
      expect(holds()).toBe(true);
    },
    give(...bulletins) {
      for (const { sound } of bulletins.flatMap(({ parts }) => parts)) desk.files.set(sound.rendering.sha256, sound.bytes);
    },
    async planned(bulletins, broadcasts, change) {
      world.give(...bulletins);
      const { revision } = await desk.plan(bodyOf(desk.identity.station, broadcasts, bulletins), change);
      await world.until(() => isReady(world, revision));
    },
  } as World;
  world.player = await start_();
  onTestFinished(async () => {
    await world.player.close();
    await desk.close();
    for (const one of folders) await rm(one, { recursive: true, force: true });
  });
  return world;
}

/** @returns whether the player follows this revision and lacks nothing. */
export const isReady = ({ desk }: World, revision: number): boolean => {
  const status = desk.statuses.at(-1);
  return status?.plan?.revision === revision && status.lacksCount === 0;
};
