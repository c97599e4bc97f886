/** The player's composition root: opens every room with its ports, joins them, and closes them in reverse. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '@tieng-loa/protocol/ids.ts';
import type { Chime } from '@tieng-loa/protocol/plan.ts';
import { signingKey, trustedKeys } from '@tieng-loa/protocol/seal.ts';
import type { Holding } from '@tieng-loa/timetable/playable.ts';
import type { Amplifier } from './amplifier.ts';
import { diskWithBallast, openBallast } from './ballast.ts';
import { type Cache, openCache } from './cache.ts';
import type { Clock } from './clock.ts';
import { type Disk, localDisk } from './disk.ts';
import { volumeOf } from './guard.ts';
import { startHerald, statusOf } from './health.ts';
import type { Identity } from './identity.ts';
import { type Intake, openIntake } from './intake.ts';
import { openJournal } from './journal.ts';
import { type Connect, type LinkListener, openLink } from './link.ts';
import type { Logger } from './log.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { type Playout, startPlayout } from './playout.ts';
import { openShelf, type Shelf } from './shelf.ts';
import { type Situation, situationOf } from './situation.ts';
import type { Speaker } from './speaker.ts';
import { openStore } from './store.ts';
import { openTimekeeper, systemdSynchronised, type Timekeeper } from './timekeeper.ts';
import { type Believer, judgeReceipt } from './trust.ts';
import { startUpkeep } from './upkeep.ts';
import { wantsOf } from './wants.ts';

export interface PlayerConfig {
  /** where plan, audio, journal and reports lie */
  folder: string;
  identity: Identity;
  software: string;
  /** no clock is right that says less */
  builtAt: number;
  /** the built-in sounds whose hash is right */
  chimes: ReadonlyMap<Chime, string>;
}
/** What is real on a Pi and a stand-in in a fleet. The caller opened speaker and amplifier and closes them. */
export interface Ports {
  clock: Clock;
  speaker: Speaker;
  amplifier: Amplifier;
  log: Logger;
  disk?: Disk;
  connect?: Connect;
  chance?: () => number;
  synchronised?: () => boolean;
}
export interface Player {
  /** ends what sounds, says farewell, and puts everything down */
  close(): Promise<void>;
}

/** Opens a player: it follows the plan on its shelf at once, and its hub as soon as there is a link. */
export async function openPlayer({ folder, identity, software, builtAt, chimes }: PlayerConfig, ports: Ports): Promise<Player> {
  const { clock, speaker, amplifier, log, disk = localDisk(), chance = Math.random, synchronised = systemdSynchronised } = ports;
  const { player, station } = identity;
  const boot = newId();
  const bornMono = clock.monotonic();
  const kept = await openKept({ folder, identity, builtAt, clock, disk, synchronised, log });
  const { home, ballast, believer, store, shelf, timekeeper } = kept;
  const freeBytes = await disk.freeBytes(home);
  // from here on nothing is waited for until all rooms are open: each may call on another at once
  const outbox = openOutbox({ store, key: signingKey(identity.sealKey), clock, send: (envelope) => link.say('report', envelope), log });
  const journal = openJournal(store, outbox.post, log);
  journal.end(journal.unended());

  let situation: Situation | null = null;
  let revoked = new Set(shelf.plan()?.pointer.revoked);
  const holding = (sha256: string): Holding => (revoked.has(sha256) ? 'revoked' : cache.holding(sha256));
  const cache = openCache({
    folder: join(home, 'cache'),
    disk,
    clock,
    ask: (sha256, index) => link.say('ask', { sha256, index }),
    changed(sha256) {
      intake.arrived(sha256);
      want();
      playout.nudge();
      herald.changed();
    },
    refused: (kind) => intake.refuse(kind, 'AUDIO'),
    log,
  });
  ballast.spare(cache.dropUnneeded);
  const situationNow = () => situationOf({ player, station, shelf, pending: intake.pending(), store, now: clock.now() });
  const intake = openIntake({
    believer,
    shelf,
    cache,
    timekeeper,
    clock,
    replanned() {
      situation = situationNow();
      revoked = new Set(shelf.plan()?.pointer.revoked);
      playout.replanned();
      want();
      herald.changed();
    },
    changed() {
      if (!shelf.plan()) situation = situationNow();
      want();
      herald.changed();
    },
    log,
  });
  situation = situationNow();
  const playout = startPlayout({
    clock,
    timekeeper,
    speaker,
    amplifier,
    journal,
    situation: () => situation,
    holding,
    verify: cache.verify,
    audio: { rendering: cache.pathOf, chime: (chime) => chimes.get(chime) ?? null },
    changed() {
      outbox.flush();
      herald.changed();
    },
    log,
  });
  const upkeep = startUpkeep({ clock, disk, ballast, folder: home, journal, shelf, want, freeBytes, log });
  const link = openLink({
    identity,
    boot,
    clock,
    chance,
    ...(ports.connect ? { connect: ports.connect } : {}),
    listener: listenerFor({ intake, cache, outbox, believer, log, born: () => herald.now(), changed: () => herald.changed() }),
    log,
  });
  const herald = startHerald(clock, () => {
    const status = statusOf({
      ...conditionOf({ shelf, intake, cache, playout, speaker, timekeeper, outbox }),
      player,
      boot,
      software,
      at: clock.now(),
      freeBytes: upkeep.freeBytes(),
      uptimeMs: clock.monotonic() - bornMono,
    });
    link.say('status', status);
  });
  function want(): void {
    const body = intake.pending()?.pointer.body ?? null;
    const place = situation ? { sources: situation.sources, languages: situation.settings.languages } : { sources: [], languages: [] };
    cache.want(wantsOf(place, body, clock.now()));
  }

  playout.nudge();
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    upkeep.close();
    playout.close();
    herald.now();
    herald.close();
    await link.close();
    outbox.close();
    await intake.settled();
    await cache.close();
    timekeeper.close();
    store.close();
  };
  return { close: () => (closing ??= close()) };
}

