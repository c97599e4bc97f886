/** One player: how it is and what to do next, its volume, what it holds, and what it is. */

import { Button } from '@mantine/core';
import type { Player, Zone } from '@tieng-loa/protocol/views.ts';
import { Link, useLocation } from 'wouter';
import { useAnswer, useNow, useSend } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { Loading } from '../ui/loading.tsx';
import { Empty, Page, ProblemNote, Section } from '../ui/page.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { useUndo } from '../ui/undo.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { EditPlayer } from './edit-player.tsx';
import { Enrolment } from './enrolment.tsx';
import { PlayerFacts } from './facts.tsx';
import { healthOf } from './health.ts';
import { PlayerToday } from './player-today.tsx';
import css from './players.module.css';
import { useSilent } from './silent.ts';
import { Volume } from './volume.tsx';

export function PlayerPage({ params: { id } }: { params: { id?: string | undefined } }) {
  const words = useWords().players;
  const station = useStation();
  const params = { station: station.id };
  const players = useAnswer('GET /api/stations/:station/players', { params });
  const zones = useAnswer('GET /api/stations/:station/zones', { params });
  if (!players.data || !zones.data) {
    const problem = players.error ?? zones.error;
    return <Page title={words.title}>{problem ? <ProblemNote problem={problem} /> : <Loading />}</Page>;
  }
  const player = players.data.find((one) => one.id === id);
  if (!player) {
    return (
      <Empty
        title={words.notFound.title}
        text={words.notFound.text}
        action={
          <Button component={Link} to="/loa">
            {words.title}
          </Button>
        }
      />
    );
  }
  return <Standing key={player.id} player={player} zones={zones.data} />;
}

function Standing({ player, zones }: { player: Player; zones: readonly Zone[] }) {
  const words = useWords().players;
  const format = useFormat();
  const station = useStation();
  const now = useNow();
  const health = healthOf(player, now, { words, format }, useSilent());
  const operates = station.may('operate') && player.state !== 'revoked';
  const places = zones.filter(({ id }) => player.zones.includes(id)).map(({ name }) => name);
  return (
    <Page title={player.name} back={{ to: '/loa', label: words.title }} lead={`${words.kinds[player.kind]} · ${places.join(', ')}`}>
      <p className={css.lastLine}>
        <StateMark state={health.mark}>
          {health.line}
          {health.next !== '' && ` — ${health.next}`}
        </StateMark>
      </p>
      {operates && (player.state === 'slot' || player.state === 'lost') && (
        <div className={css.form}>
          <Enrolment player={player.id} state={player.state} />
        </div>
      )}
      <Section title={words.volume.title}>
        <Volume player={player} locked={!operates} />
      </Section>
      <Section title={words.detail.today}>
        <PlayerToday player={player.id} />
      </Section>
      <Section title={words.detail.state}>
        <PlayerFacts player={player} />
      </Section>
      {operates && (
        <>
          <Section title={words.detail.edit}>
            <EditPlayer player={player} zones={zones} />
          </Section>
          <Section title={words.detail.revoke}>
            <Revoke player={player} />
          </Section>
        </>
      )}
    </Page>
  );
}

/** Revoking is for good: it is sent only after the ten seconds in which it can be taken back. */
function Revoke({ player }: { player: Player }) {
  const words = useWords().players.detail;
  const { offer } = useUndo();
  const [, go] = useLocation();
  const { send } = useSend('DELETE /api/players/:player');
  const revoke = () => {
    offer({ text: words.revoking(player.name), later: () => void send({ params: { player: player.id } }) });
    go('/loa');
  };
  return (
    <>
      <p className={css.hint}>{words.revokeText}</p>
      <Button color="red" variant="outline" mt="sm" onClick={revoke}>
        {words.revoke}
      </Button>
    </>
  );
}
