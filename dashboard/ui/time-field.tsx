/** A time of day, 24-hour clock whatever the browser's own language is: `5:30`, `530` and `05:30` are all 05:30. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { timeOfDay } from '../words/format.ts';
import { useWords } from '../words/index.tsx';

interface TimeFieldProps {
  label: string;
  /** as it was typed; `timeOfDay` tells whether it is a time */
  value: string;
  onChange(value: string): void;
  error?: React.ReactNode;
}

/** What is no time stays as it was typed, and is said: nobody finds another time than they entered. */
export function TimeField({ label, value, onChange, error }: TimeFieldProps) {
  const words = useWords().shell;
  const [typing, setTyping] = useState(false);
  const time = timeOfDay(value);
  return (
    <TextInput
      label={label}
      value={value}
      inputMode="numeric"
      placeholder="05:30"
      maxLength={5}
      error={time === null && !typing ? words.noTime : error}
      onChange={(event) => onChange(event.currentTarget.value)}
      onFocus={() => setTyping(true)}
      onBlur={() => {
        setTyping(false);
        if (time !== null && time !== value) onChange(time);
      }}
    />
  );
}
