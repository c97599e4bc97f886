/** What the player follows: its last good plan and its station's board, on disk before they act, checked again when read. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Body } from '@tieng-loa/protocol/plan.ts';
import { Envelope } from '@tieng-loa/protocol/seal.ts';
import { checked, parseStrictly, Strict } from '@tieng-loa/protocol/strict.ts';
import { Board } from '@tieng-loa/protocol/urgent.ts';
import { Type } from 'typebox';
import type { Disk } from './disk.ts';
import type { Logger } from './log.ts';
import { type Believer, type HeldPointer, judgeBody, judgePointer } from './trust.ts';

/** Pointer and body in one file: a plan is taken whole or not at all. */
const KeptPlan = Strict({ pointer: Envelope, body: Type.String() });
const NO_SOUND = { emergency: { counter: 0, orders: [] }, priority: { counter: 0, orders: [] } };

export interface Plan extends HeldPointer {
  body: Body;
}
export interface Shelf {
  plan(): Plan | null;
  board(): Board | null;
  /** keeps a plan that was judged good; it is on disk when this resolves, and only then followed */
  takePlan(pointer: Envelope, held: HeldPointer, body: Body, bodyText: string): Promise<void>;
  /** the text of the body held, for a pointer that names the same one */
  bodyText(): string;
  /**
   * Keeps the board: its counters are on disk before anything that sounds acts on them. Where the disk does not take it
   * the lane `silence` holds all the same, in memory, and the error is thrown: what silences needs no more than a higher counter.
   */
  takeBoard(board: Board): Promise<void>;
}

/** Reads what was kept in `folder`. A file that does not hold is left aside: the hub says it again. */
export async function openShelf(folder: string, believer: Believer, disk: Disk, log: Logger): Promise<Shelf> {
  const planPath = join(folder, 'plan.json');
  const boardPath = join(folder, 'board.json');
  let plan: Plan | null = null;
  let text = '';
  let board: Board | null = null;

  const kept = async <T>(path: string, read: (text: string) => T): Promise<T | null> => {
    try {
      return read(await readFile(path, 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.error({ error, path }, 'a kept document is damaged');
      return null;
    }
  };
  const keptPlan = await kept(planPath, (found) => checked(KeptPlan, parseStrictly(found)));
  if (keptPlan) {
    // what was good when it was taken may have run out; that is the deciding rule's to say
    const verdict = judgePointer(keptPlan.pointer, believer, null, { now: 0, usable: false });
    const body = 'take' in verdict ? judgeBody(Buffer.from(keptPlan.body), verdict.take.pointer) : null;
    if ('take' in verdict && body && 'take' in body) {
      plan = { ...verdict.take, body: body.take };
      text = keptPlan.body;
    } else log.error({ verdict, body }, 'the kept plan does not hold');
  }
  board = await kept(boardPath, (found) => checked(Board, parseStrictly(found)));

  return {
    plan: () => plan,
    board: () => board,
    bodyText: () => text,
    async takePlan(pointer, held, body, bodyText) {
      await disk.replace(planPath, JSON.stringify({ pointer, body: bodyText }));
      plan = { ...held, body };
      text = bodyText;
    },
    async takeBoard(next) {
      try {
        await disk.replace(boardPath, JSON.stringify(next));
      } catch (error) {
        const { emergency, priority } = board?.lanes ?? NO_SOUND;
        board = { ...next, lanes: { silence: next.lanes.silence, emergency, priority } };
        throw error;
      }
      board = next;
    },
  };
}
