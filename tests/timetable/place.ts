/** One place for tests of the deciding rule: broadcasts by a short word, facts with everything in order unless said otherwise. */
import { airingId, newId, sha256 } from '@tieng-loa/protocol/ids.ts';
import { MINUTE } from '@tieng-loa/protocol/limits.ts';
import type { Approval, BroadcastClass, PlannedBroadcast, Rendering, Step } from '@tieng-loa/protocol/plan.ts';
import type { Silence } from '@tieng-loa/protocol/urgent.ts';
import { type Decision, decide, type Facts, type OnAir } from '@tieng-loa/timetable/decide.ts';
import { LONGEST_MS, TOLERANCE_MS } from '@tieng-loa/timetable/rank.ts';
import type { Source } from '@tieng-loa/timetable/sources.ts';

export const PLAYER = newId();
export const at = (time: string, day = '2026-11-24'): number => Date.parse(`${day}T${time}+07:00`);
/** The rendering of one part: `vi0` is the Vietnamese part of the first item. */
export const shaOf = (broadcast: string, part: string): string => sha256(`${broadcast} ${part}`);

export interface Planned {
  id?: string;
  class?: BroadcastClass;
  /** items, each the languages of its parts */
  items?: string[][];
  urgent?: boolean;
  expiresAt?: number;
  approval?: Partial<Approval>;
  broadcast?: Partial<PlannedBroadcast>;
}

/** A broadcast that starts at these instants. */
export function source(starts: number[], planned: Planned = {}): Source {
  const { id = newId(), class: kind = 'routine', items = [['vi', 'hmn']], urgent = false, expiresAt = Number.MAX_SAFE_INTEGER } = planned;
  const renderings = new Map<string, Rendering>();
  const approvals = new Map<string, Approval>();
  const steps = items.flatMap((languages, item) => {
    const bulletin = newId();
    const parts = languages.map((language): Step => {
      const sha = shaOf(id, `${language}${item}`);
      renderings.set(sha, { sha256: sha, sizeBytes: 1000, durationMs: 60_000 });
      return { kind: 'part', item, bulletin, language, renderings: [sha], gainDb: 0 };
    });
    approvals.set(bulletin, {
      bulletin,
      approver: newId(),
      approverName: 'Cán bộ',
      approvedAt: 0,
      class: 'emergency',
      validUntil: null,
      parts: languages.map((language) => shaOf(id, `${language}${item}`)),
      envelope: null,
      ...planned.approval,
    });
    return parts;
  });
  const broadcast: PlannedBroadcast = {
    id,
    title: id,
    class: kind,
    steps,
    starts,
    toleranceMs: TOLERANCE_MS[kind],
    onOverride: 'drop',
    longestMs: LONGEST_MS[kind],
    startOffsetMs: 0,
    ...planned.broadcast,
  };
  return { broadcast, renderings, approvals, urgent, expiresAt };
}

/** Facts in which nothing hinders anything. */
export const facts = (sources: Source[], change: Partial<Facts> = {}): Facts => ({
  player: PLAYER,
  place: { languages: ['hmn', 'vi'], timeZone: 'Asia/Ho_Chi_Minh', quietHours: { from: '21:00', to: '05:30' } },
  sources,
  silences: [],
  holding: () => 'held',
  brokenOff: () => false,
  settled: () => false,
  onAir: null,
  clock: { state: 'trusted', errorMs: 100, doubtedUntil: 0 },
  speakerReady: true,
  since: 0,
  from: 0,
  ...change,
});

/** An airing under way since `startedAt`. */
export const onAir = ({ broadcast }: Source, plannedAt: number, startedAt: number, change: Partial<OnAir> = {}): OnAir => ({
  id: airingId({ broadcast: broadcast.id, plannedAt, player: PLAYER, repeat: 0 }),
  broadcast: broadcast.id,
  class: broadcast.class,
  plannedAt,
  startedAt,
  elapsedMs: 0,
  longestMs: broadcast.longestMs,
  renderings: [],
  ...change,
});

/** A decision in words: `begin ID`, `cut RESULT/REASON`, `end ID REASON`; empty where nothing is to be done. */
export const inWords = ({ begin, cut, ends }: Decision): string[] => [
  ...(cut ? [`cut ${cut.result}/${cut.reason}`] : []),
  ...(begin ? [`begin ${begin.airing.source.broadcast.id}`] : []),
  ...ends.map(({ airing, reason }) => `end ${airing.source.broadcast.id} ${reason}`),
];

export const six = at('06:00:00');
export const silence = (broadcast: string, change: Partial<Silence> = {}): Silence => ({
  id: newId(),
  broadcast,
  plannedAt: null,
  zones: null,
  issuedAt: six,
  expiresAt: six + 10 * MINUTE,
  ...change,
});

export interface Case {
  says: string;
  sources: Source[];
  now: number;
  facts?: Partial<Facts>;
  does: string[];
}
export const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(20)) as [string, string, string];
export const routine = source([six], { id: a });
export const priority = source([six], { id: b, class: 'priority' });
export const emergency = source([six], { id: c, class: 'emergency', urgent: true, expiresAt: six + 40 * MINUTE });
export const later = source([six + MINUTE], { id: b });
export const night = at('21:00:00');
export const lacks =
  (...shas: string[]): Facts['holding'] =>
  (sha) =>
    shas.includes(sha) ? 'lacked' : 'held';

/** Tries each case: what is decided there, in words. */
export const tried = ({ sources, now, facts: change = {} }: Case): string[] => inWords(decide(facts(sources, change), now));
