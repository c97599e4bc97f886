/** What was fired, player by player, and the button that stops it. */

import { Button } from '@mantine/core';
import type { Airing } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { useAnswer, useHub, useNow, useSend } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { Icon } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/page.tsx';
import { type MarkedState, StateMark } from '../ui/state-mark.tsx';
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
  const answer = useAiringsOf(broadcast);
  const fired = useAnswer('GET /api/stations/:station/broadcasts', { params: { station: station.id } }).data?.find(
    ({ id }) => id === broadcast,
  );
  const airings = answer.data?.filter((one) => one.broadcast === broadcast) ?? [];
  return (
    <>
      <Headline title={fired?.title ?? airings[0]?.title ?? ''} airings={airings} />
      <ProblemNote problem={answer.data ? null : answer.error} />
      <Stopping broadcast={broadcast} airings={airings} onAgain={onAgain} />
      {answer.data && airings.length === 0 && <p className={css.dim}>{words.noAirings}</p>}
      <Players airings={airings} />
    </>
  );
}

/** @returns the airings of what was fired, renewed every few seconds. */
export function useAiringsOf(broadcast: string) {
  const station = useStation();
  const { clock } = useHub();
  const [opened] = useState(() => clock.now());
  const query = { from: opened - LOOK_BACK_MS, to: opened + LOOK_AHEAD_MS, broadcast };
  return useAnswer('GET /api/stations/:station/airings', { params: { station: station.id }, query }, { everyMs: EVERY_MS });
}

const count = (airings: readonly Airing[], state: Airing['state']): number => airings.filter((one) => one.state === state).length;
/** It sounds there or may still begin. */
export const isOpen = ({ state }: Airing): boolean => state === 'on-air' || state === 'planned' || state === 'ready';

function Headline({ title, airings }: { title: string; airings: readonly Airing[] }) {
  const standing = useStanding(airings);
  return (
    <header className={css.headline} data-sounding={standing.state === 'on-air' || undefined}>
      <h2 className={css.fired}>{title}</h2>
      <p className={css.count} role="status">
        <StateMark state={standing.state}>{standing.says}</StateMark>
      </p>
    </header>
  );
}

/** @returns how it stands on the whole, in one mark and one sentence. */
function useStanding(airings: readonly Airing[]): { state: MarkedState; says: string } {
  const words = useWords().emergency;
  const { formatNumber } = useFormat();
  const all = formatNumber(airings.length);
  const of = (state: Airing['state']) => formatNumber(count(airings, state));
  if (airings.length === 0) return { state: 'ready', says: `${words.ordered} · ${words.waiting}` };
  if (count(airings, 'on-air') > 0) return { state: 'on-air', says: `${words.onAir} · ${words.counts(of('on-air'), all)}` };
  if (airings.some(isOpen)) return { state: 'ready', says: `${words.ordered} · ${words.counts(of('on-air'), all)}` };
  if (count(airings, 'stopped') > count(airings, 'aired')) return { state: 'stopped', says: words.countsStopped(of('stopped'), all) };
  return { state: 'aired', says: `${words.over} · ${words.countsDone(of('aired'), all)}` };
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
