/** The form of a programme: what is entered is kept, sent once under one id, and what was newer is never overwritten. */

import { useQueryClient } from '@tanstack/react-query';
import type { Programme } from '@tieng-loa/protocol/views.ts';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { renew, useSend } from '../api/hub.ts';
import { useRemoval } from '../bulletins/removal.ts';
import { programmeDrafts } from '../bulletins/unsaved.tsx';
import { useStation } from '../session/me.tsx';
import { useDraft } from '../ui/draft.ts';
import { useWords } from '../words/index.tsx';
import { draftOf, type ProgrammeDraft } from './order.ts';

export type ProgrammeForm = ReturnType<typeof useProgrammeForm>;

export function useProgrammeForm(id: string, programme: Programme | null) {
  const words = useWords().programmes;
  const station = useStation();
  const store = useQueryClient();
  const [, go] = useLocation();
  const initial = draftOf(programme);
  const [kept, setKept, forget] = useDraft<ProgrammeDraft>(`${programmeDrafts(station.id)}${id}`, initial);
  const draft = kept.touched ? kept : initial;
  const [tried, setTried] = useState(false);
  const [saved, setSaved] = useState(false);
  const put = useSend('PUT /api/stations/:station/programmes/:programme');
  const removal = useRemoval('DELETE /api/programmes/:programme');
  const faults = {
    title: draft.title.trim() === '',
    lines: !draft.lines.some(({ item }) => item.kind === 'bulletin'),
  };
  /** @returns whether the hub has what is shown */
  const save = async (): Promise<boolean> => {
    setTried(true);
    if (programme && !draft.touched) {
      setSaved(true);
      return true;
    }
    if (faults.title || faults.lines) return false;
    const body = { title: draft.title.trim(), items: draft.lines.map(({ item }) => item), revision: draft.revision };
    const answer = await put.send({ params: { station: station.id, programme: id }, body });
    if (!answer) {
      // where it was refused for being old, what is newer is shown
      void renew(store, 'programmes');
      return false;
    }
    store.setQueryData<Programme[]>(['GET /api/stations/:station/programmes', { station: station.id }, {}], (before = []) => [
      answer,
      ...before.filter((one) => one.id !== id),
    ]);
    forget();
    setSaved(true);
    go(`/chuong-trinh/${id}`, { replace: true });
    return true;
  };
  return {
    draft,
    saved,
    faults: { title: tried && faults.title, lines: tried && faults.lines },
    sending: put.sending,
    problem: put.problem,
    change: (part: Partial<ProgrammeDraft>) => {
      setSaved(false);
      setKept((before) => ({ ...(before.touched ? before : initial), ...part, touched: true }));
    },
    drop: () => {
      put.clear();
      forget();
    },
    /** what was entered goes on from the newer version */
    keepMine: () => {
      put.clear();
      if (programme) setKept((before) => ({ ...before, revision: programme.revision }));
    },
    onSubmit: (event: FormEvent) => {
      event.preventDefault();
      void save();
    },
    schedule: () => void save().then((done) => done && go(`/lich/moi?chuong-trinh=${id}`)),
    remove: () => {
      removal({ id, options: { params: { programme: id } }, says: words.removed(draft.title), onBack: () => go(`/chuong-trinh/${id}`) });
      go('/chuong-trinh');
    },
  };
}
