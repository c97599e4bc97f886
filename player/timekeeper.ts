/** How far the player trusts its wall clock: a floor that time never falls below, and whether the system says that it is synchronised. */
import { existsSync } from 'node:fs';
import type { ClockState } from '@tieng-loa/protocol/report.ts';
import type { Clock } from './clock.ts';
import { CLOCK_SLACK_MS, DOCUMENT_LEAD_MS, DOCUMENT_PUSH_MS, DRIFT_PER_MS, FLOOR_EVERY_MS, SYNCHRONISED_ERROR_MS } from './limits.ts';
import type { Store } from './store.ts';

export interface ClockTrust {
  state: ClockState;
  /** how far off it may be; null where that is not known */
  errorMs: number | null;
}
/** Documents of the hub that say when they were issued. */
export type Dated = 'pointer' | 'board';

export interface Timekeeper {
  trust(): ClockTrust;
  /** until when the wall clock was of no use since the program began; 0 where it was right from the beginning */
  doubtedUntil(): number;
  /**
   * The newest verified document of its kind was issued at `at`: it is at least that late, as far as that can be believed.
   * @returns false where it lies further ahead than a document may lead
   */
  notEarlierThan(kind: Dated, at: number): boolean;
  /** writes down how late the documents say it is: after they were acted on, since an order must not wait for it */
  keepDocuments(): void;
  close(): void;
}
export interface TimekeeperParts {
  clock: Clock;
  store: Store;
  /** the youngest instant known when the program was made */
  builtAt: number;
  /** whether the system says that its clock is synchronised */
  synchronised: () => boolean;
  /** when the documents on the shelf were issued; 0 for none */
  issuedAt: Readonly<Record<Dated, number>>;
}

/** systemd-timesyncd touches this once it has the time, and /run is empty after a start. */
export const systemdSynchronised = (): boolean => existsSync('/run/systemd/timesync/synchronized');

export function openTimekeeper({ clock, store, builtAt, synchronised, issuedAt }: TimekeeperParts): Timekeeper {
  /** what a synchronised clock showed, and what the program knows by itself */
  let vouched = Math.max(builtAt, store.fact('floor') ?? 0);
  /** what the hub's newest documents say, within bounds; one that was wrong is corrected by the next of its kind */
  const said: Record<Dated, number> = { pointer: 0, board: 0 };
  let doubtedUntil = 0;
  let doubted = false;
  let trustedAtMono: number | null = null;
  let cancel = () => {};

  const floorSaid = (): number => Math.max(said.pointer, said.board);
  const believable = (): number => (synchronised() ? clock.now() + DOCUMENT_LEAD_MS : Math.max(vouched, clock.now()) + DOCUMENT_PUSH_MS);
  const lower = (bound: number): void => {
    said.pointer = Math.min(said.pointer, bound);
    said.board = Math.min(said.board, bound);
  };
  const trust = (): ClockTrust => {
    const now = clock.now();
    const isSynchronised = synchronised();
    // a hub that was wrong must not outlive a clock that is right
    if (isSynchronised && now >= vouched - CLOCK_SLACK_MS) lower(now + CLOCK_SLACK_MS);
    if (now < Math.max(vouched, floorSaid()) - CLOCK_SLACK_MS) {
      doubted = true;
      return { state: 'unset', errorMs: null };
    }
    if (doubted) {
      // the clock was set while the program ran: what was planned before this instant could not be seen
      doubted = false;
      doubtedUntil = now;
    }
    const mono = clock.monotonic();
    if (isSynchronised) {
      trustedAtMono = mono;
      return { state: 'trusted', errorMs: SYNCHRONISED_ERROR_MS };
    }
    // Not known since the start (a Pi without network): its plan is aired all the same, since how long the machine was off
    // is known to nobody, the system sets the clock no earlier than it stood when it went off, and a player that waits for
    // a hub that is gone would never speak again. A clock that is behind its documents is `unset`, above.
    const errorMs = trustedAtMono === null ? null : SYNCHRONISED_ERROR_MS + Math.ceil((mono - trustedAtMono) * DRIFT_PER_MS);
    return { state: 'estimated', errorMs };
  };
  const write = (): void => {
    store.setFact('floor', vouched);
    store.setFact('documents', floorSaid());
  };
  const keep = (): void => {
    // only a clock that somebody vouches for raises the floor for good: a wrong one would lock the right time out
    if (trust().state === 'trusted') vouched = Math.max(vouched, clock.now());
    write();
    cancel = clock.after(FLOOR_EVERY_MS, keep);
  };
  // documents on the shelf count as they were believed when they came
  const most = store.fact('documents') ?? believable();
  said.pointer = Math.min(issuedAt.pointer, most);
  said.board = Math.min(issuedAt.board, most);
  keep();
  return {
    trust,
    doubtedUntil: () => doubtedUntil,
    notEarlierThan(kind, at) {
      const bound = believable();
      said[kind] = Math.min(at, bound);
      return at <= bound;
    },
    keepDocuments: () => store.setFact('documents', floorSaid()),
    close: () => {
      cancel();
      write();
    },
  };
}
