/** A day to choose, written as people here read it whatever the browser's own language is; the browser's calendar opens on it. */
import { Button } from '@mantine/core';
import { useId, useRef } from 'react';
import { instantOf } from '../words/format.ts';
import { useFormat } from '../words/index.tsx';
import css from './date-field.module.css';

interface DateFieldProps {
  label: string;
  /** `YYYY-MM-DD`; empty where none is chosen */
  value: string;
  min?: string;
  max?: string;
  onChange(value: string): void;
}

export function DateField({ label, value, min, max, onChange }: DateFieldProps) {
  return <Day label={label} value={value} min={min} max={max} onChange={onChange} />;
}

interface LabelledProps extends DateFieldProps {
  help?: string;
  /** where a day may be left out: what stands then, and what takes the day away */
  optional?: { none: string; clear: string };
}

/** The same in a form: under its label, and with a way to no day where that is a choice. */
export function LabelledDate({ label, help, optional, value, onChange, ...bounds }: LabelledProps) {
  const id = useId();
  return (
    <div className={css.labelled}>
      <span id={id} className={css.label} aria-hidden="true">
        {label}
      </span>
      <span className={css.row}>
        <Day label={label} value={value} none={optional?.none} describedBy={help && `${id}-help`} onChange={onChange} {...bounds} />
        {optional && value !== '' && (
          <Button variant="subtle" onClick={() => onChange('')}>
            {optional.clear}
          </Button>
        )}
      </span>
      {help && (
        <span id={`${id}-help`} className={css.help}>
          {help}
        </span>
      )}
    </div>
  );
}

interface DayProps {
  label: string;
  value: string;
  none?: string | undefined;
  describedBy?: string | undefined;
  min?: string | undefined;
  max?: string | undefined;
  onChange(value: string): void;
}

function Day({ label, value, none = '—', describedBy, min, max, onChange }: DayProps) {
  const { formatDay } = useFormat();
  const field = useRef<HTMLInputElement>(null);
  return (
    <span className={css.field}>
      <span aria-hidden="true">{value === '' ? none : formatDay(instantOf(value))}</span>
      <input
        ref={field}
        type="date"
        aria-label={label}
        aria-describedby={describedBy}
        value={value}
        min={min}
        max={max}
        onClick={() => field.current?.showPicker?.()}
        onChange={({ currentTarget: { value: chosen } }) => chosen !== '' && onChange(chosen)}
      />
    </span>
  );
}
