/** The player's composition root: opens every room with its ports, joins them, and closes them in reverse. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { MINUTE } from '@tieng-loa/protocol/limits.ts';
import type { Chime, PlayerSettings } from '@tieng-loa/protocol/plan.ts';
import { signingKey, trustedKeys } from '@tieng-loa/protocol/seal.ts';
import type { Holding } from '@tieng-loa/timetable/playable.ts';
import { type Source, silencesFor, sourcesOfBoard, sourcesOfBody } from '@tieng-loa/timetable/sources.ts';
import type { Amplifier } from './amplifier.ts';
import { openCache } from './cache.ts';
import type { Clock } from './clock.ts';
import { type Disk, localDisk } from './disk.ts';
import { volumeOf } from './guard.ts';
import { startHerald, statusOf } from './health.ts';
import type { Identity } from './identity.ts';
import { openIntake } from './intake.ts';
import { openJournal } from './journal.ts';
import { JOURNAL_MS } from './limits.ts';
import { type Connect, openLink } from './link.ts';
import type { Logger } from './log.ts';
import { openOutbox } from './outbox.ts';
import { type Situation, startPlayout } from './playout.ts';
import { openShelf } from './shelf.ts';
import type { Speaker } from './speaker.ts';
import { openStore } from './store.ts';
import { openTimekeeper, systemdSynchronised } from './timekeeper.ts';
import { type Believer, judgeReceipt } from './trust.ts';
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
  // a player that is enrolled anew is another one: nothing of the old one's is taken for its own
  const home = join(folder, player);
  await mkdir(home, { recursive: true, mode: 0o700 });
  const boot = newId();
  const bornMono = clock.monotonic();
  const believer: Believer = {
    player,
    station,
    scheduleKeys: trustedKeys(identity.scheduleKey),
    urgentKeys: trustedKeys(identity.urgentKey),
  };
  const store = openStore(join(home, 'player.sqlite'), disk.durable);
  const shelf = await openShelf(home, believer, disk, log);
  const timekeeper = openTimekeeper({ clock, store, builtAt, synchronised });
  timekeeper.notEarlierThan(Math.max(shelf.plan()?.pointer.issuedAt ?? 0, shelf.board()?.issuedAt ?? 0));

  const outbox = openOutbox({ store, key: signingKey(identity.sealKey), clock, send: (envelope) => link.say('report', envelope), log });
  const journal = openJournal(store, outbox.post);
  journal.end(journal.unended());

  let freeBytes = await disk.freeBytes(home);
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
  const intake = openIntake({
    believer,
    shelf,
    cache,
    timekeeper,
    clock,
    replanned() {
      situation = situationOf();
      revoked = new Set(shelf.plan()?.pointer.revoked);
      playout.replanned();
      want();
      herald.changed();
    },
    changed() {
      if (!shelf.plan()) situation = situationOf();
      want();
      herald.changed();
    },
    log,
  });
  situation = situationOf();
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
  const link = openLink({
    identity,
    boot,
    clock,
    chance,
    ...(ports.connect ? { connect: ports.connect } : {}),
    listener: {
      heard: {
        pointer: intake.pointer,
        board: intake.board,
        block: cache.receive,
        receipt(envelope) {
          const verdict = judgeReceipt(envelope, believer);
          if ('take' in verdict) outbox.receive(verdict.take);
          else log.warn(verdict, 'a receipt was refused');
          herald.changed();
        },
      },
      up() {
        herald.now();
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
    },
    log,
  });
  const herald = startHerald(clock, () => {
    const plan = shelf.plan();
    const onAir = playout.onAir();
    const condition = {
      player,
      boot,
      software,
      at: clock.now(),
      plan,
      refusals: intake.refusals(),
      cache: cache.state(),
      freeBytes,
      onAir,
      volume: plan ? volumeOf(plan.pointer.settings) : 0,
      speaker: speaker.state,
      clock: timekeeper.trust(),
      unreported: outbox.count(),
      uptimeMs: clock.monotonic() - bornMono,
    };
    link.say('status', statusOf(condition));
  });

  /** The settings of a pointer whose body is on its way serve an emergency until there is a plan. */
  function situationOf(): Situation | null {
    const plan = shelf.plan();
    const settings: PlayerSettings | undefined = plan?.pointer.settings ?? intake.pending()?.pointer.settings;
    if (!settings) return null;
    let since = store.fact('since');
    if (since === null && plan) {
      since = plan.pointer.issuedAt;
      store.setFact('since', since);
    }
    const board = shelf.board();
    const sources: Source[] = board ? sourcesOfBoard(board, settings.zones) : [];
    if (plan) sources.push(...sourcesOfBody(plan.body, plan.pointer.hardExpiresAt));
    return {
      player,
      station,
      settings,
      sources,
      silences: board ? silencesFor(board, settings.zones) : [],
      since: since ?? clock.now(),
    };
  }
  function want(): void {
    const body = intake.pending()?.pointer.body ?? null;
    const place = situation ? { sources: situation.sources, languages: situation.settings.languages } : { sources: [], languages: [] };
    cache.want(wantsOf(place, body, clock.now()));
  }

  let cancelTurn = () => {};
  const turn = (): void => {
    cancelTurn = clock.after(MINUTE, turn);
    want();
    // by the hub's time, which is signed: a clock that ran ahead must not make the player forget what it aired
    journal.forget(Math.min(clock.now(), shelf.plan()?.pointer.issuedAt ?? 0) - JOURNAL_MS);
    disk.freeBytes(home).then(
      (bytes) => {
        freeBytes = bytes;
      },
      (error: unknown) => log.error({ error }, 'the disk does not answer'),
    );
  };
  turn();
  playout.nudge();
  return {
    async close() {
      cancelTurn();
      playout.close();
      herald.now();
      herald.close();
      await link.close();
      outbox.close();
      await intake.settled();
      await cache.close();
      timekeeper.close();
      store.close();
    },
  };
}
