/** The places of a strip, each with its players: state, reason, lateness. Many players stay readable: what is ill comes first. */
import { useState } from 'react';
import { Link } from 'wouter';
import { useNow } from '../api/hub.ts';
import { StateShape } from '../ui/state-mark.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { playerSentence } from './sentence.ts';
import { shownState, type ZoneGroup } from './strips.ts';
import css from './today.module.css';

/** A place with more players than this shows the first ones, and the rest on demand. */
const SHOWN = 6;

export function Places({ zones }: { zones: readonly ZoneGroup[] }) {
  return (
    <ul className={css.places}>
      {zones.map((zone) => (
        <Place key={zone.id} zone={zone} />
      ))}
    </ul>
  );
}

function Place({ zone }: { zone: ZoneGroup }) {
  const words = useWords();
  const format = useFormat();
  const now = useNow(1000);
  const [all, setAll] = useState(false);
  const good = zone.airings.filter(({ state }) => state === 'ready' || state === 'on-air' || state === 'aired').length;
  const shown = all ? zone.airings : zone.airings.slice(0, SHOWN);
  return (
    <li>
      <h3 className={css.place}>
        {zone.name} <span>{words.today.zone(good, zone.airings.length)}</span>
      </h3>
      <ul className={css.players}>
        {shown.map((airing) => (
          <li key={airing.id}>
            <Link to={`/loa/${airing.player.id}`} className={css.player}>
              <StateShape state={shownState(airing, now)} />
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
