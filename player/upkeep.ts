/** What a player does each minute, besides its work: looks at its disk, orders its downloads anew, forgets what is long over. */
import { MINUTE } from '@tieng-loa/protocol/limits.ts';
import type { Ballast } from './ballast.ts';
import type { Clock } from './clock.ts';
import type { Disk } from './disk.ts';
import type { Journal } from './journal.ts';
import { JOURNAL_MS } from './limits.ts';
import type { Logger } from './log.ts';
import type { Shelf } from './shelf.ts';

export interface Upkeep {
  /** free space as last seen */
  freeBytes(): number;
  close(): void;
}
export interface UpkeepParts {
  clock: Clock;
  disk: Disk;
  ballast: Pick<Ballast, 'lay'>;
  folder: string;
  journal: Pick<Journal, 'forget'>;
  shelf: Pick<Shelf, 'plan'>;
  want: () => void;
  /** free space at the start: the rooms are joined without waiting in between, since each may call on another at once */
  freeBytes: number;
  log: Logger;
}

export function startUpkeep({ clock, disk, ballast, folder, journal, shelf, want, freeBytes: atStart, log }: UpkeepParts): Upkeep {
  let freeBytes = atStart;
  let cancel = () => {};
  const turn = (): void => {
    cancel = clock.after(MINUTE, turn);
    want();
    // by the hub's time, which is signed: a clock that ran ahead must not make the player forget what it aired
    journal.forget(Math.min(clock.now(), shelf.plan()?.pointer.issuedAt ?? 0) - JOURNAL_MS);
    disk.freeBytes(folder).then(
      (bytes) => {
        freeBytes = bytes;
        if (disk.durable) ballast.lay(bytes);
      },
      (error: unknown) => log.error({ error }, 'the disk does not answer'),
    );
  };
  turn();
  return { freeBytes: () => freeBytes, close: () => cancel() };
}
