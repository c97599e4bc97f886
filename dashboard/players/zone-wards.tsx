/** One place with its players, a line each; many in one case are one line. */
import type { Player } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { Link } from 'wouter';
import { useNow } from '../api/hub.ts';
import { StateShape } from '../ui/state-mark.tsx';
import { Tags } from '../ui/tags.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { linesOf, type Ward } from './health.ts';
import css from './players.module.css';
import { useSilent } from './silent.ts';

/** A place with more lines than this shows the first ones, and the rest on demand. */
const SHOWN = 8;

interface ZoneWardsProps {
  name: string;
  languages: readonly string[];
  players: readonly Player[];
}

export function ZoneWards({ name, languages, players }: ZoneWardsProps) {
  const words = useWords().players;
  const format = useFormat();
  const now = useNow();
  const [all, setAll] = useState(false);
  const lines = linesOf(players, now, { words, format }, useSilent());
  const shown = all ? lines : lines.slice(0, SHOWN);
  const here = players.filter(({ state }) => state === 'here').length;
  return (
    <section className={css.zone}>
      <h2>
        {name} <Tags languages={languages} /> <span className={css.count}>{words.zone(here, players.length)}</span>
      </h2>
      <ul>
        {shown.map((wards) => (
          <li key={wards[0]!.player.id}>{wards.length === 1 ? <WardLine ward={wards[0]!} /> : <Shared wards={wards} />}</li>
        ))}
      </ul>
      {shown.length < lines.length && (
        <button type="button" className={css.all} onClick={() => setAll(true)}>
          {words.showAll(players.length)}
        </button>
      )}
    </section>
  );
}

function WardLine({ ward: { player, health } }: { ward: Ward }) {
  return (
    <Link to={`/loa/${player.id}`} className={css.ward}>
      <StateShape state={health.mark} />
      <span>
        <strong>{player.name}</strong>
        <span className={css.line}>
          {health.line}
          {health.next !== '' && ` — ${health.next}`}
        </span>
      </span>
    </Link>
  );
}

function Shared({ wards }: { wards: readonly Ward[] }) {
  const words = useWords().players;
  const { health } = wards[0]!;
  return (
    <details className={css.shared}>
      <summary className={css.ward}>
        <StateShape state={health.mark} />
        <span>
          <strong>{words.many(wards.length)}</strong>
          <span className={css.line}>
            {health.line}
            {health.next !== '' && ` — ${health.next}`}
          </span>
        </span>
      </summary>
      <ul>
        {wards.map((ward) => (
          <li key={ward.player.id}>
            <WardLine ward={ward} />
          </li>
        ))}
      </ul>
    </details>
  );
}
