/** One airing as it sounds: its steps as sounds, the parts that were heard, and the report of how it ended. */
import type { PlayerSettings, Step } from '@tieng-loa/protocol/plan.ts';
import type { Reason } from '@tieng-loa/protocol/problems.ts';
import type { HeardPart, Report, Result } from '@tieng-loa/protocol/report.ts';
import type { OnAir, Ready } from '@tieng-loa/timetable/decide.ts';
import { type Airing, deadlineOf } from '@tieng-loa/timetable/sources.ts';
import { CHIME_MS, durationOf, renderingsOf } from '@tieng-loa/timetable/steps.ts';
import type { Sound } from './speaker.ts';
import type { ClockTrust } from './timekeeper.ts';

/** A part's first and last sound. */
type Part = Extract<Step, { kind: 'part' }>;
export interface Score {
  sounds: Sound[];
  /** which part a sound belongs to; null in chimes and pauses */
  partOf: (Part | null)[];
}
/** Where audio lies. A chime that is missing or damaged is left out: the voice matters. */
export interface Audio {
  rendering: (sha256: string) => string;
  chime: (chime: keyof typeof CHIME_MS) => string | null;
}

/** @returns the steps as sounds, in order. */
export function scoreOf(ready: Ready, audio: Audio): Score {
  const score: Score = { sounds: [], partOf: [] };
  const add = (sound: Sound, part: Part | null): void => {
    score.sounds.push(sound);
    score.partOf.push(part);
  };
  for (const step of ready.playable.steps) {
    if (step.kind === 'pause') add({ kind: 'silence', durationMs: step.durationMs }, null);
    else if (step.kind === 'chime') {
      const path = audio.chime(step.chime);
      if (path) add({ kind: 'file', path, durationMs: CHIME_MS[step.chime], gainDb: step.gainDb }, null);
    } else {
      for (const sha of step.renderings) {
        const durationMs = ready.airing.source.renderings.get(sha)?.durationMs ?? 0;
        add({ kind: 'file', path: audio.rendering(sha), durationMs, gainDb: step.gainDb }, step);
      }
    }
  }
  return score;
}

export interface ReportParts {
  player: string;
  station: string;
  airing: Airing;
  volume: number;
  clock: ClockTrust;
}

/** @returns the report of an airing that never began. */
export function missedReport(
  parts: ReportParts,
  reason: Reason,
  { lacked, missingLanguages }: { lacked: readonly string[]; missingLanguages: readonly string[] },
  now: number,
): Report {
  const { airing, clock, player, station, volume } = parts;
  const { broadcast, renderings } = airing.source;
  return {
    id: airing.id,
    player,
    station,
    broadcast: broadcast.id,
    title: broadcast.title,
    class: broadcast.class,
    plannedAt: airing.plannedAt,
    repeat: airing.repeat,
    result: 'missed',
    reason,
    startedAt: null,
    endedAt: now,
    latenessMs: null,
    parts: [],
    missingLanguages: missingLanguages.slice(0, 16),
    lackedBytes: lacked.reduce((sum, sha) => sum + (renderings.get(sha)?.sizeBytes ?? 0), 0),
    volume,
    clock: { state: clock.state, errorMs: clock.errorMs },
  };
}

export interface Sounding {
  readonly ready: Ready;
  readonly score: Score;
  readonly startedAt: number | null;
  /** what the deciding rule and the status are told; `elapsedMs` by the monotonic clock */
  onAir(monotonic: number): OnAir;
  totalMs: number;
  language(): string | null;
  started(at: number, monotonic: number): void;
  /** a sound begins; @returns whether a part began or ended, which is worth keeping */
  began(index: number, at: number): boolean;
  /** how it stands if it ends at `at` */
  report(result: Result, reason: Reason | null, at: number): Report;
}

/** @returns an airing that is about to sound. */
export function openSounding(ready: Ready, score: Score, parts: ReportParts, plannedStart: number): Sounding {
  const { airing, playable } = ready;
  const { broadcast } = airing.source;
  const heard: HeardPart[] = [];
  let startedAt: number | null = null;
  let startedMono = 0;
  let current: Part | null = null;

  const closePart = (at: number, whole: boolean): void => {
    const last = heard.at(-1);
    if (current && last) Object.assign(last, { endedAt: Math.max(at, last.startedAt), whole });
    current = null;
  };
  return {
    ready,
    score,
    totalMs: durationOf(playable.steps, airing.source.renderings),
    get startedAt() {
      return startedAt;
    },
    onAir: (monotonic) => ({
      id: airing.id,
      broadcast: broadcast.id,
      class: broadcast.class,
      plannedAt: airing.plannedAt,
      startedAt: startedAt ?? plannedStart,
      elapsedMs: startedAt === null ? 0 : Math.max(Math.round(monotonic - startedMono), 0),
      longestMs: broadcast.longestMs,
      renderings: renderingsOf(playable.steps),
    }),
    language: () => current?.language ?? null,
    started(at, monotonic) {
      startedAt = at;
      startedMono = monotonic;
    },
    began(index, at) {
      const part = score.partOf[index] ?? null;
      if (part === current) return false;
      closePart(at, true);
      current = part;
      if (part && heard.length < 200)
        heard.push({ bulletin: part.bulletin, language: part.language, startedAt: at, endedAt: at, whole: false });
      return true;
    },
    report(result, reason, at) {
      if (result === 'aired') closePart(at, true);
      const open = current !== null;
      const never = startedAt === null;
      const base = missedReport(parts, reason ?? 'late', playable, at);
      return {
        ...base,
        result,
        // a programme that left out a bulletin, an emergency that left out a tongue, say why
        reason: reason ?? (playable.lacked.length > 0 ? 'not-held' : null),
        startedAt,
        latenessMs: never ? null : startedAt! - airing.plannedAt,
        parts: heard.map((part, at2) =>
          open && at2 === heard.length - 1 ? { ...part, endedAt: Math.max(at, part.startedAt) } : { ...part },
        ),
      };
    },
  };
}

/** The volume and clock of a report come from here, so that a report says how it was then. */
export const reportParts = (
  who: { player: string; station: string },
  airing: Airing,
  settings: Pick<PlayerSettings, 'volume'>,
  clock: ClockTrust,
): ReportParts => ({ ...who, airing, volume: settings.volume, clock });

/** Whether the airing that comes is still the one that was made ready, with the same sounds. */
export function sameReady(a: Ready, b: Ready): boolean {
  return (
    a.airing.id === b.airing.id &&
    deadlineOf(a.airing) === deadlineOf(b.airing) &&
    JSON.stringify(a.playable.steps) === JSON.stringify(b.playable.steps)
  );
}
