/** Removing a thing: hidden at once in every list, done after ten seconds unless it is taken back, and a refusal is said wherever the person is then. */

import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApiProblem, CallOptions } from '@tieng-loa/protocol/client.ts';
import { renew, useHub } from '../api/hub.ts';
import { subjectOf } from '../api/subjects.ts';
import { useUndo } from '../ui/undo.tsx';
import { useFormat } from '../words/index.tsx';

const KEY = ['going'];
const NONE: readonly string[] = [];

type Removing =
  | 'DELETE /api/bulletins/:bulletin'
  | 'DELETE /api/programmes/:programme'
  | 'DELETE /api/recordings/:recording'
  | 'DELETE /api/broadcasts/:broadcast';

/** @returns whether a thing is on its way out: no list shows it. */
export function useGoing(): (id: string) => boolean {
  const { data = NONE } = useQuery<readonly string[]>({ queryKey: KEY, queryFn: skipToken, gcTime: Number.POSITIVE_INFINITY });
  return (id) => data.includes(id);
}

interface Removal<N extends Removing> {
  id: string;
  options: CallOptions<N>;
  /** one sentence: what is gone */
  says: string;
  /** where it was taken back */
  onBack?: () => void;
}

/** @returns what removes a thing, to be taken back for ten seconds. */
export function useRemoval<N extends Removing>(name: N): (removal: Removal<N>) => void {
  const store = useQueryClient();
  const { call } = useHub();
  const { problemText } = useFormat();
  const undo = useUndo();
  const set = (change: (before: readonly string[]) => readonly string[]) =>
    store.setQueryData<readonly string[]>(KEY, (before = NONE) => change(before));
  return ({ id, options, says, onBack }) => {
    const stay = () => void set((before) => before.filter((one) => one !== id));
    set((before) => [...before, id]);
    const refused = (problem: ApiProblem) => {
      stay();
      undo.offer({ text: problemText(problem) });
    };
    undo.offer({
      text: says,
      undo: () => {
        stay();
        onBack?.();
      },
      later: () => void call(name, options).then(() => renew(store, subjectOf(name)), refused),
    });
  };
}
