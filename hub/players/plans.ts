/** Tells the players of a station their plans: composes, seals, stores and publishes what differs from what they were told. */
import { sha256 } from '@tieng-loa/protocol/ids.ts';
import { type Pointer, pointerKind } from '@tieng-loa/protocol/plan.ts';
import { type Envelope, type SigningKey, seal } from '@tieng-loa/protocol/seal.ts';
import type { Clock } from '../clock.ts';
import type { PlayerFacts, StationFacts } from '../schedule/facts.ts';
import { bodiesFor, horizonAt } from '../schedule/plan-for.ts';
import type { Database } from '../store/database.ts';
import { BODIES_KEPT_MS, POINTERS_PER_COMMIT } from './limits.ts';
import type { Link } from './link.ts';
import {
  factsOf,
  type LastPointer,
  type NamedBody,
  named,
  type OwnSettings,
  pointerFor,
  revokedIn,
  type Says,
  settingsFor,
} from './pointer-for.ts';
import type { Reach } from './reach.ts';

export interface PlansDependencies {
  database: Database;
  link: Pick<Link, 'send' | 'forget' | 'isUp'>;
  reach: Reach;
  scheduleKey: SigningKey;
  clock: Clock;
}
/** A pointer that differs from what the player was told, with what it points to. */
interface Fresh {
  pointer: Pointer;
  facts: string;
  envelope: Envelope;
  body: NamedBody;
  zones: readonly string[];
}
export type Plans = ReturnType<typeof plansOfPlayers>;

/** @returns the telling of plans. */
export function plansOfPlayers({ database, link, reach, scheduleKey, clock }: PlansDependencies) {
  const sealed = (pointer: Pointer): Envelope => seal(pointerKind, pointer, scheduleKey);

  const tellSome = async (station: string, some: readonly Fresh[]): Promise<void> => {
    await store(database, station, some, clock.now());
    for (const { pointer, body } of some) {
      reach.shelve(body.sha256, body.renderings);
      reach.point(pointer.player, station, body.sha256);
    }
    await Promise.all(some.map(({ pointer, envelope }) => link.send('pointer', { player: pointer.player }, envelope)));
  };

  return {
    /**
     * Tells each player of the station its plan where that differs from the last one.
     * @param mayGoOn is asked between portions, so that what is urgent gets its turn; false leaves the rest to the next round.
     */
    async tell(facts: StationFacts, mayGoOn: () => Promise<boolean>): Promise<void> {
      const now = clock.now();
      const station = facts.station.id;
      const bodies = composed(facts, now);
      const revoked = revokedIn(facts, bodies.values());
      const settings = await ownSettings(database, station);
      const last = await lastPointers(database, station);
      const changed = facts.players.flatMap((player) => {
        const own = settings.get(player.id);
        const body = bodies.get(zoneSet(player))!;
        if (!own) return [];
        const says: Says = {
          ...{ station, player: player.id, epoch: 0, settings: settingsFor(facts, player, own), revoked },
          body: { sha256: body.sha256, sizeBytes: body.sizeBytes },
        };
        const pointer = pointerFor(says, last.get(player.id) ?? null, now);
        return pointer ? [{ pointer, facts: factsOf(says), body, zones: player.zones }] : [];
      });
      for (let at = 0; at < changed.length; at += POINTERS_PER_COMMIT) {
        if (at > 0 && !(await mayGoOn())) return;
        const some = changed.slice(at, at + POINTERS_PER_COMMIT).map((one) => ({ ...one, envelope: sealed(one.pointer) }));
        await tellSome(station, some);
      }
      await forgetGone(facts, last.keys());
    },

    /** Publishes every pointer again as it was sealed. */
    async republish(mayGoOn: () => Promise<boolean>): Promise<void> {
      for (let after = ''; await mayGoOn(); ) {
        const rows = await database
          .selectFrom('pointers')
          .select(['player', 'envelope'])
          .where('player', '>', after)
          .orderBy('player')
          .limit(POINTERS_PER_COMMIT)
          .execute();
        if (rows.length === 0) return;
        await Promise.all(rows.map(({ player, envelope }) => link.send('pointer', { player }, JSON.parse(envelope))));
        after = rows.at(-1)!.player;
      }
    },

    /** Learns what the players were told before the hub was restarted, so that they may go on pulling it. */
    async remember(): Promise<void> {
      const bodies = await database.selectFrom('bodies').select(['sha256', 'content']).execute();
      for (const { sha256: name, content } of bodies)
        reach.shelve(
          name,
          (JSON.parse(content) as { renderings: { sha256: string }[] }).renderings.map((rendering) => rendering.sha256),
        );
      const pointers = await database
        .selectFrom('pointers')
        .innerJoin('players', 'players.id', 'pointers.player')
        .select(['pointers.player', 'pointers.body', 'players.station'])
        .execute();
      for (const { player, station, body } of pointers) reach.point(player, station, body);
    },
  };

  /** Players that were told a plan and have no right to one any more: nothing of them stays, here or on the broker. */
  async function forgetGone(facts: StationFacts, told: Iterable<string>): Promise<void> {
    const present = new Set(facts.players.map(({ id }) => id));
    for (const player of told) {
      if (present.has(player)) continue;
      reach.forget(player);
      // while the broker is away it keeps what it has: the next round tries again
      if (!link.isUp()) continue;
      await link.forget(player);
      await database.deleteFrom('pointers').where('player', '=', player).execute();
    }
  }
}

