/** A small commune in a real database, SQLite or PostgreSQL, for what is written, scheduled and kept in the ledger. */
import { newId } from '@tieng-loa/protocol/ids.ts';
import type { Status } from '@tieng-loa/protocol/status.ts';
import type { Change } from '@tieng-loa/protocol/views.ts';
import { beforeEach } from 'vitest';
import { approveBulletin, submitBulletin, writeBulletin } from '../../../hub/bulletins/commands.ts';
import { changeStream } from '../../../hub/changes.ts';
import type { Clock } from '../../../hub/clock.ts';
import { writeProgramme } from '../../../hub/programmes/commands.ts';
import type { Database } from '../../../hub/store/database.ts';
import type { Tables } from '../../../hub/store/tables.ts';
import { local } from '../schedule/commune.ts';
import { onEachStore } from '../stores.ts';

/** Runs the same tests on both databases. `town()` is a new station for each test. */
export function onBothDatabases(name: string, tests: (town: () => Town) => void): void {
  onEachStore(name, (store) => {
    let town: Town;
    beforeEach(async () => {
      town = await settle(store());
    });
    tests(() => town);
  });
}

export interface Town {
  database: Database;
  /** set it to move time */
  time: { now: number };
  room: { database: Database; clock: Clock; changes: ReturnType<typeof changeStream> };
  told: Change[];
  station: string;
  /** `village` has one player, `market` none yet */
  village: string;
  market: string;
  player: string;
  editor: { id: string; name: string };
  contributor: { id: string; name: string };
  /** adds a recording that is ready to air */
  record(language: string, change?: Partial<Tables['recordings']> & { durationMs?: number }): Promise<string>;
  addPlayer(zones: string[], change?: Partial<Tables['players']>): Promise<string>;
  addZone(name: string, change?: Partial<Tables['zones']>): Promise<string>;
  /** a bulletin in Vietnamese and Hmong unless other languages are named, approved unless told otherwise */
  bulletin(change?: {
    class?: 'routine' | 'priority' | 'emergency';
    languages?: string[];
    approved?: boolean;
    validUntil?: number;
  }): Promise<string>;
  programme(...bulletins: string[]): Promise<string>;
  /** what the player said last */
  say(player: string, status: Partial<Status>): Promise<void>;
}

const ZONE = { kind: 'village', languages: '["hmn","vi"]', quietHours: '{"from":"21:00","to":"05:30"}' } as const;

async function settle(database: Database): Promise<Town> {
  const time = { now: local('2026-11-24 12:00') };
  const changes = changeStream();
  const told: Change[] = [];
  changes.listen((change) => told.push(change));
  const clock: Clock = { now: () => time.now, monotonic: () => time.now, after: () => () => {} };
  const room = { database, clock, changes };
  const station = newId();
  await database.insertInto('stations').values({ id: station, name: 'Quảng Lâm', timeZone: 'Asia/Ho_Chi_Minh', createdAt: 0 }).execute();
  const [editor, contributor] = [await addPerson(database, 'Lò Thị Hoa'), await addPerson(database, 'Trung úy Nam')];
  const addZone: Town['addZone'] = async (name, change = {}) => {
    const zone = { id: newId(), station, name, ...ZONE, ...change };
    await database.insertInto('zones').values(zone).execute();
    return zone.id;
  };
  const [village, market] = [await addZone('Bản Huổi Lụ'), await addZone('Chợ')];
  const record: Town['record'] = (language, change = {}) => addRecording(database, { station, language, ...change }, contributor.id);
  const addPlayer: Town['addPlayer'] = async (zones, change = {}) => {
    const id = newId();
    await database
      .insertInto('players')
      .values({ ...PLAYER, id, station, certificate: id, ...change })
      .execute();
    if (zones.length > 0)
      await database
        .insertInto('playerZones')
        .values(zones.map((zone, position) => ({ player: id, zone, position })))
        .execute();
    return id;
  };
  const writing = { database, time, room, told, station, village, market, editor, contributor, record, addPlayer, addZone };
  return { ...writing, player: await addPlayer([village]), ...makers(writing), say: sayer(writing) };
}

