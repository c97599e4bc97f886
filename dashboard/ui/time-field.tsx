/** A time of day, 24-hour clock whatever the browser's own language is: `5:30`, `530` and `05:30` are all 05:30. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { timeOfDay } from '../words/format.ts';

interface TimeFieldProps {
  label: string;
  /** `HH:MM` */
  value: string;
  onChange(value: string): void;
  error?: React.ReactNode;
}

export function TimeField({ label, value, onChange, error }: TimeFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value;
  const take = (next: string) => {
    setTyped(next);
    const time = timeOfDay(next);
    if (time !== null) onChange(time);
  };
  return (
    <TextInput
      label={label}
      value={text}
      inputMode="numeric"
      placeholder="05:30"
      maxLength={5}
      error={error ?? (typed !== null && timeOfDay(typed) === null && typed.length >= 4)}
      onChange={(event) => take(event.currentTarget.value)}
      onBlur={() => setTyped(null)}
    />
  );
}
