/** Reports until the hub has them: kept in order, sealed as they are sent, a few at a time, again with growing waits until the receipt. */
import type { Receipt, Report } from '@tieng-loa/protocol/report.ts';
import { reportKind } from '@tieng-loa/protocol/report.ts';
import { type Envelope, type SigningKey, seal } from '@tieng-loa/protocol/seal.ts';
import type { Clock } from './clock.ts';
import { REPORTS_IN_FLIGHT, RESEND_FIRST_MS, RESEND_LONGEST_MS } from './limits.ts';
import type { Logger } from './log.ts';
import type { Store } from './store.ts';

interface Kept {
  seq: number;
  id: string;
  report: string;
}
export interface Outbox {
  /** keeps a report; call `flush` once the transaction is over */
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
  /** today's: a player that was enrolled anew has another than the one that wrote its older reports */
  key: SigningKey;
  clock: Clock;
  send: (envelope: Envelope) => void;
  log: Logger;
}

export function openOutbox({ store, key, clock, send, log }: OutboxParts): Outbox {
  const add = store.database.prepare('INSERT INTO reports (id, report) VALUES (?, ?) ON CONFLICT (id) DO NOTHING');
  const after = store.database.prepare('SELECT seq, id, report FROM reports WHERE seq > ? ORDER BY seq LIMIT ?');
  const remove = store.database.prepare('DELETE FROM reports WHERE id = ?');
  const counted = store.database.prepare('SELECT count(*) AS count FROM reports');
  let up = false;
  let waitMs = RESEND_FIRST_MS;
  let cancelResend = () => {};
  /** sent over this link and not yet receipted */
  let underWay = new Set<string>();
  /** reports up to this one had their turn: what gets no receipt lets the rest go by, and comes again after them */
  let passed = 0;

  const turn = (): Kept[] => after.all(passed, REPORTS_IN_FLIGHT) as unknown as Kept[];
  const flush = (): void => {
    if (!up) return;
    let waiting = turn();
    if (waiting.length === 0 && passed > 0) {
      passed = 0;
      waiting = turn();
    }
    for (const { id, report } of waiting) {
      if (underWay.has(id)) continue;
      underWay.add(id);
      try {
        send(seal(reportKind, JSON.parse(report) as Report, key));
      } catch (error) {
        log.error({ error, airing: id }, 'a kept report is damaged');
      }
    }
    cancelResend();
    if (waiting.length > 0) cancelResend = clock.after(waitMs, resend);
  };
  const resend = (): void => {
    waitMs = Math.min(waitMs * 2, RESEND_LONGEST_MS);
    underWay = new Set();
    passed = turn().at(-1)?.seq ?? 0;
    flush();
  };
  return {
    post: (report) => void add.run(report.id, JSON.stringify(report)),
    flush,
    receive({ accepted, refused }) {
      for (const { id, problem } of refused) log.error({ airing: id, problem }, 'the hub refused a report');
      try {
        store.together(() => {
          for (const id of [...accepted, ...refused.map((one) => one.id)]) remove.run(id);
        });
      } catch (error) {
        // they are sent again, and receipted again
        log.error({ error }, 'a receipt could not be written down');
        return;
      }
      for (const id of accepted) underWay.delete(id);
      for (const { id } of refused) underWay.delete(id);
      waitMs = RESEND_FIRST_MS;
      flush();
    },
    connected(now) {
      up = now;
      underWay = new Set();
      passed = 0;
      waitMs = RESEND_FIRST_MS;
      if (up) flush();
      else cancelResend();
    },
    count: () => (counted.get() as { count: number }).count,
    close: () => cancelResend(),
  };
}
