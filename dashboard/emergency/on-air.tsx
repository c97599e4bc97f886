/** What was fired, player by player, and what else sounds beside it. */

import { Button } from '@mantine/core';
import type { Airing } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { useAnswer, useNow } from '../api/hub.ts';
import { byName } from '../schedule/places.ts';
import { useStation } from '../session/me.tsx';
import { ProblemNote } from '../ui/page.tsx';
import { type MarkedState, StateMark } from '../ui/state-mark.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './emergency.module.css';
import { useAiringsOf, useRunning } from './running.ts';
import { isOpen, type Running } from './standing.ts';
import { Stopping } from './stopping.tsx';

/** A lateness below this is none to a listener. */
const NOTICEABLE_MS = 1_500;
const SHOWN = 40;
/** Who needs a look comes first. */
const ORDER: readonly Airing['state'][] = ['missed', 'unknown', 'planned', 'ready', 'overridden', 'stopped', 'on-air', 'aired'];

/** What this person fired or joined, and beside it all else that sounds or waits: one press stops all of it. */
export function OnAir({ broadcast, onAgain }: { broadcast: string; onAgain(): void }) {
  const words = useWords().emergency;
  const station = useStation();
  const answer = useAiringsOf(broadcast);
  const running = useRunning();
  const fired =
    useAnswer('GET /api/stations/:station/broadcasts', { params: { station: station.id } }).data?.find(({ id }) => id === broadcast) ??
    null;
  const airings = answer.data?.filter((one) => one.broadcast === broadcast) ?? [];
  const own: Running = { id: broadcast, title: fired?.title ?? airings[0]?.title ?? '', broadcast: fired, airings };
  const all = [own, ...running.filter(({ id }) => id !== broadcast)];
  const open = all.filter((one) => one.airings.length === 0 || one.airings.some(isOpen));
  return (
    <>
      {all.map((one) => (
        <Headline key={one.id} title={one.title} airings={one.airings} />
      ))}
      <ProblemNote problem={answer.data ? null : answer.error} />
      <Stopping open={open} onAgain={onAgain} />
      {answer.data && airings.length === 0 && <p className={css.dim}>{words.noAirings}</p>}
      {all.map((one) => (
        <section key={one.id}>
          {all.length > 1 && <h3 className={css.step}>{one.title}</h3>}
          <Players airings={one.airings} />
        </section>
      ))}
    </>
  );
}

const count = (airings: readonly Airing[], state: Airing['state']): number => airings.filter((one) => one.state === state).length;

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
  // where it was stopped before it began, the ledger calls it missed
  const stopped = airings.filter(({ state, reason }) => state === 'stopped' || (state === 'missed' && reason === 'stopped')).length;
  if (stopped > count(airings, 'aired')) return { state: 'stopped', says: words.countsStopped(formatNumber(stopped), all) };
  return { state: 'aired', says: `${words.over} · ${words.countsDone(of('aired'), all)}` };
}

function Players({ airings }: { airings: readonly Airing[] }) {
  const more = useWords().recordings.more;
  const [shown, setShown] = useState(SHOWN);
  const sorted = airings.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || byName(a.zone, b.zone));
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
