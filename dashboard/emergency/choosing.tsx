/** The three taps: what, where, now. */

import { Button, Checkbox } from '@mantine/core';
import type { Zone } from '@tieng-loa/protocol/views.ts';
import { useId, useState } from 'react';
import choice from '../bulletins/choice.module.css';
import { missingLanguages } from '../bulletins/languages.tsx';
import { byName, usePlaces } from '../schedule/places.ts';
import { Icon } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/page.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { Tags } from '../ui/tags.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './emergency.module.css';
import { useFiring } from './firing.ts';
import type { Ready } from './ready.ts';

export function Choosing({ ready, zones }: { ready: readonly Ready[]; zones: readonly Zone[] }) {
  const words = useWords().emergency;
  const [item, setItem] = useState<Ready | null>(ready.length === 1 ? ready[0]! : null);
  const [places, setPlaces] = useState<readonly string[] | null>(null);
  if (!item) {
    return (
      <section>
        <h2 className={css.step}>{words.step1}</h2>
        <ul className={css.items}>
          {ready.map((one) => (
            <li key={one.id}>
              <button type="button" className={css.item} onClick={() => setItem(one)}>
                <ItemFacts item={one} />
              </button>
            </li>
          ))}
        </ul>
      </section>
    );
  }
  return (
    <>
      <section>
        <h2 className={css.step}>{words.step1}</h2>
        <div className={css.chosen}>
          <span className={css.facts}>
            <ItemFacts item={item} />
          </span>
          {ready.length > 1 && (
            <Button variant="default" onClick={() => setItem(null)}>
              {words.change}
            </Button>
          )}
        </div>
      </section>
      <Where zones={zones} places={places} onChange={setPlaces} />
      <Fire key={item.id} item={item} zones={zones.filter(({ id }) => places === null || places.includes(id))} />
    </>
  );
}

function ItemFacts({ item }: { item: Ready }) {
  const { formatDuration } = useFormat();
  return (
    <>
      <strong className={css.name}>{item.title}</strong>
      <Tags languages={item.languages} />
      <span className={css.dim}>{formatDuration(item.durationMs)}</span>
    </>
  );
}

interface WhereProps {
  zones: readonly Zone[];
  /** null: every place */
  places: readonly string[] | null;
  onChange(places: readonly string[] | null): void;
}

/** Every place, unless some are picked: a long list must not stand between a person and the button. */
function Where({ zones, places, onChange }: WhereProps) {
  const words = useWords().emergency;
  const { formatNumber } = useFormat();
  const name = useId();
  return (
    <fieldset className={css.where}>
      <legend className={css.step}>{words.step2}</legend>
      <div className={choice.choices}>
        <label className={choice.choice} data-class="emergency" data-chosen={places === null || undefined}>
          <input type="radio" name={name} checked={places === null} onChange={() => onChange(null)} />
          <span className={choice.word}>{zones.length === 1 ? zones[0]!.name : words.everywhere(formatNumber(zones.length))}</span>
        </label>
        {zones.length > 1 && (
          <label className={choice.choice} data-class="emergency" data-chosen={places !== null || undefined}>
            <input type="radio" name={name} checked={places !== null} onChange={() => onChange([])} />
            <span className={choice.word}>{words.somewhere}</span>
          </label>
        )}
      </div>
      {places !== null && (
        <div className={css.places}>
          {zones.toSorted(byName).map((zone) => (
            <Checkbox
              key={zone.id}
              color="red"
              label={zone.name}
              checked={places.includes(zone.id)}
              onChange={(event) => onChange(event.currentTarget.checked ? [...places, zone.id] : places.filter((one) => one !== zone.id))}
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}

function Fire({ item, zones }: { item: Ready; zones: readonly Zone[] }) {
  const words = useWords().emergency;
  const { formatNumber, languageName, list } = useFormat();
  const places = usePlaces();
  const firing = useFiring(item);
  const missing = missingLanguages(zones, item.languages).map(languageName);
  const chosen = zones.map(({ id }) => id);
  const players = zones.reduce((sum, zone) => sum + zone.players, 0);
  return (
    <>
      <h2 className={css.step}>{words.step3}</h2>
      <div className={css.fire}>
        <ProblemNote problem={firing.problem} />
        {chosen.length > 0 ? (
          <p className={css.says}>{words.says(item.title, places(chosen), formatNumber(players))}</p>
        ) : (
          <p className={css.says}>{words.needPlaces}</p>
        )}
        {missing.length > 0 && <StateMark state="late">{words.missing(list(missing))}</StateMark>}
        {firing.runs(chosen) && <StateMark state="on-air">{words.already}</StateMark>}
        <Button
          className={css.button ?? ''}
          color="red"
          fullWidth
          leftSection={<Icon name="alarm" />}
          loading={firing.sending}
          disabled={chosen.length === 0}
          onClick={() => void firing.fire(chosen)}
        >
          {words.fire}
        </Button>
      </div>
    </>
  );
}
