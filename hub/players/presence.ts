/** Keeps the last word of each player: birth, last will and status, written together, and notices silence. */
import { sha256 } from '@tieng-loa/protocol/ids.ts';
import type { Presence, Status } from '@tieng-loa/protocol/status.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/database.ts';
import { batches } from './batches.ts';
import { CONNECTIONS, STATUS_WRITE_MS, STATUSES_PER_WRITE, SWEEP_MS } from './limits.ts';
import { type LastWord, stateOf } from './state.ts';
import type { Teller } from './tell.ts';

interface Dependencies {
  database: Database;
  tell: Teller;
  clock: Clock;
  log: Logger;
}
/** What is held of a player between two writes. */
interface Word extends LastWord {
  boot: string;
  /** JSON of a status that is not written yet */
  unwritten: string | null;
  /** hash of what people look at in its status */
  gist: string;
  /** whether pages must be told of what is not written yet */
  loud: boolean;
  /** the state that pages were told of last */
  told: string;
}

/** Opens the presence of players, knowing what the hub knew before it was restarted. */
export async function openPresence({ database, tell, clock, log }: Dependencies) {
  const words = await remembered(database, clock.now());
  const stations = new Map<string, string>();
  const writes = batches<string>({
    afterMs: STATUS_WRITE_MS,
    most: STATUSES_PER_WRITE,
    waiting: CONNECTIONS,
    clock,
    log,
    write: async (players) => {
      await learnStations(database, players, stations);
      // a client of the broker that is no player of ours leaves no word
      const known = players.filter((player) => stations.has(player));
      const loud = known.filter((player) => words.get(player)!.loud);
      await store(database, known, words);
      for (const player of loud) {
        words.get(player)!.loud = false;
        tell.tell('players', stations.get(player)!);
        tell.tell('airings', stations.get(player)!);
      }
    },
  });

  const change = (player: string, word: Word, loud: boolean): void => {
    const state = stateNow(word, clock.now());
    word.loud ||= loud || state !== word.told;
    word.told = state;
    writes.add(player, player);
  };
  const listenForSilence = (): void => {
    for (const [player, word] of words) if (stateNow(word, clock.now()) !== word.told) change(player, word, true);
    cancel = clock.after(SWEEP_MS, listenForSilence);
  };
  let cancel = clock.after(SWEEP_MS, listenForSilence);

  /** A sign of life at `seenAt`. */
  const hear = (player: string, boot: string, seenAt: number): Word => {
    const now = clock.now();
    const word = words.get(player) ?? { online: false, seenAt, since: now, boot, unwritten: null, gist: '', loud: true, told: '' };
    words.set(player, word);
    if (stateNow(word, now) !== 'here') word.since = now;
    word.online = true;
    word.boot = boot;
    word.seenAt = Math.max(word.seenAt, seenAt);
    return word;
  };

  return {
    /** A birth message or a last will. One that the broker remembered is as good: a will would have taken the place of the birth. */
    presence(player: string, { boot, online }: Presence): void {
      const now = clock.now();
      const word = online ? hear(player, boot, now) : words.get(player);
      if (!word) return;
      if (!online) {
        // the will of a session before the one that is here now
        if (!word.online || word.boot !== boot) return;
        word.online = false;
        word.since = now;
      }
      change(player, word, false);
    },

    /** A status. One that the broker remembered says how the player was, not that it is here now. */
    status(player: string, status: Status, retained: boolean): void {
      const known = words.get(player);
      if (retained && known && !known.online) return;
      const word = hear(player, status.boot, retained ? Math.min(status.at, clock.now()) : clock.now());
      const gist = gistOf(status);
      word.unwritten = JSON.stringify(status);
      change(player, word, gist !== word.gist);
      word.gist = gist;
    },

    async close(): Promise<void> {
      cancel();
      await writes.close();
    },
  };
}

const stateNow = (word: LastWord, now: number): string => stateOf({ certificate: '', revokedAt: null }, word, now).state;

/** What differs between two heartbeats although nothing has changed is left out. */
function gistOf(status: Status): string {
  const { at: _at, uptimeMs: _uptime, bytesPerSecond: _speed, ...rest } = status;
  const onAir = rest.onAir && { ...rest.onAir, elapsedMs: 0 };
  const { freeBytes: _free, ...holds } = rest.holds;
  return sha256(JSON.stringify({ ...rest, onAir, holds, clock: rest.clock.state }));
}

async function remembered(database: Database, now: number): Promise<Map<string, Word>> {
  const rows = await database.selectFrom('statuses').select(['player', 'online', 'boot', 'seenAt', 'since']).execute();
  return new Map(
    rows.map(({ player, online, boot, seenAt, since }) => {
      const word = { online: online === 1, seenAt, since };
      return [player, { ...word, boot, unwritten: null, gist: '', loud: false, told: stateNow(word, now) }];
    }),
  );
}

async function learnStations(database: Database, players: readonly string[], stations: Map<string, string>): Promise<void> {
  const unknown = players.filter((player) => !stations.has(player));
  if (unknown.length === 0) return;
  const rows = await database.selectFrom('players').select(['id', 'station']).where('id', 'in', unknown).execute();
  for (const { id, station } of rows) stations.set(id, station);
}

/** Writes the words of these players in one transaction; a status only where there is a new one. */
async function store(database: Database, players: readonly string[], words: ReadonlyMap<string, Word>): Promise<void> {
  const rows = players.map((player) => {
    const { online, boot, seenAt, since, unwritten } = words.get(player)!;
    return { player, online: online ? (1 as const) : (0 as const), boot, seenAt, since, status: unwritten };
  });
  const said = rows.filter(({ status }) => status !== null);
  const unsaid = rows.filter(({ status }) => status === null);
  await database.transaction().execute(async (transaction) => {
    for (const [some, columns] of [
      [said, ['online', 'boot', 'seenAt', 'since', 'status']],
      [unsaid, ['online', 'boot', 'seenAt', 'since']],
    ] as const) {
      if (some.length === 0) continue;
      await transaction
        .insertInto('statuses')
        .values(some)
        .onConflict((conflict) =>
          conflict
            .column('player')
            .doUpdateSet((row) => Object.fromEntries(columns.map((column) => [column, row.ref(`excluded.${column}`)]))),
        )
        .execute();
    }
  });
  for (const { player, status } of said) {
    const word = words.get(player)!;
    // a newer one may have come while this one was written
    if (word.unwritten === status) word.unwritten = null;
  }
}
