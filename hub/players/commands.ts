/** What people do with players: make and change them, give them a code, revoke them. */
import type { BodyOf } from '@tieng-loa/protocol/api.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { EnrolmentCode, Player } from '@tieng-loa/protocol/views.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import { recordDeed } from '../people/audit.ts';
import type { Database } from '../store/database.ts';
import type { Authority } from './authority.ts';
import { newCode, storedCode } from './codes.ts';
import { CODE_MS } from './limits.ts';
import { playerOf } from './registry.ts';

export interface PlayerCommandsDependencies {
  database: Database;
  authority: Pick<Authority, 'pin'>;
  /** ends a player's session and clears what the broker remembers of it */
  cut: (player: string) => Promise<void>;
  /** the hub's address as players open it */
  publicUrl: () => string;
  changes: Changes;
  clock: Clock;
}
type Edit = BodyOf<'PUT /api/stations/:station/players/:player'>;
/** Who does it, to which player. */
interface By {
  actor: { id: string };
  station: string;
  player: string;
}
export type PlayerCommands = ReturnType<typeof playerCommands>;

/** @returns the commands on players. */
export function playerCommands({ database, authority, cut, publicUrl, changes, clock }: PlayerCommandsDependencies) {
  const tell = (station: string, player: string): void => changes.tell({ subject: 'players', station, id: player });
  const done = async (player: string): Promise<Player> => {
    const view = await playerOf(database, player, clock.now());
    if (!view) throw new Problem('not-found');
    return view;
  };

  return {
    /** Makes a player's slot or changes it. Sent twice, it is made once. */
    async put({ actor, station, player }: By, edit: Edit): Promise<Player> {
      if (edit.volume > edit.loudestVolume) throw new Problem('bad-input', { field: 'volume', why: 'louder than the loudest volume' });
      const { zones, ...settings } = edit;
      await database.transaction().execute(async (transaction) => {
        const known = await transaction.selectFrom('players').select(['station', 'revokedAt']).where('id', '=', player).executeTakeFirst();
        // a player of another station is not there for people of this one
        if (known && known.station !== station) throw new Problem('not-found');
        if (known && known.revokedAt !== null) throw new Problem('wrong-state', { state: 'revoked' });
        await refuseForeignZones(transaction, station, zones);
        const row = { ...settings, id: player, station, codeTries: 0, createdAt: clock.now() };
        await transaction
          .insertInto('players')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doUpdateSet(settings))
          .execute();
        await transaction.deleteFrom('playerZones').where('player', '=', player).execute();
        await transaction
          .insertInto('playerZones')
          .values(zones.map((zone, position) => ({ player, zone, position })))
          .execute();
        await recordDeed(transaction, { at: clock.now(), person: actor.id, station, action: 'player.put', facts: { player, ...edit } });
      });
      tell(station, player);
      return done(player);
    },

    /** Makes a code; the one before is void. A player that has one enrols anew: its old certificate falls when the code is used. */
    async makeCode({ actor, station, player }: By): Promise<EnrolmentCode> {
      const code = newCode(authority.pin);
      const expiresAt = clock.now() + CODE_MS;
      const codeHash = storedCode(code)!.stored;
      await database.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('players')
          .set({ codeHash, codeExpiresAt: expiresAt, codeTries: 0 })
          .where('id', '=', player)
          .where('revokedAt', 'is', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) throw new Problem('wrong-state', { state: 'revoked' });
        await recordDeed(transaction, { at: clock.now(), person: actor.id, station, action: 'player.code', facts: { player } });
      });
      return { code, command: `npm run player -- --hub ${publicUrl()} --code ${code}`, expiresAt };
    },

    /** Cuts a player off, for good: its certificate is no longer on the list, its session ends now, nothing of it stays on the broker. */
    async revoke({ actor, station, player }: By): Promise<void> {
      await database.transaction().execute(async (transaction) => {
        await transaction
          .updateTable('players')
          .set({ revokedAt: clock.now(), certificate: null, codeHash: null, codeExpiresAt: null })
          .where('id', '=', player)
          .where('revokedAt', 'is', null)
          .execute();
        await transaction.deleteFrom('pointers').where('player', '=', player).execute();
        await recordDeed(transaction, { at: clock.now(), person: actor.id, station, action: 'player.revoke', facts: { player } });
      });
      await cut(player);
      tell(station, player);
    },
  };
}

async function refuseForeignZones(database: Database, station: string, zones: readonly string[]): Promise<void> {
  const own = await database
    .selectFrom('zones')
    .select('id')
    .where('station', '=', station)
    .where('id', 'in', [...zones])
    .execute();
  const foreign = zones.find((zone) => !own.some(({ id }) => id === zone));
  if (foreign !== undefined) throw new Problem('bad-input', { field: 'zones', why: `${foreign} is not a place of this station` });
}
