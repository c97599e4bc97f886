/** Where it sounds: every place, or some; a place without a player says so. */

import { Checkbox } from '@mantine/core';
import type { Zone } from '@tieng-loa/protocol/views.ts';
import { useId } from 'react';
import choice from '../bulletins/choice.module.css';
import { Tags } from '../ui/tags.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { chosenZones, type ScheduleDraft } from './draft.ts';
import { byName } from './places.ts';
import css from './schedule.module.css';

interface PlaceChoiceProps {
  zones: readonly Zone[];
  draft: Pick<ScheduleDraft, 'zones' | 'acceptMissing'> & ScheduleDraft;
  change(part: Partial<ScheduleDraft>): void;
  error: string | undefined;
  /** the hub said that a tongue is missing */
  missing: boolean;
}

export function PlaceChoice({ zones, draft, change, error, missing }: PlaceChoiceProps) {
  const words = useWords().schedule;
  const { formatNumber } = useFormat();
  const id = useId();
  const chosen = chosenZones(draft, zones).map((zone) => zone.id);
  const open = zones.filter(({ players }) => players > 0);
  const toggle = (zone: string, on: boolean) => change({ zones: on ? [...chosen, zone] : chosen.filter((one) => one !== zone) });
  return (
    <fieldset className={css.group} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className={css.legend}>{words.where}</legend>
      {zones.length === 0 && <p className={css.dim}>{words.noZones}</p>}
      {open.length > 1 && (
        <div className={choice.choices}>
          <label className={choice.choice} data-chosen={draft.zones === null || undefined}>
            <input type="radio" name={id} checked={draft.zones === null} onChange={() => change({ zones: null })} />
            <span className={choice.word}>{words.everywhere(formatNumber(open.length))}</span>
          </label>
          <label className={choice.choice} data-chosen={draft.zones !== null || undefined}>
            <input type="radio" name={id} checked={draft.zones !== null} onChange={() => change({ zones: [] })} />
            <span className={choice.word}>{words.somewhere}</span>
          </label>
        </div>
      )}
      {(draft.zones !== null || open.length < 2) && (
        <div className={css.places}>
          {zones.toSorted(byName).map((zone) => (
            <Checkbox
              key={zone.id}
              disabled={zone.players === 0}
              checked={chosen.includes(zone.id)}
              onChange={(event) => toggle(zone.id, event.currentTarget.checked)}
              label={
                <span className={css.place}>
                  <span>{zone.name}</span>
                  <Tags languages={zone.languages} />
                  <span className={css.dim}>{zone.players === 0 ? words.noPlayers : words.players(formatNumber(zone.players))}</span>
                </span>
              }
            />
          ))}
        </div>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className={css.error}>
          {error}
        </p>
      )}
      {(missing || draft.acceptMissing) && (
        <Checkbox
          label={words.acceptMissing}
          checked={draft.acceptMissing}
          onChange={(event) => change({ acceptMissing: event.currentTarget.checked })}
        />
      )}
    </fieldset>
  );
}
