/** Reports and statuses as a player makes them. */
import { airingId, newId } from '@tieng-loa/protocol/ids.ts';
import { type Report, reportKind } from '@tieng-loa/protocol/report.ts';
import { type Envelope, type SigningKey, seal } from '@tieng-loa/protocol/seal.ts';
import type { Status } from '@tieng-loa/protocol/status.ts';

/** A report of an airing that went well, changed by `differs`; its id is that of its own fields unless given. */
export function report(who: { player: string; station: string; broadcast: string }, differs: Partial<Report> = {}): Report {
  const plannedAt = differs.plannedAt ?? 1_790_000_000_000;
  const key = { broadcast: who.broadcast, plannedAt, player: who.player, repeat: 0 };
  return {
    ...{ id: airingId(key), ...who, title: 'Thông báo', class: 'routine', plannedAt, repeat: 0, result: 'aired', reason: null },
    ...{ startedAt: plannedAt + 3, endedAt: plannedAt + 5003, latenessMs: 3, parts: [], missingLanguages: [], lackedBytes: 0, volume: 60 },
    clock: { state: 'trusted', errorMs: 5 },
    ...differs,
  };
}
export const sealed = (document: Report, key: SigningKey): Envelope => seal(reportKind, document, key);

export const status = (player: string, differs: Partial<Status> = {}): Status => ({
  ...{ player, boot: newId(), at: 1_790_000_000_000, software: 'test', takes: [], plan: null, refusals: [], lacks: [], lacksCount: 0 },
  ...{ holds: { renderings: 0, sizeBytes: 0, freeBytes: 1 }, bytesPerSecond: null, onAir: null, volume: 60, speaker: 'ready' },
  ...{ clock: { state: 'trusted', errorMs: 5 }, unreported: 0, uptimeMs: 1000 },
  ...differs,
});
