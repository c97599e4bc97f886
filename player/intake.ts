/** What comes from the hub: judged in the order in which it came, kept before it acts, refused with a code that the status shows. */
import type { Envelope } from '@tieng-loa/protocol/seal.ts';
import type { Refusal, Status } from '@tieng-loa/protocol/status.ts';
import type { Board } from '@tieng-loa/protocol/urgent.ts';
import type { Cache } from './cache.ts';
import type { Clock } from './clock.ts';
import { KEEP_FIRST_MS, KEEP_LONGEST_MS, REFUSALS_KEPT } from './limits.ts';
import type { Logger } from './log.ts';
import type { Shelf } from './shelf.ts';
import type { Timekeeper } from './timekeeper.ts';
import { type Believer, type HeldPointer, judgeBoard, judgeBody, judgePointer } from './trust.ts';

type Refused = Status['refusals'][number];
export interface Intake {
  pointer(envelope: Envelope): void;
  board(envelope: Envelope): void;
  refuse(document: Refused['document'], refusal: Refusal): void;
  /** a file came: perhaps the body that a pointer waits for */
  arrived(sha256: string): void;
  /** the pointer whose body is on its way */
  pending(): HeldPointer | null;
  refusals(): Refused[];
  /** all that came is done, and nothing is tried again */
  settled(): Promise<void>;
}
export interface IntakeParts {
  believer: Believer;
  shelf: Shelf;
  cache: Pick<Cache, 'holding' | 'verify' | 'body' | 'drop'>;
  timekeeper: Timekeeper;
  clock: Clock;
  /** plan or board are others now */
  replanned: () => void;
  /** what is wanted, or what the status shows, is other now */
  changed: () => void;
  log: Logger;
}

export function openIntake({ believer, shelf, cache, timekeeper, clock, replanned, changed, log }: IntakeParts): Intake {
  let pending: (HeldPointer & { envelope: Envelope }) | null = null;
  let refusals: Refused[] = [];
  let work: Promise<void> = Promise.resolve();
  let unkeptBoard: Board | null = null;
  let keepMs = KEEP_FIRST_MS;
  let cancelLater = () => {};

  const refuse: Intake['refuse'] = (document, refusal) => {
    refusals = [...refusals, { document, refusal, at: clock.now() }].slice(-REFUSALS_KEPT);
    log.warn({ document, refusal }, 'a document was refused');
    changed();
  };
  const inTurn = (act: () => Promise<void>): void => {
    work = work.then(act).catch((error: unknown) => log.error({ error }, 'a document could not be kept'));
  };
  const time = () => ({ now: clock.now(), usable: timekeeper.trust().state !== 'unset' });

  /** Does again what a disk did not take, with growing waits, until it is done or something newer is. */
  const later = (act: () => Promise<void>): void => {
    cancelLater();
    cancelLater = clock.after(keepMs, () => inTurn(act));
    keepMs = Math.min(keepMs * 2, KEEP_LONGEST_MS);
  };
  const keptAll = (): void => {
    if (pending === null && unkeptBoard === null) keepMs = KEEP_FIRST_MS;
  };
  const keepLater = (document: Refused['document'], error: unknown): void => {
    log.error({ error, document }, 'a document could not be kept yet');
    // the status has no word for the disk: what could not be kept whole is told like what came incomplete
    if (keepMs === KEEP_FIRST_MS) refuse(document, 'SIZE');
    later(keepAll);
  };
  const keepAll = async (): Promise<void> => {
    if (unkeptBoard) await keepBoard(unkeptBoard);
    await completePlan();
  };

  const takePointer = async (envelope: Envelope): Promise<void> => {
    const verdict = judgePointer(envelope, believer, pending ?? shelf.plan(), time());
    if ('refuse' in verdict) refuse('pointer', verdict.refuse);
    if (!('take' in verdict)) return;
    if (!timekeeper.notEarlierThan('pointer', verdict.take.pointer.issuedAt)) refuse('pointer', 'TIME');
    pending = { ...verdict.take, envelope };
    await completePlan();
    timekeeper.keepDocuments();
    changed();
  };
  /** Takes the pending plan once its body is here; until then, and until the disk takes it, the last good one stays. */
  const completePlan = async (): Promise<void> => {
    if (!pending) return;
    const next = pending;
    const { sha256 } = next.pointer.body;
    const plan = shelf.plan();
    const same = plan?.pointer.body.sha256 === sha256 ? plan : null;
    if (!same && cache.holding(sha256) !== 'held') return;
    try {
      // a body that changed on the disk since it came is fetched again
      if (!same && (await cache.verify([sha256])).length > 0) return refuse('body', 'SIZE');
      const text = same ? shelf.bodyText() : (await cache.body(sha256)).toString('utf8');
      const verdict = same ? { take: same.body } : judgeBody(Buffer.from(text), next.pointer);
      if ('take' in verdict) {
        await shelf.takePlan(next.envelope, { pointer: next.pointer, sha256: next.sha256 }, verdict.take, text);
        log.info({ revision: next.pointer.revision, body: sha256 }, 'a new plan is followed');
      } else refuse('body', verdict.refuse);
    } catch (error) {
      return keepLater('body', error);
    }
    pending = null;
    keptAll();
    replanned();
    await cache.drop(sha256);
  };
  const takeBoard = async (envelope: Envelope): Promise<void> => {
    const { take, refuse: refusal } = judgeBoard(envelope, believer, unkeptBoard ?? shelf.board());
    if (refusal) refuse('board', refusal);
    if (!take) return;
    if (!timekeeper.notEarlierThan('board', take.issuedAt)) refuse('board', 'TIME');
    await keepBoard(take);
    timekeeper.keepDocuments();
  };
  const keepBoard = async (board: Board): Promise<void> => {
    try {
      await shelf.takeBoard(board);
      unkeptBoard = null;
      keptAll();
    } catch (error) {
      unkeptBoard = board;
      keepLater('board', error);
    }
    replanned();
  };
  return {
    pointer: (envelope) => inTurn(() => takePointer(envelope)),
    board: (envelope) => inTurn(() => takeBoard(envelope)),
    refuse,
    arrived: (sha256) => {
      if (pending?.pointer.body.sha256 === sha256) inTurn(completePlan);
    },
    pending: () => pending,
    refusals: () => refusals,
    settled: () => {
      cancelLater();
      return work;
    },
  };
}
