/** What comes from the hub: judged in the order in which it came, kept before it acts, refused with a code that the status shows. */
import type { Envelope } from '@tieng-loa/protocol/seal.ts';
import type { Refusal, Status } from '@tieng-loa/protocol/status.ts';
import type { Cache } from './cache.ts';
import type { Clock } from './clock.ts';
import { REFUSALS_KEPT } from './limits.ts';
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
  /** all that came is done */
  settled(): Promise<void>;
}
export interface IntakeParts {
  believer: Believer;
  shelf: Shelf;
  cache: Pick<Cache, 'holding' | 'body' | 'drop'>;
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

  const refuse: Intake['refuse'] = (document, refusal) => {
    refusals = [...refusals, { document, refusal, at: clock.now() }].slice(-REFUSALS_KEPT);
    log.warn({ document, refusal }, 'a document was refused');
    changed();
  };
  const inTurn = (act: () => Promise<void>): void => {
    work = work.then(act).catch((error: unknown) => log.error({ error }, 'a document could not be kept'));
  };
  const time = () => ({ now: clock.now(), usable: timekeeper.trust().state !== 'unset' });

  const takePointer = async (envelope: Envelope): Promise<void> => {
    const verdict = judgePointer(envelope, believer, pending ?? shelf.plan(), time());
    if ('refuse' in verdict) refuse('pointer', verdict.refuse);
    if (!('take' in verdict)) return;
    timekeeper.notEarlierThan(verdict.take.pointer.issuedAt);
    pending = { ...verdict.take, envelope };
    await completePlan();
    changed();
  };
  /** Takes the pending plan once its body is here; until then the last good one stays. */
  const completePlan = async (): Promise<void> => {
    if (!pending) return;
    const next = pending;
    const { sha256 } = next.pointer.body;
    const plan = shelf.plan();
    const same = plan?.pointer.body.sha256 === sha256 ? plan : null;
    if (!same && cache.holding(sha256) !== 'held') return;
    const text = same ? shelf.bodyText() : (await cache.body(sha256)).toString('utf8');
    const verdict = same ? { take: same.body } : judgeBody(Buffer.from(text), next.pointer);
    pending = null;
    if ('take' in verdict) {
      await shelf.takePlan(next.envelope, { pointer: next.pointer, sha256: next.sha256 }, verdict.take, text);
      log.info({ revision: next.pointer.revision, body: sha256 }, 'a new plan is followed');
    } else refuse('body', verdict.refuse);
    await cache.drop(sha256);
    replanned();
  };
  const takeBoard = async (envelope: Envelope): Promise<void> => {
    const { take, refuse: refusal } = judgeBoard(envelope, believer, shelf.board());
    if (refusal) refuse('board', refusal);
    if (!take) return;
    timekeeper.notEarlierThan(take.issuedAt);
    await shelf.takeBoard(take);
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
    settled: () => work,
  };
}
