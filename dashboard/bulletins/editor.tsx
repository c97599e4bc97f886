/** Writing a bulletin: what it is about, and one column for each tongue. A form half filled is kept. */

import { Button } from '@mantine/core';
import type { Bulletin, BulletinPart } from '@tieng-loa/protocol/views.ts';
import { useLocation } from 'wouter';
import { ProblemNote } from '../ui/page.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './bulletins.module.css';
import { emptyPart } from './draft.ts';
import { type BulletinForm, useBulletinForm } from './form.ts';
import { HeadFields } from './head-fields.tsx';
import { LanguageChoice, missingLanguages, useZones } from './languages.tsx';
import { Newer } from './newer.tsx';
import { PartColumn } from './part-column.tsx';
import { Waits } from './waits.tsx';

interface BulletinEditorProps {
  id: string;
  /** null where it is new */
  bulletin: Bulletin | null;
  /** the class of a new one */
  begunAs: Bulletin['class'];
  onDone(): void;
}

export function BulletinEditor({ id, bulletin, begunAs, onDone }: BulletinEditorProps) {
  const words = useWords().bulletins;
  const { languageName, list } = useFormat();
  const zones = useZones();
  const form = useBulletinForm(id, bulletin, begunAs);
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
      <HeadFields draft={draft} change={change} untitled={form.lacks.title} />
      <div className={css.columns}>
        {draft.parts.map((part, index) => (
          <PartColumn
            key={part.language}
            title={draft.title}
            part={part}
            silent={form.lacks.sound.includes(part.language)}
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

function EditorFoot({ form, bulletin, onDone }: { form: BulletinForm; bulletin: Bulletin | null; onDone(): void }) {
  const words = useWords().bulletins;
  const { languageName, list } = useFormat();
  const [, go] = useLocation();
  const newer = bulletin !== null && form.draft.touched && bulletin.revision !== form.draft.revision;
  return (
    <>
      <ProblemNote problem={form.problem} />
      {newer && <Newer title={bulletin.title} updatedAt={bulletin.updatedAt} onKeep={form.keepMine} onTake={form.drop} />}
      <div className={css.foot}>
        {/* waits for the uploads only, and says so beside itself */}
        <Button type="submit" variant="default" loading={form.sending} disabled={form.uploading}>
          {words.save}
        </Button>
        <Button
          loading={form.sending}
          disabled={form.uploading}
          onClick={(event) => void form.submit(event.currentTarget.form).then((done) => done && onDone())}
        >
          {form.draft.touched ? words.saveAndSubmit : words.submit}
        </Button>
        {(form.draft.touched || (bulletin && bulletin.state !== 'draft')) && (
          <Button
            variant="subtle"
            onClick={() => {
              form.drop();
              if (bulletin) onDone();
              else go('/ban-tin');
            }}
          >
            {form.draft.touched ? words.discard : words.cancel}
          </Button>
        )}
        <span className={css.dim} role="status">
          {form.uploading
            ? words.waitUploads
            : form.lacks.anySound
              ? words.needSoundSomewhere
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
