/** Whether a document may be followed: pure decisions about seals, audience, order and time. A refusal keeps the last good one. */
import { sha256 } from '@tieng-loa/protocol/ids.ts';
import { Body, type Pointer, pointerKind } from '@tieng-loa/protocol/plan.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { type Receipt, receiptKind } from '@tieng-loa/protocol/report.ts';
import { type Envelope, type Opened, open, type SealedKind, type TrustedKeys } from '@tieng-loa/protocol/seal.ts';
import type { Refusal } from '@tieng-loa/protocol/status.ts';
import { checked, parseStrictly } from '@tieng-loa/protocol/strict.ts';
import { type Board, boardKind } from '@tieng-loa/protocol/urgent.ts';
import type { Static, TSchema } from 'typebox';

/** Who asks, and whom it believes. */
export interface Believer {
  player: string;
  station: string;
  scheduleKeys: TrustedKeys;
  urgentKeys: TrustedKeys;
}
/** The wall clock, where it may be believed. */
export interface Time {
  now: number;
  usable: boolean;
}
export type Verdict<T> = { take: T } | { refuse: Refusal } | { same: true };
export type HeldPointer = { pointer: Pointer; sha256: string };

/** Opens a sealed document. A seal that does not hold and a form that does not fit are told apart. */
function opened<S extends TSchema>(kind: SealedKind<S>, envelope: Envelope, keys: TrustedKeys): Opened<Static<S>> | { refuse: Refusal } {
  try {
    return open(kind, envelope, keys);
  } catch (error) {
    if (error instanceof Problem) return { refuse: error.code === 'bad-seal' ? 'SIGNATURE' : 'FORM' };
    throw error;
  }
}

/** @returns whether a pointer goes before the one held: newer, unforked, for this very player, not run out. */
export function judgePointer(envelope: Envelope, who: Believer, held: HeldPointer | null, time: Time): Verdict<HeldPointer> {
  const seen = opened(pointerKind, envelope, who.scheduleKeys);
  if ('refuse' in seen) return seen;
  const pointer = seen.document;
  if (pointer.station !== who.station || pointer.player !== who.player) return { refuse: 'AUDIENCE' };
  if (held) {
    const before = held.pointer;
    if (pointer.epoch < before.epoch) return { refuse: 'ROLLBACK' };
    if (pointer.epoch === before.epoch) {
      if (pointer.revision < before.revision) return { refuse: 'ROLLBACK' };
      if (pointer.revision === before.revision) return seen.sha256 === held.sha256 ? { same: true } : { refuse: 'FORK' };
      if (pointer.revision === before.revision + 1 && pointer.previous !== held.sha256) return { refuse: 'FORK' };
    }
  }
  if (pointer.hardExpiresAt <= pointer.issuedAt) return { refuse: 'TIME' };
  if (time.usable && pointer.hardExpiresAt <= time.now) return { refuse: 'FREEZE' };
  return { take: { pointer, sha256: seen.sha256 } };
}

/** @returns whether the bytes are the body that the pointer names, and name only audio that they list. */
export function judgeBody(bytes: Uint8Array, pointer: Pointer): { take: Body } | { refuse: Refusal } {
  if (bytes.length !== pointer.body.sizeBytes || sha256(bytes) !== pointer.body.sha256) return { refuse: 'SIZE' };
  let body: Body;
  try {
    body = checked(Body, parseStrictly(Buffer.from(bytes).toString('utf8')));
  } catch (error) {
    if (error instanceof Problem) return { refuse: 'FORM' };
    throw error;
  }
  if (body.station !== pointer.station) return { refuse: 'AUDIENCE' };
  return namesOnlyListed(body) ? { take: body } : { refuse: 'AUDIO' };
}

function namesOnlyListed({ broadcasts, renderings }: Pick<Body, 'broadcasts' | 'renderings'>): boolean {
  const listed = new Set(renderings.map((rendering) => rendering.sha256));
  return broadcasts.every(({ steps }) => steps.every((step) => step.kind !== 'part' || step.renderings.every((sha) => listed.has(sha))));
}

const LANES = ['silence', 'emergency', 'priority'] as const;

/**
 * @returns the board with each lane that rose; a lane that fell or forked is refused alone, so that none can block another.
 * `refuse` beside `take`: one lane was refused and another taken.
 */
export function judgeBoard(envelope: Envelope, who: Believer, held: Board | null): { take?: Board; refuse?: Refusal } {
  const seen = opened(boardKind, envelope, who.urgentKeys);
  if ('refuse' in seen) return seen;
  const board = seen.document;
  if (board.station !== who.station) return { refuse: 'AUDIENCE' };
  const sound = [...board.lanes.emergency.orders, ...board.lanes.priority.orders];
  if (!sound.every(({ broadcast, renderings }) => namesOnlyListed({ broadcasts: [broadcast], renderings }))) return { refuse: 'AUDIO' };
  if (held === null || board.epoch > held.epoch) return { take: board };
  if (board.epoch < held.epoch) return { refuse: 'ROLLBACK' };
  const lanes = { ...held.lanes };
  let refuse: Refusal | undefined;
  let rose = false;
  for (const lane of LANES) {
    const [mine, theirs] = [held.lanes[lane], board.lanes[lane]];
    if (theirs.counter > mine.counter) {
      Object.assign(lanes, { [lane]: theirs });
      rose = true;
    } else if (theirs.counter < mine.counter) refuse = 'ROLLBACK';
    else if (JSON.stringify(theirs) !== JSON.stringify(mine)) refuse = 'FORK';
  }
  return { ...(rose ? { take: { ...held, issuedAt: board.issuedAt, lanes } } : {}), ...(refuse ? { refuse } : {}) };
}

/** @returns the receipt, where the hub sealed it for this player; so a broker cannot make a player forget. */
export function judgeReceipt(envelope: Envelope, who: Believer): { take: Receipt } | { refuse: Refusal } {
  const seen = opened(receiptKind, envelope, who.scheduleKeys);
  if ('refuse' in seen) return seen;
  return seen.document.player === who.player ? { take: seen.document } : { refuse: 'AUDIENCE' };
}