/** Players of the same zones share one body. */
const zoneSet = ({ zones }: Pick<PlayerFacts, 'zones'>): string => zones.toSorted().join(' ');

function composed(facts: StationFacts, now: number): Map<string, NamedBody> {
  const sets = new Map(facts.players.map((player) => [zoneSet(player), player.zones.toSorted()]));
  const bodies = bodiesFor(facts, [...sets.values()], horizonAt(now, facts.station.timeZone));
  return new Map([...sets.keys()].map((name, at) => [name, named(bodies[at]!)]));
}

async function ownSettings(database: Database, station: string): Promise<Map<string, OwnSettings>> {
  const rows = await database
    .selectFrom('players')
    .select(['id', 'volume', 'loudestVolume', 'amplifierLeadMs'])
    .where('station', '=', station)
    .execute();
  return new Map(rows.map(({ id, ...own }) => [id, own]));
}

async function lastPointers(database: Database, station: string): Promise<Map<string, LastPointer>> {
  const rows = await database
    .selectFrom('pointers')
    .innerJoin('players', 'players.id', 'pointers.player')
    .select(['pointers.player', 'pointers.revision', 'pointers.sha256', 'pointers.facts', 'pointers.issuedAt'])
    .where('players.station', '=', station)
    .execute();
  return new Map(rows.map(({ player, ...last }) => [player, last]));
}

/** Stores bodies and pointers in one transaction, before any player hears of them. */
async function store(database: Database, station: string, some: readonly Fresh[], now: number): Promise<void> {
  const bodies = new Map(some.map((one) => [one.body.sha256, one]));
  await database.transaction().execute(async (transaction) => {
    for (const { body, zones } of bodies.values()) {
      await transaction
        .insertInto('bodies')
        .values({ sha256: body.sha256, station, zones: JSON.stringify(zones), content: body.content, createdAt: now })
        // named anew: not to be removed as one that nobody names
        .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ createdAt: now }))
        .execute();
    }
    const rows = some.map(({ pointer, facts, envelope, body }) => ({
      player: pointer.player,
      revision: pointer.revision,
      sha256: sha256(Buffer.from(envelope.payload, 'base64')),
      facts,
      envelope: JSON.stringify(envelope),
      body: body.sha256,
      issuedAt: pointer.issuedAt,
    }));
    const columns = ['revision', 'sha256', 'facts', 'envelope', 'body', 'issuedAt'] as const;
    await transaction
      .insertInto('pointers')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .column('player')
          .doUpdateSet((row) => Object.fromEntries(columns.map((column) => [column, row.ref(`excluded.${column}`)]))),
      )
      .execute();
  });
}

/** Removes bodies that no pointer names any more: for housekeeping. @returns how many. */
export async function removeOldBodies(database: Database, clock: Pick<Clock, 'now'>): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom('bodies')
    .where('createdAt', '<', clock.now() - BODIES_KEPT_MS)
    .where('sha256', 'not in', (from) => from.selectFrom('pointers').select('body'))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
