/** Tells players which of their reports the hub has: many in one sealed message, sent only once they are stored. */
import type { ProblemCode } from '@tieng-loa/protocol/problems.ts';
import { receiptKind } from '@tieng-loa/protocol/report.ts';
import { type SigningKey, seal } from '@tieng-loa/protocol/seal.ts';
import type { Clock } from '../clock.ts';
import { RECEIPT_IDS, RECEIPT_MS } from './limits.ts';
import type { Link } from './link.ts';

export interface Receipts {
  /** The report is stored, or refused for good: the player may forget it. */
  give(player: string, report: string, refused: ProblemCode | null): void;
  close(): void;
}

/** @returns the giving of receipts. One that is lost is given again, since the report comes again. */
export function receipts({ link, key, clock }: { link: Pick<Link, 'send'>; key: SigningKey; clock: Clock }): Receipts {
  const waiting = new Map<string, Map<string, ProblemCode | null>>();
  let cancel: (() => void) | null = null;

  const send = (player: string, answers: [string, ProblemCode | null][]): void => {
    const accepted = answers.filter(([, refused]) => refused === null).map(([id]) => id);
    const refused = answers.flatMap(([id, problem]) => (problem === null ? [] : [{ id, problem }]));
    void link.send('receipt', { player }, seal(receiptKind, { player, accepted, refused }, key));
  };
  const sendAll = (): void => {
    cancel = null;
    for (const [player, answers] of waiting) {
      const all = [...answers];
      for (let at = 0; at < all.length; at += RECEIPT_IDS) send(player, all.slice(at, at + RECEIPT_IDS));
    }
    waiting.clear();
  };
  return {
    give: (player, report, refused) => {
      const answers = waiting.get(player) ?? new Map<string, ProblemCode | null>();
      waiting.set(player, answers.set(report, refused));
      cancel ??= clock.after(RECEIPT_MS, sendAll);
    },
    close: () => {
      cancel?.();
      sendAll();
    },
  };
}
