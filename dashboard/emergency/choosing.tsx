/** The three taps: what, where, now. */

import { Button, Checkbox } from '@mantine/core';
import type { Zone } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { missingLanguages } from '../bulletins/languages.tsx';
import { usePlaces } from '../schedule/places.ts';
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
  const [places, setPlaces] = useState<readonly string[]>(zones.map(({ id }) => id));
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
      <Fire key={item.id} item={item} zones={zones.filter(({ id }) => places.includes(id))} />
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
  places: readonly string[];
  onChange(places: string[]): void;
}

function Where({ zones, places, onChange }: WhereProps) {
  const words = useWords().emergency;
  const all = zones.every(({ id }) => places.includes(id));
  return (
    <fieldset className={css.where}>
      <legend className={css.step}>{words.step2}</legend>
      {zones.length > 1 && (
        <Checkbox
          color="red"
          label={<strong>{words.everywhere}</strong>}
          checked={all}
          indeterminate={!all && places.length > 0}
          onChange={(event) => onChange(event.currentTarget.checked ? zones.map(({ id }) => id) : [])}
        />
      )}
      <div className={css.places}>
        {zones.map(({ id, name }) => (
          <Checkbox
            key={id}
            color="red"
            label={name}
            checked={places.includes(id)}
            onChange={(event) => onChange(event.currentTarget.checked ? [...places, id] : places.filter((one) => one !== id))}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Fire({ item, zones }: { item: Ready; zones: readonly Zone[] }) {
  const words = useWords().emergency;
  const { formatNumber, languageName, list } = useFormat();
  const places = usePlaces();
  const firing = useFiring(item);
  const missing = missingLanguages(zones, item.languages).map(languageName);
  const players = zones.reduce((sum, zone) => sum + zone.players, 0);
  return (
    <section className={css.fire}>
      <h2 className={css.step}>{words.step3}</h2>
      {zones.length > 0 && <p className={css.says}>{words.says(item.title, places(zones.map(({ id }) => id)), formatNumber(players))}</p>}
      {missing.length > 0 && <StateMark state="late">{words.missing(list(missing))}</StateMark>}
      <ProblemNote problem={firing.problem} />
      <Button
        className={css.button ?? ''}
        color="red"
        fullWidth
        leftSection={<Icon name="alarm" />}
        disabled={zones.length === 0 || firing.sending}
        onClick={() => void firing.fire(zones.map(({ id }) => id))}
      >
        {firing.sending ? words.firing : words.fire}
      </Button>
    </section>
  );
}
