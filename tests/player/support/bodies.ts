/** Plans to test with: parts of one language, broadcasts of one bulletin, bodies that name all they need. */
import { randomBytes } from 'node:crypto';
import { newId, sha256 } from '@tieng-loa/protocol/ids.ts';
import type { Approval, Body, PlannedBroadcast, Rendering, Step } from '@tieng-loa/protocol/plan.ts';
import { LONGEST_MS, TOLERANCE_MS } from '@tieng-loa/timetable/rank.ts';

export interface Sound {
  rendering: Rendering;
  bytes: Buffer;
}
/** @returns a rendering of these bytes (not audio: the silent speaker only keeps time). */
export function soundOf(durationMs: number, sizeBytes = 40_000): Sound {
  const bytes = randomBytes(sizeBytes);
  return { bytes, rendering: { sha256: sha256(bytes), sizeBytes, durationMs } };
}

export interface Bulletin {
  id: string;
  parts: { language: string; sound: Sound }[];
}
export const bulletinOf = (sounds: Record<string, Sound>): Bulletin => ({
  id: newId(),
  parts: Object.entries(sounds).map(([language, sound]) => ({ language, sound })),
});

export const stepsOf = (bulletins: readonly Bulletin[]): Step[] =>
  bulletins.flatMap(({ id, parts }, item) =>
    parts.map(
      ({ language, sound }): Step => ({ kind: 'part', item, bulletin: id, language, renderings: [sound.rendering.sha256], gainDb: 0 }),
    ),
  );

export function broadcastOf(
  bulletins: readonly Bulletin[],
  starts: readonly number[],
  change: Partial<PlannedBroadcast> = {},
): PlannedBroadcast {
  const kind = change.class ?? 'routine';
  return {
    id: newId(),
    title: 'Bản tin',
    class: kind,
    steps: stepsOf(bulletins),
    starts: [...starts],
    toleranceMs: TOLERANCE_MS[kind],
    onOverride: 'drop',
    longestMs: LONGEST_MS[kind],
    startOffsetMs: 0,
    ...change,
  };
}

export const approvalOf = ({ id, parts }: Bulletin, change: Partial<Approval> = {}): Approval => ({
  bulletin: id,
  approver: newId(),
  approverName: 'Cán bộ xã',
  approvedAt: 0,
  class: 'emergency',
  validUntil: null,
  parts: parts.map(({ sound }) => sound.rendering.sha256),
  envelope: null,
  ...change,
});

export const bodyOf = (station: string, broadcasts: PlannedBroadcast[], bulletins: readonly Bulletin[]): Body => ({
  station,
  broadcasts,
  renderings: bulletins.flatMap(({ parts }) => parts.map(({ sound }) => sound.rendering)),
  approvals: bulletins.map((bulletin) => approvalOf(bulletin)),
});
