/** The places of a strip, each with its players: state, reason, lateness. Many players stay readable: what is ill comes first. */
import type { Airing } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { Link } from 'wouter';
import { useNow } from '../api/hub.ts';
import { StateShape } from '../ui/state-mark.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { playerSentence } from './sentence.ts';
import { markOf, type ZoneGroup } from './strips.ts';
import css from './today.module.css';

/** A place with more players than this shows the first ones, and the rest on demand. */
const SHOWN = 6;
/** In a strip with more players than this only those that need a look are shown at first. */
const MANY = 24;

export function Places({ zones }: { zones: readonly ZoneGroup[] }) {
  const many = zones.reduce((sum, { airings }) => sum + airings.length, 0) > MANY;
  return (
    <ul className={css.places}>
      {zones.map((zone) => (
        <Place key={zone.id} zone={zone} onlyIll={many} />
      ))}
    </ul>
  );
}

const isGood = ({ state }: Airing): boolean => state === 'ready' || state === 'on-air' || state === 'aired';

function Place({ zone, onlyIll }: { zone: ZoneGroup; onlyIll: boolean }) {
  const words = useWords();
  const format = useFormat();
  const now = useNow(1000);
  const [all, setAll] = useState(false);
  const good = zone.airings.filter(isGood).length;
  const first = onlyIll ? zone.airings.filter((airing) => !isGood(airing)) : zone.airings;
  const shown = all ? zone.airings : first.slice(0, SHOWN);
  return (
    <li>
      <h3 className={css.place}>
        {zone.name} <span>{words.today.zone(good, zone.airings.length)}</span>
      </h3>
      <ul className={css.players}>
        {shown.map((airing) => (
          <li key={airing.id}>
            <Link to={`/loa/${airing.player.id}`} className={css.player}>
              <StateShape state={markOf(airing, now)} />
              <span>
                <strong>{airing.player.name}</strong>{' '}
                <span className={css.said}>{playerSentence(airing, now, { words: words.today, format }, words.shell.states)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {shown.length < zone.airings.length && (
        <button type="button" className={css.all} onClick={() => setAll(true)}>
          {words.today.showAll(zone.airings.length)}
        </button>
      )}
    </li>
  );
}
