/** Tells a station what is urgent: derives its board, seals, stores and publishes it where it has changed. */
import { type SigningKey, seal } from '@tieng-loa/protocol/seal.ts';
import { type Board, boardKind } from '@tieng-loa/protocol/urgent.ts';
import type { Clock } from '../clock.ts';
import { boardEndsAt, boardFor } from '../schedule/board-for.ts';
import type { StationFacts } from '../schedule/facts.ts';
import type { Database } from '../store/database.ts';
import type { Link } from './link.ts';
import type { Reach } from './reach.ts';

export interface BoardsDependencies {
  database: Database;
  link: Pick<Link, 'send'>;
  reach: Pick<Reach, 'board'>;
  urgentKey: SigningKey;
  clock: Clock;
}

/** @returns the telling of urgent boards. */
export function boardsOfStations({ database, link, reach, urgentKey, clock }: BoardsDependencies) {
  return {
    /** Tells the station its board where that has changed. @returns when it must be looked at again, null where time alone changes nothing. */
    async tell(facts: StationFacts): Promise<number | null> {
      const station = facts.station.id;
      const row = await database.selectFrom('boards').select('board').where('station', '=', station).executeTakeFirst();
      const previous: Board | null = row ? JSON.parse(row.board) : null;
      const board = boardFor(facts, facts.stops, previous, clock.now());
      if (board !== previous) {
        const envelope = seal(boardKind, board, urgentKey);
        const told = { envelope: JSON.stringify(envelope), board: JSON.stringify(board), updatedAt: clock.now() };
        await database
          .insertInto('boards')
          .values({ station, ...told })
          .onConflict((conflict) => conflict.column('station').doUpdateSet(told))
          .execute();
        // before the order is out: players ask for its audio at once
        reach.board(station, renderingsIn(board));
        await link.send('board', { station }, envelope);
      }
      return boardEndsAt(board);
    },

    /** Publishes every board again as it was sealed. */
    async republish(): Promise<void> {
      const rows = await database.selectFrom('boards').select(['station', 'envelope']).execute();
      await Promise.all(rows.map(({ station, envelope }) => link.send('board', { station }, JSON.parse(envelope))));
    },

    /** Learns what the boards named before the hub was restarted. */
    async remember(): Promise<void> {
      const rows = await database.selectFrom('boards').select(['station', 'board']).execute();
      for (const { station, board } of rows) reach.board(station, renderingsIn(JSON.parse(board)));
    },
  };
}

const renderingsIn = ({ lanes }: Board): string[] =>
  [...lanes.emergency.orders, ...lanes.priority.orders].flatMap((order) => order.renderings.map((rendering) => rendering.sha256));
