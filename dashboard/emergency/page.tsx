/** Phát ngay: from need to sound in three taps, then what every player does. */

import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useAnswer, useNow } from '../api/hub.ts';
import { newId } from '../api/ids.ts';
import { UnsavedBulletins } from '../bulletins/unsaved.tsx';
import { useStation } from '../session/me.tsx';
import { Loading } from '../ui/loading.tsx';
import { Empty, Page, ProblemNote } from '../ui/page.tsx';
import { useWords } from '../words/index.tsx';
import { Choosing } from './choosing.tsx';
import css from './emergency.module.css';
import { OnAir } from './on-air.tsx';
import { readyOf } from './ready.ts';
import { useRunning } from './running.ts';
import { Stopping } from './stopping.tsx';

export function EmergencyPage() {
  const words = useWords().emergency;
  const [, go] = useLocation();
  const shown = new URLSearchParams(useSearch()).get('dang');
  if (shown !== null) {
    return (
      <Page title={words.title}>
        <OnAir key={shown} broadcast={shown} onAgain={() => go('/phat-ngay')} />
      </Page>
    );
  }
  return (
    <Page title={words.title} lead={words.lead}>
      <Sounding />
      <Prepared />
    </Page>
  );
}

/** What was fired by anyone and sounds or waits still, with the press that stops all of it. */
function Sounding() {
  const words = useWords().emergency;
  const running = useRunning();
  if (running.length === 0) return null;
  return (
    <>
      {running.map(({ id, title, airings }) => (
        <Link key={id} to={`/phat-ngay?dang=${id}`} className={css.sounding}>
          {airings.some(({ state }) => state === 'on-air') ? words.onAir : words.ordered}: <strong>{title}</strong>
        </Link>
      ))}
      <Stopping open={running} />
    </>
  );
}

function Prepared() {
  const words = useWords().emergency;
  const station = useStation();
  const [, go] = useLocation();
  const [first] = useState(() => newId());
  const params = { station: station.id };
  const bulletins = useAnswer('GET /api/stations/:station/bulletins', { params });
  const programmes = useAnswer('GET /api/stations/:station/programmes', { params });
  const zones = useAnswer('GET /api/stations/:station/zones', { params });
  const now = useNow();
  if (!station.may('schedule')) return <Empty title={words.notAllowed} />;
  const problem = bulletins.error ?? programmes.error ?? zones.error;
  if (!bulletins.data || !programmes.data || !zones.data) return problem ? <ProblemNote problem={problem} /> : <Loading />;
  const ready = readyOf(bulletins.data, programmes.data, now);
  const heard = zones.data.filter(({ players }) => players > 0);
  if (ready.length === 0) {
    const make = station.may('record') && <Button onClick={() => go(`/ban-tin/${first}?moi=emergency`)}>{words.make}</Button>;
    return (
      <>
        {make && <UnsavedBulletins saved={bulletins.data} only={(draft) => draft.class === 'emergency'} />}
        <Empty title={words.emptyTitle} text={words.emptyText} action={make} />
      </>
    );
  }
  if (heard.length === 0) return <Empty title={words.noZones} />;
  return <Choosing ready={ready} zones={heard} />;
}
