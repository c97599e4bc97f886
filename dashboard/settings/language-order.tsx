/** Languages in an order, moved by buttons or by dragging. */
import { ActionIcon, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../ui/icons.tsx';
import { LANGUAGES } from '../words/format.ts';
import { useFormat, useWords } from '../words/index.tsx';
import css from './settings.module.css';

interface LanguageOrderProps {
  languages: readonly string[];
  onChange(languages: string[]): void;
}

/** @returns the list with the entry at `from` standing at `to`. */
function moved(list: readonly string[], from: number, to: number): string[] {
  const rest = list.toSpliced(from, 1);
  return rest.toSpliced(to, 0, list[from]!);
}

export function LanguageOrder({ languages, onChange }: LanguageOrderProps) {
  const words = useWords().settings.zones;
  const { languageName } = useFormat();
  const [dragged, setDragged] = useState<number | null>(null);
  const others = LANGUAGES.filter((tag) => !languages.includes(tag));
  return (
    <fieldset className={css.fieldset}>
      <legend>{words.languages}</legend>
      <ol className={css.order}>
        {languages.map((tag, index) => (
          <li
            key={tag}
            draggable
            data-dragged={dragged === index || undefined}
            onDragStart={() => setDragged(index)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => {
              event.preventDefault();
              if (dragged === null || dragged === index) return;
              onChange(moved(languages, dragged, index));
              setDragged(index);
            }}
          >
            <span>
              {index + 1}. {languageName(tag)}
            </span>
            <ActionIcon
              variant="subtle"
              disabled={index === 0}
              aria-label={words.up(languageName(tag))}
              onClick={() => onChange(moved(languages, index, index - 1))}
            >
              <Icon name="up" />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              disabled={index === languages.length - 1}
              aria-label={words.down(languageName(tag))}
              onClick={() => onChange(moved(languages, index, index + 1))}
            >
              <Icon name="down" />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              disabled={languages.length === 1}
              aria-label={words.drop(languageName(tag))}
              onClick={() => onChange(languages.toSpliced(index, 1))}
            >
              <Icon name="cross" />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <NativeSelect
        aria-label={words.addLanguage}
        value=""
        onChange={({ currentTarget: { value } }) => value !== '' && onChange([...languages, value])}
        data={[{ value: '', label: words.addLanguage }, ...others.map((value) => ({ value, label: languageName(value) }))]}
      />
    </fieldset>
  );
}
