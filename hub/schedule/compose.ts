/** Turns a running order into what sounds: steps, the renderings and approvals they need, and whether it may be aired. */
import { STARTS, STEPS } from '@tieng-loa/protocol/limits.ts';
import { type Approval, type BroadcastClass, CLASSES, type Rendering, type Step } from '@tieng-loa/protocol/plan.ts';
import type { ProgrammeItem } from '@tieng-loa/protocol/views.ts';
import { durationOf } from '@tieng-loa/timetable/steps.ts';
import type { BroadcastFacts, BulletinFacts, Content, RecordingFacts } from './facts.ts';
import { startsOf, type Window } from './recurrence.ts';

/** What a running order sounds like, approved or not: what is not ready yet is left out of `steps`. */
export interface Composition {
  steps: Step[];
  /** what it is meant to be: parts that are not ready stand in it without renderings, so that missing languages are known early */
  intended: Step[];
  renderings: ReadonlyMap<string, Rendering>;
  bulletins: BulletinFacts[];
  approvals: Approval[];
  /** languages of the parts, approved or not, in the order they are named */
  languages: string[];
  durationMs: number;
  /** the first bulletin that keeps it from being aired at all, or null where each is approved and ready */
  unapproved: BulletinFacts | null;
  /** the highest class that every bulletin in it allows */
  class: BroadcastClass;
  /** from when on, and until when, all approvals hold */
  approvedAt: number;
  validUntil: number | null;
}

const rankOf = (one: BroadcastClass): number => CLASSES.indexOf(one);
export const isAbove = (one: BroadcastClass, other: BroadcastClass): boolean => rankOf(one) > rankOf(other);

/** Composes the items of a programme. Bulletins and recordings that are not among the facts count as not approved. */
export function compose(items: readonly ProgrammeItem[], content: Content): Composition {
  const bulletins = new Map<string, BulletinFacts>();
  const renderings = new Map<string, Rendering>();
  const intended = items.flatMap((item, index): Step[] => {
    if (item.kind === 'chime') return [{ kind: 'chime', chime: item.chime, gainDb: 0 }];
    if (item.kind === 'pause') return [{ kind: 'pause', durationMs: item.durationMs }];
    const bulletin = content.bulletins.get(item.bulletin) ?? absent(item.bulletin);
    bulletins.set(bulletin.id, bulletin);
    for (const rendering of renderingsOf(bulletin, content)) renderings.set(rendering.sha256, rendering);
    return partsOf(bulletin, index, content);
  });
  const steps = intended.filter((step) => step.kind !== 'part' || step.renderings.length > 0);
  const all = [...bulletins.values()];
  const limits = all.flatMap((bulletin) => (bulletin.validUntil === null ? [] : [bulletin.validUntil]));
  return {
    steps,
    intended,
    renderings,
    bulletins: all,
    approvals: all.flatMap((bulletin) => (bulletin.approval === null ? [] : [bulletin.approval])),
    languages: [...new Set(all.flatMap((bulletin) => bulletin.parts.map((part) => part.language)))],
    durationMs: durationOf(steps, renderings),
    unapproved: all.find((bulletin) => !isApproved(bulletin, content)) ?? null,
    class: all.reduce<BroadcastClass>(
      (lowest, { class: own }) => (isAbove(lowest, own) ? own : lowest),
      all.length > 0 ? 'emergency' : 'routine',
    ),
    approvedAt: Math.max(0, ...all.map((bulletin) => bulletin.approval?.approvedAt ?? 0)),
    validUntil: limits.length > 0 ? Math.min(...limits) : null,
  };
}

/** A bulletin that somebody removed: it stands for itself, unapproved, so that nothing is aired around a gap. */
const absent = (id: string): BulletinFacts => ({
  id,
  title: '',
  class: 'emergency',
  validUntil: null,
  parts: [],
  state: 'withdrawn',
  approval: null,
});

const recordingsOf = (ids: readonly string[], content: Content): RecordingFacts[] => ids.flatMap((id) => content.recordings.get(id) ?? []);

/** @returns the renderings of a bulletin that are ready, in order. */
export const renderingsOf = (bulletin: Pick<BulletinFacts, 'parts'>, content: Content): Rendering[] =>
  bulletin.parts.flatMap((part) => recordingsOf(part.recordings, content).flatMap((recording) => recording.rendering ?? []));

function partsOf(bulletin: BulletinFacts, item: number, content: Content): Step[] {
  return bulletin.parts.flatMap((part): Step[] => {
    const renderings = recordingsOf(part.recordings, content).flatMap((recording) => recording.rendering?.sha256 ?? []);
    if (part.recordings.length === 0) return [];
    return [{ kind: 'part', item, bulletin: bulletin.id, language: part.language, renderings, gainDb: 0 }];
  });
}

/** Approved, and what would sound is exactly what was approved. */
function isApproved(bulletin: BulletinFacts, content: Content): boolean {
  if (bulletin.state !== 'approved' || bulletin.approval === null) return false;
  const approved = bulletin.approval.parts;
  const sounding = renderingsOf(bulletin, content);
  return sounding.length === approved.length && sounding.every((rendering, at) => rendering.sha256 === approved[at]);
}

/** @returns what a broadcast sounds like, or null where its programme is gone. */
export function compositionOf(broadcast: Pick<BroadcastFacts, 'programme'>, content: Content): Composition | null {
  const programme = content.programmes.get(broadcast.programme);
  return programme === undefined ? null : compose(programme.items, content);
}

/** Whether players may be told to air it: every bulletin approved as it stands, for this class at least, and something to sound. */
export const isAirable = (broadcast: Pick<BroadcastFacts, 'class'>, composition: Composition | null): composition is Composition =>
  composition !== null &&
  composition.unapproved === null &&
  !(composition.bulletins.length > 0 && isAbove(broadcast.class, composition.class)) &&
  composition.steps.length > 0 &&
  composition.steps.length <= STEPS;

/**
 * @returns when a broadcast is to begin: the press for "now"; else by its rule, from when it was made until it was cancelled, without the
 * starts that a person called off.
 */
export function plannedStarts(broadcast: BroadcastFacts, window: Window, calledOff: ReadonlySet<number> = new Set()): number[] {
  if (broadcast.startedNowAt !== null)
    return broadcast.startedNowAt >= window.from && broadcast.startedNowAt < window.to ? [broadcast.startedNowAt] : [];
  const from = Math.max(window.from, broadcast.createdAt);
  const to = Math.min(window.to, broadcast.cancelledAt ?? window.to);
  return startsOf(broadcast.when, { ...window, from, to }).filter((at) => !calledOff.has(at));
}

/**
 * @returns whether a player may truly have aired it then: a start of its rule after it was made. A player that had not heard yet that it was
 * cancelled or called off aired it all the same.
 */
export const isStartOf = (broadcast: Pick<BroadcastFacts, 'when' | 'startedNowAt' | 'createdAt'>, at: number, timeZone: string): boolean =>
  broadcast.startedNowAt !== null
    ? at === broadcast.startedNowAt
    : at >= broadcast.createdAt && startsOf(broadcast.when, { timeZone, from: at, to: at + 1 }).length > 0;

/**
 * @returns those of the starts at which the approvals hold. One that was approved a little late may still begin within its tolerance,
 * so its start stays.
 */
export const approvedStarts = (broadcast: BroadcastFacts, composition: Composition, starts: readonly number[]): number[] =>
  starts
    .filter(
      (at) => at + broadcast.toleranceMs >= composition.approvedAt && (composition.validUntil === null || at < composition.validUntil),
    )
    .slice(0, STARTS);
