/** Nhật ký: what became of every airing of a day or a week, with the minutes of each language and the reasons. */

import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import type { Airing } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { useAnswer, useNow } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { StripLine } from '../today/strip-line.tsx';
import { stripsOf } from '../today/strips.ts';
import { DateField } from '../ui/date-field.tsx';
import { Icon } from '../ui/icons.tsx';
import { Loading } from '../ui/loading.tsx';
import { Empty, Page, ProblemNote, Section } from '../ui/page.tsx';
import { DAY_MS, dayKey, instantOf } from '../words/format.ts';
import { useFormat, useWords } from '../words/index.tsx';
import { filtered, heardByLanguage, type ResultFilter, reasonsOf } from './figures.ts';
import css from './ledger.module.css';

type Span = 'day' | 'week';
const lengthMs: Readonly<Record<Span, number>> = { day: DAY_MS, week: 7 * DAY_MS };
/** As many strips are drawn at once; the filters lead to the others. */
const DRAWN = 200;

export function LedgerPage() {
  const words = useWords().ledger;
  const { formatDay } = useFormat();
  const station = useStation();
  const now = useNow();
  const [day, setDay] = useState<string | null>(null);
  const [span, setSpan] = useState<Span>('day');
  const [result, setResult] = useState<ResultFilter>('all');
  const [player, setPlayer] = useState<string | null>(null);
  const last = instantOf(day ?? dayKey(now));
  const from = last + DAY_MS - lengthMs[span];
  const { data, error } = useAnswer('GET /api/stations/:station/airings', {
    params: { station: station.id },
    query: { from, to: last + DAY_MS },
  });
  const move = (days: number) => setDay(dayKey(last + days * DAY_MS));
  const step = span === 'day' ? 1 : 7;
  return (
    <Page title={words.title} lead={span === 'week' && `${formatDay(from)} – ${formatDay(last)}`}>
      <div className={css.narrow}>
        <div className={css.days}>
          <Button variant="default" onClick={() => move(-step)} aria-label={words.before}>
            <Icon name="back" />
          </Button>
          <DateField label={words.day} value={dayKey(last)} max={dayKey(now)} onChange={setDay} />
          <Button variant="default" onClick={() => move(step)} aria-label={words.after} disabled={last + step * DAY_MS > now}>
            <Icon name="next" />
          </Button>
        </div>
        <SegmentedControl
          aria-label={words.span}
          value={span}
          onChange={(value) => setSpan(value as Span)}
          data={(['day', 'week'] as const).map((value) => ({ value, label: words.spans[value] }))}
        />
        <NativeSelect
          aria-label={words.result}
          value={result}
          onChange={(event) => setResult(event.currentTarget.value as ResultFilter)}
          data={(['all', 'aired', 'trouble'] as const).map((value) => ({ value, label: words.results[value] }))}
        />
        <PlayerChoice airings={data ?? []} value={player} onChange={setPlayer} />
      </div>
      <ProblemNote problem={error} />
      {data ? <Kept airings={filtered(data, result, player)} now={now} byDay={span === 'week'} /> : !error && <Loading />}
    </Page>
  );
}

function PlayerChoice({
  airings,
  value,
  onChange,
}: {
  airings: readonly Airing[];
  value: string | null;
  onChange(id: string | null): void;
}) {
  const words = useWords().ledger;
  const players = [...new Map(airings.map(({ player }) => [player.id, player.name]))].toSorted((a, b) =>
    a[1].localeCompare(b[1], 'vi', { numeric: true }),
  );
  return (
    <NativeSelect
      aria-label={words.player}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
      data={[{ value: '', label: words.allPlayers }, ...players.map(([id, label]) => ({ value: id, label }))]}
    />
  );
}

function Kept({ airings, now, byDay }: { airings: readonly Airing[]; now: number; byDay: boolean }) {
  const words = useWords().ledger;
  const { formatDay } = useFormat();
  const strips = stripsOf(airings, now).toReversed().slice(0, DRAWN);
  if (strips.length === 0) return <Empty title={words.nothing.title} text={words.nothing.text} />;
  const whole = airings.filter(({ state }) => state === 'aired').length;
  const days = Map.groupBy(strips, ({ plannedAt }) => dayKey(plannedAt));
  return (
    <div className={css.columns}>
      <div>
        <p className={css.summary}>{words.summary(new Set(stripsOf(airings, now)).size, whole, airings.length)}</p>
        {[...days].map(([day, ofDay]) => (
          <section key={day}>
            {byDay && <h2 className={css.dayName}>{formatDay(instantOf(day))}</h2>}
            <ol className={css.strips}>
              {ofDay.map((strip) => (
                <StripLine key={strip.key} strip={strip} time="past" />
              ))}
            </ol>
          </section>
        ))}
      </div>
      <aside className={css.figures}>
        <Minutes airings={airings} />
        <Reasons airings={airings} />
      </aside>
    </div>
  );
}

function Minutes({ airings }: { airings: readonly Airing[] }) {
  const words = useWords().ledger.minutes;
  const { languageName, formatNumber } = useFormat();
  const heard = heardByLanguage(airings);
  const most = Math.max(1, ...heard.map(({ ms }) => ms));
  return (
    <Section title={words.title}>
      {heard.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <ul className={css.bars}>
          {heard.map(({ language, ms }) => (
            <li key={language}>
              {words.line(languageName(language), formatNumber(ms / 60_000, 1))}
              <meter min={0} max={most} value={ms} aria-hidden="true" />
            </li>
          ))}
        </ul>
      )}
      <p className={css.hint}>{words.text}</p>
    </Section>
  );
}

function Reasons({ airings }: { airings: readonly Airing[] }) {
  const words = useWords().ledger.reasons;
  const { reasonText } = useFormat();
  const reasons = reasonsOf(airings);
  return (
    <Section title={words.title}>
      {reasons.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <ul className={css.reasons}>
          {reasons.map(({ reason, count }) => (
            <li key={reason ?? ''}>
              {words.line(reason === null ? words.noReason : reason === 'unknown' ? words.noNews : reasonText(reason), count)}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
