/** The form of a bulletin: what is entered is kept, sent once under one id, and what was newer is never overwritten unasked. */
import { useQueryClient } from '@tanstack/react-query';
import type { Bulletin } from '@tieng-loa/protocol/views.ts';
import { type FormEvent, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { renew, useSend } from '../api/hub.ts';
import { useUploads } from '../recordings/uploads.ts';
import { useStation } from '../session/me.tsx';
import { useDraft } from '../ui/draft.ts';
import { useWords } from '../words/index.tsx';
import { type BulletinDraft, bodyOf, draftOf, newDraft } from './draft.ts';
import { heardLanguages, missingLanguages, useZones } from './languages.tsx';
import { useRemoval } from './removal.ts';
import { bulletinDrafts } from './unsaved.tsx';

export type BulletinForm = ReturnType<typeof useBulletinForm>;

export function useBulletinForm(id: string, bulletin: Bulletin | null, begunAs: Bulletin['class']) {
  const { draft, touched, change, forget } = useBulletinDraft(id, bulletin, begunAs);
  const [tried, setTried] = useState<'save' | 'submit' | null>(null);
  const sound = useSoundOf(draft);
  const sending = useBulletinSending(id, { draft, forget });
  const untitled = draft.title.trim() === '';
  const save = async (): Promise<Bulletin | null> => {
    if (untitled || sound.uploading) return null;
    return !touched && bulletin ? bulletin : sending.save();
  };
  return {
    draft,
    ...sound,
    saved: sending.saved || (tried === 'save' && !touched && bulletin !== null),
    /** what is still to be filled, once it was tried */
    lacks: {
      title: tried !== null && untitled,
      sound: tried === 'submit' ? (sound.none ? draft.parts.map(({ language }) => language) : sound.silent) : [],
      anySound: tried === 'submit' && sound.none,
    },
    sending: sending.sending,
    problem: sending.problem,
    change: (part: Partial<BulletinDraft>) => {
      sending.changed();
      change(part);
    },
    drop: () => {
      sending.changed();
      forget();
    },
    /** what was entered goes on from the newer version */
    keepMine: () => {
      sending.changed();
      if (bulletin) change({ revision: bulletin.revision });
    },
    save: (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      setTried('save');
      toFirstFault(event.currentTarget);
      void save();
    },
    /** @returns whether it is handed in now */
    submit: async (form: HTMLFormElement | null): Promise<boolean> => {
      setTried('submit');
      toFirstFault(form);
      if (untitled || sound.none || sound.silent.length > 0) return false;
      return (await save()) !== null && sending.submit();
    },
    remove: sending.remove,
  };
}

/** On a phone the field in question is a screen away from the button. */
function toFirstFault(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector('[aria-invalid="true"], [data-lacking]')?.scrollIntoView({ block: 'center' }));
}

function useBulletinDraft(id: string, bulletin: Bulletin | null, begunAs: Bulletin['class']) {
  const station = useStation();
  const zones = useZones();
  const spoken = bulletin?.parts.map(({ language }) => language) ?? [];
  const initial = bulletin ? draftOf(bulletin, missingLanguages(zones, spoken)) : newDraft(heardLanguages(zones), begunAs);
  const [kept, setKept, forget] = useDraft<BulletinDraft>(`${bulletinDrafts(station.id)}${id}`, initial);
  const change = (part: Partial<BulletinDraft>) =>
    setKept((before) => ({ ...(before.touched ? before : initial), ...part, touched: true }));
  return { draft: kept.touched ? kept : initial, touched: kept.touched, change, forget };
}

/** What of it can be heard. */
function useSoundOf({ parts }: BulletinDraft) {
  const takes = new Set(parts.flatMap(({ recordings }) => recordings));
  return {
    none: takes.size === 0,
    /** a tongue that is written and not read: the hub takes no bulletin with a silent part */
    silent: parts.filter(({ text, recordings }) => text.trim() !== '' && recordings.length === 0).map(({ language }) => language),
    uploading: useUploads().list.some(({ upload }) => takes.has(upload.id)),
  };
}

function useBulletinSending(id: string, { draft, forget }: { draft: BulletinDraft; forget(): void }) {
  const words = useWords().bulletins;
  const station = useStation();
  const store = useQueryClient();
  const [, go] = useLocation();
  const [saved, setSaved] = useState(false);
  const put = useSend('PUT /api/stations/:station/bulletins/:bulletin');
  const hand = useSend('POST /api/bulletins/:bulletin/submit');
  const removal = useRemoval('DELETE /api/bulletins/:bulletin');
  const refused = put.problem?.code;
  useEffect(() => {
    // a new one whose first answer was lost: what the hub has of it is shown beside what was entered
    if (refused === 'changed-meanwhile') go(`/ban-tin/${id}`, { replace: true });
  }, [refused, go, id]);
  const keep = (answer: Bulletin) => {
    store.setQueryData(['GET /api/bulletins/:bulletin', { bulletin: id }, {}], answer);
    go(`/ban-tin/${id}`, { replace: true });
  };
  return {
    saved,
    sending: put.sending || hand.sending,
    problem: put.problem ?? hand.problem,
    changed: () => {
      put.clear();
      setSaved(false);
    },
    save: async (): Promise<Bulletin | null> => {
      const answer = await put.send({ params: { station: station.id, bulletin: id }, body: bodyOf(draft) });
      if (answer) {
        forget();
        setSaved(true);
        keep(answer);
      } else {
        // where it was refused for being old, what is newer is shown
        void renew(store, 'bulletins');
      }
      return answer;
    },
    submit: async (): Promise<boolean> => {
      const answer = await hand.send({ params: { bulletin: id } });
      if (answer) keep(answer);
      return answer !== null;
    },
    remove: () => {
      removal({ id, options: { params: { bulletin: id } }, says: words.removed(draft.title), onBack: () => go(`/ban-tin/${id}`) });
      go('/ban-tin');
    },
  };
}
