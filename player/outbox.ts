/** Reports until the hub has them: sealed, kept in order, sent a few at a time, sent again with growing waits until the receipt. */
import type { Receipt, Report } from '@tieng-loa/protocol/report.ts';
import { reportKind } from '@tieng-loa/protocol/report.ts';
import { type Envelope, type SigningKey, seal } from '@tieng-loa/protocol/seal.ts';
import type { Clock } from './clock.ts';
import { REPORTS_IN_FLIGHT, RESEND_FIRST_MS, RESEND_LONGEST_MS } from './limits.ts';
import type { Logger } from './log.ts';
import type { Store } from './store.ts';

export interface Outbox {
  /** seals and keeps a report; call `flush` once the transaction is over */
  post(report: Report): void;
  /** sends what waits, if the link is there */
  flush(): void;
  /** the hub has these: accepted or refused, both are forgotten here */
  receive(receipt: Receipt): void;
  /** the link came (send all again, at once) or went */
  connected(up: boolean): void;
  count(): number;
  close(): void;
}
export interface OutboxParts {
  store: Store;
  key: SigningKey;
  clock: Clock;
  send: (envelope: Envelope) => void;
  log: Logger;
}

export function openOutbox({ store, key, clock, send, log }: OutboxParts): Outbox {
  const add = store.database.prepare('INSERT INTO reports (id, envelope) VALUES (?, ?) ON CONFLICT (id) DO NOTHING');
  const first = store.database.prepare('SELECT id, envelope FROM reports ORDER BY seq LIMIT ?');
  const remove = store.database.prepare('DELETE FROM reports WHERE id = ?');
  const counted = store.database.prepare('SELECT count(*) AS count FROM reports');
  let up = false;
  let waitMs = RESEND_FIRST_MS;
  let cancelResend = () => {};
  /** sent over this link and not yet receipted */
  let underWay = new Set<string>();

  const flush = (): void => {
    if (!up) return;
    const waiting = first.all(REPORTS_IN_FLIGHT) as { id: string; envelope: string }[];
    for (const { id, envelope } of waiting) {
      if (underWay.has(id)) continue;
      underWay.add(id);
      send(JSON.parse(envelope) as Envelope);
    }
    cancelResend();
    if (waiting.length > 0) cancelResend = clock.after(waitMs, resend);
  };
  const resend = (): void => {
    waitMs = Math.min(waitMs * 2, RESEND_LONGEST_MS);
    underWay = new Set();
    flush();
  };
  return {
    post: (report) => void add.run(report.id, JSON.stringify(seal(reportKind, report, key))),
    flush,
    receive({ accepted, refused }) {
      for (const { id, problem } of refused) log.error({ airing: id, problem }, 'the hub refused a report');
      store.together(() => {
        for (const id of [...accepted, ...refused.map((one) => one.id)]) remove.run(id);
      });
      for (const id of accepted) underWay.delete(id);
      for (const { id } of refused) underWay.delete(id);
      waitMs = RESEND_FIRST_MS;
      flush();
    },
    connected(now) {
      up = now;
      underWay = new Set();
      waitMs = RESEND_FIRST_MS;
      if (up) flush();
      else cancelResend();
    },
    count: () => (counted.get() as { count: number }).count,
    close: () => cancelResend(),
  };
}
