/** When it sounds: now, once, or on weekdays at times of day. */
import { Button } from '@mantine/core';
import { useId } from 'react';
import choice from '../bulletins/choice.module.css';
import { LabelledDate } from '../ui/date-field.tsx';
import { useWords } from '../words/index.tsx';
import type { When } from './calendar.ts';
import type { ScheduleDraft } from './draft.ts';
import css from './schedule.module.css';
import { TimeField } from './time-field.tsx';

const KINDS: readonly When['kind'][] = ['once', 'weekly', 'now'];
/** The contract's bound: eight times a day. */
const TIMES = 8;

interface WhenChoiceProps {
  draft: ScheduleDraft;
  change(part: Partial<ScheduleDraft>): void;
  error: string | undefined;
}

export function WhenChoice({ draft, change, error }: WhenChoiceProps) {
  const words = useWords().schedule;
  const id = useId();
  return (
    <fieldset className={css.group} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className={css.legend}>{words.when}</legend>
      <div className={choice.choices}>
        {KINDS.map((kind) => (
          <label key={kind} className={choice.choice} data-chosen={kind === draft.kind || undefined}>
            <input type="radio" name={id} checked={kind === draft.kind} onChange={() => change({ kind })} />
            <span className={choice.word}>{words.kinds[kind]}</span>
          </label>
        ))}
      </div>
      {draft.kind === 'once' && (
        <div className={css.pair}>
          <LabelledDate label={words.date} value={draft.day} onChange={(day) => change({ day })} />
          <TimeField label={words.time} value={draft.time} onChange={(time) => change({ time })} />
        </div>
      )}
      {draft.kind === 'weekly' && <Weekly draft={draft} change={change} />}
      {error && (
        <p id={`${id}-error`} role="alert" className={css.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

function Weekly({ draft, change }: Omit<WhenChoiceProps, 'error'>) {
  const words = useWords().schedule;
  const every = [1, 2, 3, 4, 5, 6, 7];
  const toggle = (day: number) =>
    change({ weekdays: draft.weekdays.includes(day) ? draft.weekdays.filter((one) => one !== day) : [...draft.weekdays, day] });
  const setTime = (index: number, time: string) => change({ times: draft.times.map((one, i) => (i === index ? time : one)) });
  return (
    <>
      <fieldset className={css.group}>
        <legend className={css.legend}>{words.weekdays}</legend>
        <div className={css.days}>
          {every.map((day) => (
            <Button
              key={day}
              px={0}
              variant={draft.weekdays.includes(day) ? 'filled' : 'default'}
              aria-pressed={draft.weekdays.includes(day)}
              aria-label={words.weekday[day]}
              onClick={() => toggle(day)}
            >
              {words.weekdayShort[day]}
            </Button>
          ))}
        </div>
        {draft.weekdays.length < 7 && (
          <span>
            <Button variant="subtle" onClick={() => change({ weekdays: every })}>
              {words.everyDay}
            </Button>
          </span>
        )}
      </fieldset>
      <fieldset className={css.group}>
        <legend className={css.legend}>{words.times}</legend>
        <div className={css.chips}>
          {draft.times.map((time, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a time has no name of its own while it is typed
            <TimeField key={index} hiddenLabel={`${words.time} ${index + 1}`} value={time} onChange={(next) => setTime(index, next)}>
              {draft.times.length > 1 && (
                <Button
                  variant="subtle"
                  px="sm"
                  aria-label={words.removeTime(time)}
                  onClick={() => change({ times: draft.times.filter((_, i) => i !== index) })}
                >
                  ✕
                </Button>
              )}
            </TimeField>
          ))}
          {draft.times.length < TIMES && (
            <Button variant="default" onClick={() => change({ times: [...draft.times, ''] })}>
              + {words.addTime}
            </Button>
          )}
        </div>
      </fieldset>
      <div className={css.pair}>
        <LabelledDate label={words.from} value={draft.from} onChange={(from) => change({ from })} />
        <LabelledDate
          label={words.until}
          optional={{ none: words.untilCancelled, clear: words.clearUntil }}
          value={draft.until}
          min={draft.from}
          onChange={(until) => change({ until })}
        />
      </div>
    </>
  );
}
