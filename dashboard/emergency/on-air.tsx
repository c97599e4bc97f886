/** What was fired, player by player, and the button that stops it. */

import { Button } from '@mantine/core';
import type { Airing } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { useAnswer, useHub, useNow, useSend } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { Icon } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/page.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './emergency.module.css';

/** An emergency may be looked at again for a day. */
const LOOK_BACK_MS = 24 * 3_600_000;
const LOOK_AHEAD_MS = 3_600_000;
/** Asked again this often beside the stream: here a second matters. */
const EVERY_MS = 2_000;
/** A lateness below this is none to a listener. */
const NOTICEABLE_MS = 1_500;
const SHOWN = 40;
/** Who needs a look comes first. */
const ORDER: readonly Airing['state'][] = ['missed', 'unknown', 'planned', 'ready', 'overridden', 'stopped', 'on-air', 'aired'];

export function OnAir({ broadcast, onAgain }: { broadcast: string; onAgain(): void }) {
  const words = useWords().emergency;
  const station = useStation();
  const { clock } = useHub();
  const [opened] = useState(() => clock.now());
  const answer = useAnswer(
    'GET /api/stations/:station/airings',
    { params: { station: station.id }, query: { from: opened - LOOK_BACK_MS, to: opened + LOOK_AHEAD_MS, broadcast } },
    { everyMs: EVERY_MS },
  );
  const fired = useAnswer('GET /api/stations/:station/broadcasts', { params: { station: station.id } }).data?.find(
    ({ id }) => id === broadcast,
  );
  const airings = answer.data?.filter((one) => one.broadcast === broadcast) ?? [];
  return (
    <>
      <Headline title={fired?.title ?? airings[0]?.title ?? ''} airings={airings} />
      <ProblemNote problem={answer.error} />
      <Stopping broadcast={broadcast} airings={airings} onAgain={onAgain} />
      {answer.data && airings.length === 0 && <p className={css.dim}>{words.noAirings}</p>}
      <Players airings={airings} />
    </>
  );
}

const count = (airings: readonly Airing[], state: Airing['state']): number => airings.filter((one) => one.state === state).length;
const isOpen = ({ state }: Airing): boolean => state === 'on-air' || state === 'planned' || state === 'ready';

function Headline({ title, airings }: { title: string; airings: readonly Airing[] }) {
  const words = useWords().emergency;
  const { formatNumber } = useFormat();
  const all = formatNumber(airings.length);
  const sounding = count(airings, 'on-air');
  const over = airings.length > 0 && !airings.some(isOpen);
  const said = over
    ? words.countsDone(formatNumber(count(airings, 'aired')), all)
    : airings.length === 0
      ? words.waiting
      : words.counts(formatNumber(sounding), all);
  return (
    <header className={css.headline} data-sounding={sounding > 0 || undefined}>
      <h2 className={css.fired}>{title}</h2>
      <p className={css.count} role="status">
        <StateMark state={over ? 'ended' : sounding > 0 ? 'on-air' : 'ready'}>
          {over ? words.over : sounding > 0 ? words.onAir : words.ordered} · {said}
        </StateMark>
      </p>
    </header>
  );
}

function Stopping({ broadcast, airings, onAgain }: { broadcast: string; airings: readonly Airing[]; onAgain(): void }) {
  const words = useWords().emergency;
  const station = useStation();
  const stop = useSend('POST /api/broadcasts/:broadcast/stop');
  const [stopped, setStopped] = useState(false);
  const open = airings.length === 0 || airings.some(isOpen);
  const send = async () => {
    const answer = await stop.send({ params: { broadcast }, body: { plannedAt: null } });
    setStopped(answer !== null);
  };
  return (
    <div className={css.stopping}>
      {open && station.may('stop') && (
        <Button
          className={css.button ?? ''}
          color="red"
          leftSection={<Icon name="stop" />}
          loading={stop.sending}
          onClick={() => void send()}
        >
          {words.stop}
        </Button>
      )}
      {stopped && <StateMark state="stopped">{words.stopped}</StateMark>}
      <ProblemNote problem={stop.problem} />
      {!open && (
        <Button variant="default" onClick={onAgain}>
          {words.again}
        </Button>
      )}
      {open && !stopped && <p className={css.dim}>{words.notOnEvery}</p>}
    </div>
  );
}

function Players({ airings }: { airings: readonly Airing[] }) {
  const more = useWords().recordings.more;
  const [shown, setShown] = useState(SHOWN);
  const sorted = airings.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.zone.name.localeCompare(b.zone.name));
  return (
    <>
      <ul className={css.players}>
        {sorted.slice(0, shown).map((one) => (
          <PlayerLine key={one.id} airing={one} />
        ))}
      </ul>
      {sorted.length > shown && (
        <Button variant="default" onClick={() => setShown(sorted.length)}>
          {more}
        </Button>
      )}
    </>
  );
}

/** One player: where it stands, its state, how far it is, why not. */
function PlayerLine({ airing }: { airing: Airing }) {
  const words = useWords();
  const { formatDuration, formatNumber, reasonText } = useFormat();
  const now = useNow(1_000);
  const { onAir, latenessMs, reason } = airing;
  const elapsed = onAir && Math.min(onAir.totalMs, onAir.elapsedMs + Math.max(0, now - onAir.at));
  const facts = [
    ...(onAir && elapsed !== null ? [words.emergency.elapsed(formatDuration(elapsed), formatDuration(onAir.totalMs))] : []),
    ...(latenessMs !== null && latenessMs > NOTICEABLE_MS ? [words.emergency.late(formatNumber(latenessMs / 1000, 1))] : []),
    ...(reason === null ? [] : [reasonText(reason)]),
  ];
  return (
    <li className={css.player}>
      <span>
        <strong>{airing.player.name}</strong>
        {airing.zone.name !== airing.player.name && <span className={css.dim}> · {airing.zone.name}</span>}
      </span>
      <span className={css.state}>
        <StateMark state={airing.state} />
        {facts.length > 0 && <span className={css.dim}>{facts.join(' · ')}</span>}
      </span>
    </li>
  );
}
