/** What a player needs to fetch, soonest needed first; pure. Orders of an emergency come before everything, its templates before what is far. */
import type { PlannedBroadcast } from '@tieng-loa/protocol/plan.ts';
import { firstStartAfter, type Source } from '@tieng-loa/timetable/sources.ts';
import { renderingsOf, stepsAt } from '@tieng-loa/timetable/steps.ts';
import { TEMPLATE_LEAD_MS } from './limits.ts';

export interface Want {
  kind: 'body' | 'rendering';
  sha256: string;
  sizeBytes: number;
  /** when it is needed; earlier goes first */
  neededAt: number;
}

const OVER_ALL = 0;
const BODY = 1;

/** @returns each file that the sources and the plan to come need, once, in the order of fetching; held or not. */
export function wantsOf(
  { sources, languages }: { sources: readonly Source[]; languages: readonly string[] },
  body: { sha256: string; sizeBytes: number } | null,
  now: number,
): Want[] {
  const wants = new Map<string, Want>();
  const add = (want: Want): void => {
    const held = wants.get(want.sha256);
    if (!held || want.neededAt < held.neededAt) wants.set(want.sha256, want);
  };
  if (body) add({ kind: 'body', ...body, neededAt: BODY });
  for (const source of sources) {
    const neededAt = whenNeeded(source, now);
    if (neededAt === null) continue;
    for (const sha256 of renderingsOf(stepsAt(source.broadcast.steps, languages))) {
      const rendering = source.renderings.get(sha256);
      if (rendering) add({ kind: 'rendering', sha256, sizeBytes: rendering.sizeBytes, neededAt });
    }
  }
  return [...wants.values()].sort((a, b) => a.neededAt - b.neededAt);
}

/** @returns when a source's audio is needed; null where no airing of it is to come. */
function whenNeeded(source: Source, now: number): number | null {
  const { broadcast, urgent, expiresAt } = source;
  if (expiresAt <= now) return null;
  if (urgent) return broadcast.class === 'emergency' ? OVER_ALL : now;
  if (isTemplate(broadcast)) return now + TEMPLATE_LEAD_MS;
  return firstStartAfter(source, now - broadcast.toleranceMs);
}

/** An emergency without starts lies ready for the button. */
const isTemplate = (broadcast: PlannedBroadcast): boolean => broadcast.class === 'emergency' && broadcast.starts.length === 0;
