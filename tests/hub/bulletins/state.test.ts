import { BULLETIN_STATES } from '@tieng-loa/protocol/views.ts';
import { expect, test } from 'vitest';
import { type Act, after, type State } from '../../../hub/bulletins/state.ts';

const table: Record<Act, Record<State, State | 'wrong-state'>> = {
  edit: { draft: 'draft', submitted: 'draft', approved: 'draft', withdrawn: 'draft' },
  submit: { draft: 'submitted', submitted: 'submitted', approved: 'wrong-state', withdrawn: 'submitted' },
  approve: { draft: 'wrong-state', submitted: 'approved', approved: 'approved', withdrawn: 'wrong-state' },
  return: { draft: 'wrong-state', submitted: 'draft', approved: 'wrong-state', withdrawn: 'wrong-state' },
  withdraw: { draft: 'wrong-state', submitted: 'wrong-state', approved: 'withdrawn', withdrawn: 'withdrawn' },
};

test.each((Object.keys(table) as Act[]).flatMap((act) => BULLETIN_STATES.map((state) => [act, state, table[act][state]] as const)))(
  '%s of a bulletin that is %s: %s',
  (act, state, next) => {
    if (next === 'wrong-state') expect(() => after(state, act)).toThrow(expect.objectContaining({ code: 'wrong-state', facts: { state } }));
    else expect(after(state, act)).toBe(next);
  },
);
