/** The three classes as three clear choices, each with what it does under the horns. */
import type { BroadcastClass } from '@tieng-loa/protocol/plan.ts';
import { useId } from 'react';
import { useWords } from '../words/index.tsx';
import css from './choice.module.css';

/** Lowest first, as the circular names them. */
export const CLASS_ORDER: readonly BroadcastClass[] = ['routine', 'priority', 'emergency'];

interface ClassChoiceProps {
  label: string;
  value: BroadcastClass;
  onChange(value: BroadcastClass): void;
  /** the classes that may be chosen; the others stay visible */
  choices: readonly BroadcastClass[];
  /** why the others may not */
  barred?: string;
  error?: string | undefined;
}

export function ClassChoice({ label, value, onChange, choices, barred, error }: ClassChoiceProps) {
  const words = useWords();
  const name = useId();
  return (
    <fieldset className={css.choices} aria-describedby={error ? `${name}-error` : undefined}>
      <legend className={css.legend}>{label}</legend>
      {CLASS_ORDER.map((one) => {
        const open = choices.includes(one);
        return (
          <label
            key={one}
            className={css.choice}
            data-class={one}
            data-chosen={one === value || undefined}
            data-barred={!open || undefined}
          >
            <input type="radio" name={name} value={one} checked={one === value} disabled={!open} onChange={() => onChange(one)} />
            <span className={css.word}>{words.shell.classes[one]}</span>
            <span className={css.help}>{open ? words.bulletins.classHelp[one] : barred}</span>
          </label>
        );
      })}
      {error && (
        <p id={`${name}-error`} role="alert" className={css.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
