/** A day to choose, written as people here read it whatever the browser's own language is; the browser's calendar opens on it. */
import { useRef } from 'react';
import { instantOf } from '../words/format.ts';
import { useFormat } from '../words/index.tsx';
import css from './date-field.module.css';

interface DateFieldProps {
  label: string;
  /** `YYYY-MM-DD` */
  value: string;
  min?: string;
  max?: string;
  onChange(value: string): void;
}

export function DateField({ label, value, min, max, onChange }: DateFieldProps) {
  const { formatDay } = useFormat();
  const field = useRef<HTMLInputElement>(null);
  return (
    <span className={css.field}>
      <span aria-hidden="true">{formatDay(instantOf(value))}</span>
      <input
        ref={field}
        type="date"
        aria-label={label}
        value={value}
        min={min}
        max={max}
        onClick={() => field.current?.showPicker?.()}
        onChange={({ currentTarget: { value: chosen } }) => chosen !== '' && onChange(chosen)}
      />
    </span>
  );
}