interface KeptParts extends Pick<PlayerConfig, 'folder' | 'identity' | 'builtAt'> {
  clock: Clock;
  disk: Disk;
  synchronised: () => boolean;
  log: Logger;
}
/** Opens what lies on the disk: whom the player believes, what it follows, what it wrote down, since when time runs. */
async function openKept({ folder, identity, builtAt, clock, disk, synchronised, log }: KeptParts) {
  const { player, station } = identity;
  // a player that is enrolled anew is another one: nothing of the old one's is taken for its own
  const home = join(folder, player);
  await mkdir(home, { recursive: true, mode: 0o700 });
  const scheduleKeys = trustedKeys(identity.scheduleKey);
  const believer: Believer = { player, station, scheduleKeys, urgentKeys: trustedKeys(identity.urgentKey) };
  const ballast = openBallast(home, log);
  const store = openStore({ path: join(home, 'player.sqlite'), durable: disk.durable, ballast, log });
  const shelf = await openShelf(home, believer, diskWithBallast(disk, ballast), log);
  const issuedAt = { pointer: shelf.plan()?.pointer.issuedAt ?? 0, board: shelf.board()?.issuedAt ?? 0 };
  const timekeeper = openTimekeeper({ clock, store, builtAt, synchronised, issuedAt });
  return { home, ballast, believer, store, shelf, timekeeper };
}

interface ListenerParts {
  intake: Intake;
  cache: Cache;
  outbox: Outbox;
  believer: Believer;
  log: Logger;
  /** says the status that belongs to the birth */
  born: () => void;
  changed: () => void;
}
/** What each message of the hub sets off. */
const listenerFor = ({ intake, cache, outbox, believer, log, born, changed }: ListenerParts): LinkListener => ({
  heard: {
    pointer: intake.pointer,
    board: intake.board,
    block: cache.receive,
    receipt(envelope) {
      const verdict = judgeReceipt(envelope, believer);
      if ('take' in verdict) outbox.receive(verdict.take);
      else log.warn(verdict, 'a receipt was refused');
      changed();
    },
  },
  up() {
    born();
    cache.connected(true);
    outbox.connected(true);
  },
  down() {
    cache.connected(false);
    outbox.connected(false);
  },
  unreadable(channel) {
    if (channel === 'pointer' || channel === 'board') intake.refuse(channel, 'FORM');
  },
});

interface ConditionParts {
  shelf: Shelf;
  intake: Intake;
  cache: Cache;
  playout: Playout;
  speaker: Speaker;
  timekeeper: Timekeeper;
  outbox: Outbox;
}
/** How the rooms are, for the status. */
function conditionOf({ shelf, intake, cache, playout, speaker, timekeeper, outbox }: ConditionParts) {
  const plan = shelf.plan();
  return {
    plan,
    refusals: intake.refusals(),
    cache: cache.state(),
    onAir: playout.onAir(),
    volume: plan ? volumeOf(plan.pointer.settings) : 0,
    speaker: playout.soundFails() ? ('failed' as const) : speaker.state,
    clock: timekeeper.trust(),
    unreported: outbox.count(),
  };
}
