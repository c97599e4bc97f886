/** Hôm nay: a vertical line of time with now in the middle, what sounded above and what will sound below. */
import type { Airing } from '@tieng-loa/protocol/views.ts';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useAnswer, useNow } from '../api/hub.ts';
import { needsAnEye } from '../players/health.ts';
import { useSilent } from '../players/silent.ts';
import { useStation } from '../session/me.tsx';
import { Loading } from '../ui/loading.tsx';
import { Empty, Page, ProblemNote } from '../ui/page.tsx';
import { DAY_MS, startOfDay } from '../words/format.ts';
import { useFormat, useWords } from '../words/index.tsx';
import { Guide } from './guide.tsx';
import { StripLine } from './strip-line.tsx';
import { isToCome, type Strip, stripsOf, timeOf } from './strips.ts';
import css from './today.module.css';

/** The hub reckons readiness anew with time, without telling: asked for at least this often. */
const RENEW_MS = 60_000;
/** Where now stands lower than this share of the screen, the page is scrolled to it. */
const LOW = 0.6;

export function TodayPage() {
  const words = useWords().today;
  const { formatDay } = useFormat();
  const station = useStation();
  const now = useNow(5000);
  const from = startOfDay(now);
  const params = { station: station.id };
  const airings = useAnswer('GET /api/stations/:station/airings', { params, query: { from, to: from + DAY_MS } }, { everyMs: RENEW_MS });
  const broadcasts = useAnswer('GET /api/stations/:station/broadcasts', { params });
  if (!airings.data || !broadcasts.data) {
    const problem = airings.error ?? broadcasts.error;
    return <Page title={words.title(formatDay(now))}>{problem ? <ProblemNote problem={problem} /> : <Loading />}</Page>;
  }
  const strips = stripsOf(airings.data, now);
  if (broadcasts.data.length === 0 && strips.length === 0) {
    return (
      <Page title={words.title(formatDay(now))}>
        <Guide />
      </Page>
    );
  }
  return (
    <Page title={words.title(formatDay(now))} lead={<Lead strips={strips} now={now} />}>
      <Line strips={strips} now={now} />
    </Page>
  );
}

/** What this person looks for first, in one sentence. */
function Lead({ strips, now }: { strips: readonly Strip[]; now: number }) {
  const words = useWords().today.lead;
  const { formatTime, formatMoment } = useFormat();
  const station = useStation();
  const params = { station: station.id };
  const { data: players = [] } = useAnswer('GET /api/stations/:station/players', { params });
  const { data: broadcasts = [] } = useAnswer('GET /api/stations/:station/broadcasts', { params });
  const sounding = strips.filter((strip) => timeOf(strip, now) === 'now');
  const next = strips.find((strip) => timeOf(strip, now) === 'future' && isToCome(strip));
  const later = broadcasts
    .flatMap(({ title, next: starts }) => starts.map((at) => ({ title, at })))
    .filter(({ at }) => at > now)
    .toSorted((a, b) => a.at - b.at)[0];
  const onAirAt = (airings: readonly Airing[]) => airings.filter(({ state }) => state === 'on-air').length;
  const silent = useSilent();
  const ill = players.filter((player) => needsAnEye(player, now, silent)).length;
  return (
    <>
      {sounding.map((strip) => `${words.onAir(strip.title, onAirAt(strip.airings))} `)}
      {sounding.length === 0 && next && `${words.next(next.title, formatTime(next.plannedAt))} `}
      {sounding.length === 0 && !next && `${later ? words.nextDay(later.title, formatMoment(later.at, now)) : words.nothingLeft} `}
      {ill > 0 && (
        <Link to="/loa" className={css.ill}>
          {words.ill(ill)}
        </Link>
      )}
    </>
  );
}

function Line({ strips, now }: { strips: readonly Strip[]; now: number }) {
  const words = useWords().today;
  const { formatTime } = useFormat();
  const middle = useRef<HTMLLIElement>(null);
  const seen = useRef(false);
  useEffect(() => {
    if (seen.current) return;
    seen.current = true;
    const top = middle.current?.getBoundingClientRect().top ?? 0;
    if (top > innerHeight * LOW) middle.current?.scrollIntoView({ block: 'center' });
  });
  const at = (time: ReturnType<typeof timeOf>) =>
    strips.filter((strip) => timeOf(strip, now) === time).map((strip) => <StripLine key={strip.key} strip={strip} time={time} />);
  if (strips.length === 0) return <Empty title={words.nothing} />;
  return (
    <ol className={css.line}>
      {at('past')}
      <li className={css.now} ref={middle} aria-current="time">
        <span>{words.now(formatTime(now))}</span>
      </li>
      {at('now')}
      {at('future')}
    </ol>
  );
}
