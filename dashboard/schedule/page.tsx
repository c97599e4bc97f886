/** Lịch: what will sound this week and what clashes; and the rules behind it, each to be cancelled. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useAnswer, useNow } from '../api/hub.ts';
import { useGoing } from '../bulletins/removal.ts';
import { useStation } from '../session/me.tsx';
import { Icon } from '../ui/icons.tsx';
import { Loading } from '../ui/loading.tsx';
import { Empty, Page, ProblemNote, Section } from '../ui/page.tsx';
import { DAY_MS, dayKey, instantOf, startOfDay } from '../words/format.ts';
import { useFormat, useWords } from '../words/index.tsx';
import { addDays, mondayOf, occurrencesIn } from './calendar.ts';
import { OccurrenceRow } from './occurrence-row.tsx';
import { RuleRow } from './rule-row.tsx';
import css from './schedule.module.css';

export function SchedulePage() {
  const words = useWords().schedule;
  const station = useStation();
  const [, go] = useLocation();
  const answer = useAnswer('GET /api/stations/:station/broadcasts', { params: { station: station.id } });
  const going = useGoing();
  const rules = answer.data?.filter(
    ({ id, state, when }) => (state === 'scheduled' || state === 'waiting') && when.kind !== 'now' && !going(id),
  );
  const make = station.may('schedule') && (
    <Button leftSection={<Icon name="add" />} onClick={() => go('/lich/moi')}>
      {words.make}
    </Button>
  );
  return (
    <Page title={words.title} action={make}>
      <ProblemNote problem={answer.data ? null : answer.error} retry={() => void answer.refetch()} />
      {!rules && !answer.error && <Loading />}
      {rules?.length === 0 && <Empty title={words.emptyTitle} text={words.emptyText} action={make} />}
      {rules && rules.length > 0 && (
        <>
          <Week rules={rules} />
          <Section title={words.rules}>
            <ul className={css.list}>
              {rules.map((one) => (
                <RuleRow key={one.id} broadcast={one} />
              ))}
            </ul>
          </Section>
        </>
      )}
    </Page>
  );
}

type Rules = Parameters<typeof occurrencesIn>[0];

function Week({ rules }: { rules: Rules }) {
  const words = useWords().schedule;
  const { formatDay } = useFormat();
  const now = useNow();
  const [weeks, setWeeks] = useState(0);
  const monday = addDays(mondayOf(dayKey(now)), 7 * weeks);
  const from = instantOf(monday);
  const all = occurrencesIn(rules, Math.max(from, startOfDay(now)), from + 7 * DAY_MS);
  const days = Array.from({ length: 7 }, (_, i) => addDays(monday, i)).filter((day) => day >= dayKey(now));
  return (
    <>
      <div className={css.weeks}>
        {weeks > 0 && (
          <Button variant="default" onClick={() => setWeeks(weeks - 1)}>
            {words.previousWeek}
          </Button>
        )}
        <strong>{weeks === 0 ? words.thisWeek : words.week(formatDay(from), formatDay(from + 6 * DAY_MS))}</strong>
        <Button variant="default" onClick={() => setWeeks(weeks + 1)}>
          {words.nextWeek}
        </Button>
      </div>
      {days.map((day) => {
        const those = all.filter(({ startAt }) => dayKey(startAt) === day);
        return (
          <section key={day} className={css.day} data-today={day === dayKey(now) || undefined}>
            <h2 className={css.dayName}>
              {formatDay(instantOf(day))}
              {day === dayKey(now) && <span className={css.dim}> · {words.today}</span>}
            </h2>
            {those.length === 0 && <p className={css.dim}>{words.nothingThatDay}</p>}
            <ul className={css.list}>
              {those.map((one) => (
                <OccurrenceRow
                  key={`${one.broadcast.id} ${one.startAt}`}
                  one={one}
                  all={all}
                  over={one.startAt + one.broadcast.durationMs < now}
                />
              ))}
            </ul>
          </section>
        );
      })}
      {weeks === 0 && days.length < 7 && (
        <p>
          <Link to="/nhat-ky" className={css.lone}>
            {words.pastDays}
          </Link>
        </p>
      )}
    </>
  );
}
