/** A time of day as people type it; a native field would show twelve hours wherever the device is set so. */
import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useWords } from '../words/index.tsx';
import { timeOfDay } from './calendar.ts';
import css from './schedule.module.css';

interface TimeFieldProps {
  label?: string;
  /** for a field whose label stands above several */
  hiddenLabel?: string;
  value: string;
  onChange(time: string): void;
  /** what stands beside it */
  children?: ReactNode;
}

export function TimeField({ label, hiddenLabel, value, onChange, children }: TimeFieldProps) {
  const words = useWords().schedule;
  const [left, setLeft] = useState(false);
  const wrong = left && value.trim() !== '' && timeOfDay(value) === null;
  return (
    <span className={css.time}>
      <TextInput
        {...(label ? { label } : { 'aria-label': hiddenLabel })}
        inputMode="numeric"
        autoComplete="off"
        placeholder={words.timeExample}
        value={value}
        maxLength={6}
        error={wrong ? words.timeWrong : undefined}
        onChange={(event) => {
          setLeft(false);
          onChange(event.currentTarget.value);
        }}
        onBlur={() => {
          setLeft(true);
          onChange(timeOfDay(value) ?? value);
        }}
      />
      {children}
    </span>
  );
}
