/** What a bulletin is about: title, subject, the highest class it may be aired in, how long it holds. */

import { NativeSelect, TextInput } from '@mantine/core';
import { LabelledDate } from '../ui/date-field.tsx';
import { useWords } from '../words/index.tsx';
import css from './bulletins.module.css';
import { CLASS_ORDER, ClassChoice } from './class-choice.tsx';
import type { BulletinDraft } from './draft.ts';

interface HeadFieldsProps {
  draft: BulletinDraft;
  change(part: Partial<BulletinDraft>): void;
  /** it was sent without a title */
  untitled: boolean;
}

export function HeadFields({ draft, change, untitled }: HeadFieldsProps) {
  const words = useWords().bulletins;
  const subjects = Object.entries(words.subjects).map(([value, label]) => ({ value, label }));
  return (
    <div className={css.fields}>
      <TextInput
        className={css.wide ?? ''}
        label={words.fieldTitle}
        placeholder={words.titleExample}
        value={draft.title}
        maxLength={200}
        error={untitled ? words.needTitle : undefined}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <NativeSelect
        label={words.fieldSubject}
        data={subjects}
        value={draft.subject}
        onChange={(event) => change({ subject: event.currentTarget.value as BulletinDraft['subject'] })}
      />
      <LabelledDate
        label={words.fieldValid}
        help={words.validHelp}
        optional={{ none: words.noLimit, clear: words.clearDay }}
        value={draft.validDay}
        onChange={(validDay) => change({ validDay })}
      />
      <div className={css.wide}>
        <ClassChoice label={words.fieldClass} value={draft.class} choices={CLASS_ORDER} onChange={(chosen) => change({ class: chosen })} />
      </div>
    </div>
  );
}
