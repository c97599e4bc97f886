/** The life of a bulletin: draft, submitted, approved, withdrawn; who may move it on, and what it needs for that. */
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Bulletin, BulletinPart } from '@tieng-loa/protocol/views.ts';
import type { RecordingFacts } from '../schedule/facts.ts';

export type State = Bulletin['state'];
export type Act = 'edit' | 'submit' | 'approve' | 'return' | 'withdraw';

/** What each act makes of a bulletin in each state; a state that is not named refuses it. Acts that are sent twice find their own work. */
const moves: Readonly<Record<Act, Partial<Record<State, State>>>> = {
  // an approval holds for what was heard: any change needs a new one
  edit: { draft: 'draft', submitted: 'draft', approved: 'draft', withdrawn: 'draft' },
  submit: { draft: 'submitted', submitted: 'submitted', withdrawn: 'submitted' },
  approve: { submitted: 'approved', approved: 'approved' },
  return: { submitted: 'draft' },
  withdraw: { approved: 'withdrawn', withdrawn: 'withdrawn' },
};

/** @returns the state after `act`. @throws Problem `wrong-state`. */
export function after(state: State, act: Act): State {
  const next = moves[act][state];
  if (next === undefined) throw new Problem('wrong-state', { state });
  return next;
}

/** What is asked about who acts. */
export interface Changer {
  id: string;
  /** may change any bulletin of the station */
  composes: boolean;
}

/** A contributor changes only what they made themselves and have not handed in. @throws Problem `not-allowed`. */
export function refuseChange(changer: Changer, bulletin: { createdBy: string; state: State }): void {
  if (changer.composes || (bulletin.createdBy === changer.id && bulletin.state === 'draft')) return;
  throw new Problem('not-allowed');
}

/** @throws Problem `no-parts` where there is nothing to air, or a language without a recording. */
export function refuseSilence(parts: readonly BulletinPart[]): void {
  if (parts.length === 0 || parts.some((part) => part.recordings.length === 0)) throw new Problem('no-parts');
}

/**
 * @returns the hashes of the renderings in order: what an approver approves.
 * @throws Problem `no-parts`, `recording-not-ready` naming the file.
 */
export function approvable(parts: readonly BulletinPart[], recordings: ReadonlyMap<string, RecordingFacts>): string[] {
  refuseSilence(parts);
  return parts.flatMap((part) =>
    part.recordings.map((id) => {
      const recording = recordings.get(id);
      if (!recording?.rendering) throw new Problem('recording-not-ready', { fileName: recording?.fileName ?? id });
      return recording.rendering.sha256;
    }),
  );
}
