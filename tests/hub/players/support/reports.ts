/** Reports and statuses as a player makes them. */
import { airingId, newId } from '@tieng-loa/protocol/ids.ts';
import { DAY, HOUR } from '@tieng-loa/protocol/limits.ts';
import { type Report, reportKind } from '@tieng-loa/protocol/report.ts';
import { type Envelope, type SigningKey, seal } from '@tieng-loa/protocol/seal.ts';
import type { Status } from '@tieng-loa/protocol/status.ts';
import type { When } from '@tieng-loa/protocol/views.ts';
import { Type } from 'typebox';

/** A rule whose starts are all over: eight a day, on each hour from 5 to 12. */
export const LONG_AGO: When = {
  ...{ kind: 'weekly', weekdays: [1, 2, 3, 4, 5, 6, 7], from: '2020-01-01', until: '2023-12-31' },
  times: ['05:00', '06:00', '07:00', '08:00', '09:00', '10:00', '11:00', '12:00'],
};
/** @returns the start of that rule with this number. */
export const startLongAgo = (number: number): number =>
  Date.parse('2020-01-01T05:00:00+07:00') + Math.floor(number / 8) * DAY + (number % 8) * HOUR;

/** A report of an airing that went well, changed by `differs`; its id is that of its own fields unless given. */
export function report(who: { player: string; station: string; broadcast: string }, differs: Partial<Report> = {}): Report {
  const plannedAt = differs.plannedAt ?? startLongAgo(0);
  const key = { broadcast: who.broadcast, plannedAt, player: who.player, repeat: 0 };
  return {
    ...{ id: airingId(key), ...who, title: 'Thông báo', class: 'routine', plannedAt, repeat: 0, result: 'aired', reason: null },
    ...{ startedAt: plannedAt + 3, endedAt: plannedAt + 5003, latenessMs: 3, parts: [], missingLanguages: [], lackedBytes: 0, volume: 60 },
    clock: { state: 'trusted', errorMs: 5 },
    ...differs,
  };
}
export const sealed = (document: Report, key: SigningKey): Envelope => seal(reportKind, document, key);

/** As a player with a program of its own would seal it: nobody looked whether it is a report. */
export const sealedUnchecked = (document: Report, key: SigningKey): Envelope =>
  seal({ payloadType: reportKind.payloadType, schema: Type.Any() }, document as never, key);

export const status = (player: string, differs: Partial<Status> = {}): Status => ({
  ...{ player, boot: newId(), at: 1_790_000_000_000, software: 'test', takes: [], plan: null, refusals: [], lacks: [], lacksCount: 0 },
  ...{ holds: { renderings: 0, sizeBytes: 0, freeBytes: 1 }, bytesPerSecond: null, onAir: null, volume: 60, speaker: 'ready' },
  ...{ clock: { state: 'trusted', errorMs: 5 }, unreported: 0, uptimeMs: 1000 },
  ...differs,
});