async function addPerson(database: Database, name: string): Promise<{ id: string; name: string }> {
  const id = newId();
  const rest = {
    login: null,
    organisation: '',
    passwordHash: null,
    disabled: 0,
    lastSeenAt: null,
    createdAt: 0,
  } as const;
  await database
    .insertInto('people')
    .values({ id, name, ...rest })
    .execute();
  return { id, name };
}

const PLAYER = {
  name: 'Cụm loa',
  kind: 'cluster',
  volume: 70,
  loudestVolume: 90,
  amplifierLeadMs: 1500,
  certificateUntil: null,
  sealKey: null,
  codeHash: null,
  codeExpiresAt: null,
  codeTries: 0,
  revokedAt: null,
  createdAt: 0,
} as const;

async function addRecording(
  database: Database,
  change: Partial<Tables['recordings']> & { station: string; language: string; durationMs?: number },
  by: string,
): Promise<string> {
  const { durationMs = 60_000, ...rest } = change;
  const id = newId();
  const sha256 = Buffer.from(id).toString('hex').padEnd(64, '0');
  const file = { name: id, fileName: `${rest.language}.m4a`, uploadSha256: sha256, uploadBytes: 1, problem: null, loudness: null };
  const row = { id, state: 'ready', rendering: sha256, createdBy: by, createdAt: 0, removedAt: null, ...file, ...rest } as const;
  await database.insertInto('recordings').values(row).execute();
  await database
    .insertInto('renderings')
    .values({ sha256, sizeBytes: durationMs * 3, durationMs, peaks: '[]', createdAt: 0 })
    .execute();
  return id;
}

function makers(town: Pick<Town, 'room' | 'station' | 'editor' | 'record'>): Pick<Town, 'bulletin' | 'programme'> {
  const { room, station, editor } = town;
  const changer = { id: editor.id, composes: true };
  return {
    async bulletin({ class: kind = 'priority', languages = ['vi', 'hmn'], approved = true, validUntil } = {}) {
      const id = newId();
      const parts = await Promise.all(
        languages.map(async (language) => ({ language, text: '', recordings: [await town.record(language)] })),
      );
      const written = {
        title: 'Lừa đảo qua điện thoại',
        subject: 'scam',
        class: kind,
        validUntil: validUntil ?? null,
        parts,
        revision: 0,
      } as const;
      await writeBulletin(room, { station, id, changer, written });
      if (!approved) return id;
      await submitBulletin(room, id, changer);
      await approveBulletin(room, id, editor, 1);
      return id;
    },
    async programme(...bulletins) {
      const id = newId();
      const items = bulletins.map((bulletin) => ({ kind: 'bulletin' as const, bulletin }));
      const written = { title: 'Bản tin sáng', items: [{ kind: 'chime' as const, chime: 'signature' as const }, ...items], revision: 0 };
      await writeProgramme(room, { station, id, by: editor.id, written });
      return id;
    },
  };
}

const sayer =
  ({ database, time }: Pick<Town, 'database' | 'time'>): Town['say'] =>
  async (player, status) => {
    const whole: Status = {
      player,
      boot: newId(),
      at: time.now,
      software: '0',
      takes: [],
      plan: null,
      refusals: [],
      holds: { renderings: 0, sizeBytes: 0, freeBytes: 1 },
      lacks: [],
      lacksCount: 0,
      bytesPerSecond: null,
      onAir: null,
      volume: 70,
      speaker: 'ready',
      clock: { state: 'trusted', errorMs: 10 },
      unreported: 0,
      uptimeMs: 1,
      ...status,
    };
    await database.deleteFrom('statuses').where('player', '=', player).execute();
    const row = { player, online: 1, boot: whole.boot, status: JSON.stringify(whole), seenAt: time.now, since: time.now } as const;
    await database.insertInto('statuses').values(row).execute();
  };
