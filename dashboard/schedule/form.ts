/** The form of the schedule: kept while it is half filled, sent once under one id, refusals shown at the field they are about. */
import type { ProblemCode } from '@tieng-loa/protocol/problems.ts';
import type { Zone } from '@tieng-loa/protocol/views.ts';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { useHub, useSend } from '../api/hub.ts';
import { newId } from '../api/ids.ts';
import { useStation } from '../session/me.tsx';
import { useDraft } from '../ui/draft.ts';
import { useUndo } from '../ui/undo.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { bodyOf, chosenZones, newDraft, type ScheduleDraft, whenOf } from './draft.ts';

export type Field = 'what' | 'where' | 'when' | 'class';
/** The field that each refusal is about; any other stands above the button. */
const FIELDS: Partial<Record<ProblemCode | 'unreachable', Field>> = {
  'not-approved': 'what',
  'no-players': 'where',
  'missing-language': 'where',
  'quiet-hours': 'when',
  'past-time': 'when',
  'too-far': 'when',
  'no-starts': 'when',
  'class-not-approved': 'class',
};

export type ScheduleForm = ReturnType<typeof useScheduleForm>;

export function useScheduleForm(wanted: string, zones: readonly Zone[]) {
  const station = useStation();
  const { clock } = useHub();
  const { problemText } = useFormat();
  const [first] = useState(() => newDraft(newId(), wanted, clock.now()));
  const [draft, setDraft, forget] = useDraft<ScheduleDraft>(`schedule.1.${station.id}.${wanted}`, first);
  const [tried, setTried] = useState(false);
  const put = useSend('PUT /api/stations/:station/broadcasts/:broadcast');
  const done = useDone();
  const field = put.problem ? FIELDS[put.problem.code] : undefined;
  const submit = async (form: HTMLFormElement) => {
    setTried(true);
    const body = bodyOf(draft, zones);
    const answer = body && (await put.send({ params: { station: station.id, broadcast: draft.id }, body }));
    if (!answer) {
      // on a phone the field in question is a screen away from the button
      requestAnimationFrame(() => form.querySelector('[role="alert"], [aria-invalid="true"]')?.scrollIntoView({ block: 'center' }));
      return;
    }
    forget();
    done(answer.id, answer.title, draft.kind === 'now');
  };
  return {
    draft,
    sending: put.sending,
    problem: put.problem,
    /** what is still to be filled, once it was tried */
    open: {
      programme: tried && draft.programme === '',
      places: tried && chosenZones(draft, zones).length === 0,
      when: tried && whenOf(draft) === null,
    },
    /** @returns the refusal that is about a field */
    refused: (of: Field): string | undefined => (put.problem && field === of ? problemText(put.problem) : undefined),
    elsewhere: field === undefined,
    change: (part: Partial<ScheduleDraft>) => {
      // where an earlier press was heard by the hub after all, this is another broadcast
      const id = put.problem?.code === 'changed-meanwhile' ? { id: newId() } : {};
      put.clear();
      setDraft((before) => ({ ...before, ...id, ...part }));
    },
    onSubmit: (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      void submit(event.currentTarget);
    },
  };
}

/** @returns where a scheduled broadcast leads, with ten seconds to take it back. */
function useDone(): (id: string, title: string, isNow: boolean) => void {
  const words = useWords().schedule;
  const undo = useUndo();
  const [, go] = useLocation();
  const cancelling = useSend('DELETE /api/broadcasts/:broadcast');
  const stopping = useSend('POST /api/broadcasts/:broadcast/stop');
  return (id, title, isNow) => {
    go(isNow ? '/' : '/lich');
    const params = { broadcast: id };
    undo.offer({
      text: isNow ? words.doneNow(title) : words.done(title),
      undo: () => void (isNow ? stopping.send({ params, body: { plannedAt: null } }) : cancelling.send({ params })),
    });
  };
}
