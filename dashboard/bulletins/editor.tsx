/** Writing a bulletin: what it is about, and one column for each tongue. A form half filled is kept. */

import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Bulletin, BulletinPart } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useSend } from '../api/hub.ts';
import { useUploads } from '../recordings/uploads.ts';
import { useStation } from '../session/me.tsx';
import { useDraft } from '../ui/draft.ts';
import { ProblemNote } from '../ui/page.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './bulletins.module.css';
import { type BulletinDraft, bodyOf, draftOf, emptyPart, newDraft } from './draft.ts';
import { HeadFields } from './head-fields.tsx';
import { heardLanguages, LanguageChoice, missingLanguages, useZones } from './languages.tsx';
import { PartColumn } from './part-column.tsx';
import { useRemoval } from './removal.ts';
import { Waits } from './waits.tsx';

interface BulletinEditorProps {
  id: string;
  /** null where it is new */
  bulletin: Bulletin | null;
  onDone(): void;
}

export function BulletinEditor({ id, bulletin, onDone }: BulletinEditorProps) {
  const words = useWords().bulletins;
  const { languageName, list } = useFormat();
  const zones = useZones();
  const form = useBulletinForm(id, bulletin);
  const { draft, change } = form;
  // a tongue whose column was taken out; an empty column speaks for itself
  const missing = missingLanguages(
    zones,
    draft.parts.map(({ language }) => language),
  );
  const changePart = (index: number, part: BulletinPart) => change({ parts: draft.parts.map((one, i) => (i === index ? part : one)) });
  return (
    <form onSubmit={form.save}>
      {bulletin && <Waits bulletin={bulletin} zones={zones} />}
      {bulletin && bulletin.state !== 'draft' && (
        <p className={css.note}>{bulletin.state === 'submitted' ? words.editSubmittedWarning : words.editWarning}</p>
      )}
      <HeadFields draft={draft} change={change} untitled={form.untitled} />
      <div className={css.columns}>
        {draft.parts.map((part, index) => (
          <PartColumn
            key={part.language}
            title={draft.title}
            part={part}
            onChange={(next) => changePart(index, next)}
            onRemove={() => change({ parts: draft.parts.filter((_, i) => i !== index) })}
          />
        ))}
      </div>
      <div className={css.adder}>
        <LanguageChoice
          label={words.addLanguage}
          value=""
          placeholder="—"
          without={draft.parts.map(({ language }) => language)}
          onChange={(language) => language && change({ parts: [...draft.parts, emptyPart(language)] })}
        />
        {missing.length > 0 && <p className={css.dim}>{words.missingHint(list(missing.map(languageName)))}</p>}
      </div>
      <EditorFoot form={form} bulletin={bulletin} onDone={onDone} />
    </form>
  );
}

type Form = ReturnType<typeof useBulletinForm>;

function EditorFoot({ form, bulletin, onDone }: { form: Form; bulletin: Bulletin | null; onDone(): void }) {
  const words = useWords().bulletins;
  const { languageName, list } = useFormat();
  const newer = bulletin !== null && form.draft.touched && bulletin.revision !== form.draft.revision;
  return (
    <>
      <ProblemNote problem={form.problem} />
      {newer && (
        <div className={css.note}>
          <p>{words.newerVersion}</p>
          <Button variant="default" onClick={form.drop}>
            {words.takeNewer}
          </Button>
        </div>
      )}
      <div className={css.foot}>
        <Button type="submit" variant="default" loading={form.sending} disabled={form.uploading || !form.draft.touched}>
          {words.save}
        </Button>
        <Button
          loading={form.sending}
          disabled={form.uploading || form.nothingToHear}
          onClick={() => void form.submit().then((done) => done && onDone())}
        >
          {form.draft.touched ? words.saveAndSubmit : words.submit}
        </Button>
        {(form.draft.touched || bulletin?.state !== 'draft') && bulletin && (
          <Button
            variant="subtle"
            onClick={() => {
              form.drop();
              onDone();
            }}
          >
            {form.draft.touched ? words.discard : words.cancel}
          </Button>
        )}
        <span className={css.dim} role="status">
          {form.uploading
            ? words.waitUploads
            : form.silent.length > 0
              ? words.silentParts(list(form.silent.map(languageName)))
              : form.draft.touched
                ? words.unsaved
                : form.saved
                  ? words.saved
                  : ''}
        </span>
      </div>
      {bulletin?.state === 'draft' && (
        <Button variant="subtle" color="red" onClick={form.remove}>
          {words.remove}
        </Button>
      )}
    </>
  );
}

function useBulletinForm(id: string, bulletin: Bulletin | null) {
  const words = useWords().bulletins;
  const station = useStation();
  const zones = useZones();
  const store = useQueryClient();
  const [, go] = useLocation();
  const heard = heardLanguages(zones);
  const initial = bulletin
    ? draftOf(
        bulletin,
        missingLanguages(
          zones,
          bulletin.parts.map(({ language }) => language),
        ),
      )
    : newDraft(heard);
  const [kept, setKept, forget] = useDraft<BulletinDraft>(`bulletin.1.${id}`, initial);
  const draft = kept.touched ? kept : initial;
  const [untitled, setUntitled] = useState(false);
  const [saved, setSaved] = useState(false);
  const put = useSend('PUT /api/stations/:station/bulletins/:bulletin');
  const hand = useSend('POST /api/bulletins/:bulletin/submit');
  const takes = new Set(draft.parts.flatMap(({ recordings }) => recordings));
  // a tongue that is written and not read: the hub takes no bulletin with a silent part
  const silent = draft.parts
    .filter(({ text, recordings }) => text.trim() !== '' && recordings.length === 0)
    .map(({ language }) => language);
  const uploading = useUploads().list.some(({ upload }) => takes.has(upload.id));
  const removal = useRemoval('DELETE /api/bulletins/:bulletin');
  const keep = (answer: Bulletin) => {
    store.setQueryData(['GET /api/bulletins/:bulletin', { bulletin: id }, {}], answer);
    go(`/ban-tin/${id}`, { replace: true });
  };
  const save = async (): Promise<Bulletin | null> => {
    if (draft.title.trim() === '') {
      setUntitled(true);
      return null;
    }
    if (!draft.touched && bulletin) return bulletin;
    const answer = await put.send({ params: { station: station.id, bulletin: id }, body: bodyOf(draft) });
    if (answer) {
      forget();
      setSaved(true);
      keep(answer);
    }
    return answer;
  };
  return {
    draft,
    untitled: untitled && draft.title.trim() === '',
    saved,
    uploading,
    nothingToHear: takes.size === 0 || silent.length > 0,
    silent,
    sending: put.sending || hand.sending,
    problem: put.problem ?? hand.problem,
    change: (part: Partial<BulletinDraft>) => {
      setSaved(false);
      setKept((before) => ({ ...(before.touched ? before : initial), ...part, touched: true }));
    },
    drop: () => {
      put.clear();
      forget();
    },
    save: (event: React.FormEvent) => {
      event.preventDefault();
      void save();
    },
    /** @returns whether it is handed in now */
    submit: async () => {
      const answer = (await save()) && (await hand.send({ params: { bulletin: id } }));
      if (answer) keep(answer);
      return Boolean(answer);
    },
    remove: () => {
      removal({ id, options: { params: { bulletin: id } }, says: words.removed(draft.title), onBack: () => go(`/ban-tin/${id}`) });
      go('/ban-tin');
    },
  };
}
