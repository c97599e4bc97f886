/** Bulletins of the station: what is said in which tongues, and what waits for whom. */

import { Button, TextInput } from '@mantine/core';
import type { Bulletin } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useAnswer, useNow } from '../api/hub.ts';
import { newId } from '../api/ids.ts';
import { useStation } from '../session/me.tsx';
import { Icon } from '../ui/icons.tsx';
import { Loading } from '../ui/loading.tsx';
import { Empty, Page, ProblemNote } from '../ui/page.tsx';
import { Tags } from '../ui/tags.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './bulletins.module.css';
import { ContentTabs } from './content-tabs.tsx';
import { folded } from './draft.ts';
import { useZones } from './languages.tsx';
import { useGoing } from './removal.ts';
import { UnsavedBulletins } from './unsaved.tsx';
import { spokenLanguages, Waits } from './waits.tsx';

const PAGE = 30;
const FILTERS = ['', 'draft', 'submitted', 'approved', 'withdrawn'] as const;
type Filter = (typeof FILTERS)[number];

export function BulletinsPage() {
  const words = useWords().bulletins;
  const station = useStation();
  const answer = useAnswer('GET /api/stations/:station/bulletins', { params: { station: station.id } });
  const going = useGoing();
  const bulletins = answer.data?.filter(({ id }) => !going(id));
  const [, go] = useLocation();
  const make = station.may('record') && (
    <Button leftSection={<Icon name="add" />} onClick={() => go(`/ban-tin/${newId()}?moi`)}>
      {words.make}
    </Button>
  );
  return (
    <Page title={words.title} action={make}>
      <ContentTabs />
      <ProblemNote problem={answer.data ? null : answer.error} retry={() => void answer.refetch()} />
      {answer.data && station.may('record') && <UnsavedBulletins saved={answer.data} />}
      {!answer.data && !answer.error && <Loading />}
      {bulletins?.length === 0 && <Empty title={words.emptyTitle} text={words.emptyText} action={make} />}
      {bulletins && bulletins.length > 0 && <BulletinList bulletins={bulletins} />}
    </Page>
  );
}

function BulletinList({ bulletins }: { bulletins: readonly Bulletin[] }) {
  const words = useWords().bulletins;
  const station = useStation();
  const more = useWords().recordings.more;
  const waiting = bulletins.some(({ state }) => state === 'submitted');
  // an approver's first question is what waits for them
  const [filter, setFilter] = useState<Filter>(station.may('approve') && waiting ? 'submitted' : '');
  const [text, setText] = useState('');
  const [shown, setShown] = useState(PAGE);
  const found = bulletins.filter((one) => (filter === '' || one.state === filter) && folded(one.title).includes(folded(text.trim())));
  return (
    <>
      <Filters bulletins={bulletins} filter={filter} onChange={setFilter} />
      {bulletins.length > 5 && (
        <TextInput type="search" label={words.search} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      )}
      {found.length === 0 && text.trim() !== '' && <p className={css.dim}>{words.searchNothing(text.trim())}</p>}
      <ul className={css.list}>
        {found.slice(0, shown).map((one) => (
          <BulletinRow key={one.id} bulletin={one} />
        ))}
      </ul>
      {found.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + PAGE)}>
          {more}
        </Button>
      )}
    </>
  );
}

function Filters({ bulletins, filter, onChange }: { bulletins: readonly Bulletin[]; filter: Filter; onChange(filter: Filter): void }) {
  const words = useWords();
  const { formatNumber } = useFormat();
  const count = (of: Filter) => bulletins.filter(({ state }) => of === '' || state === of).length;
  return (
    <fieldset className={css.filters} aria-label={words.bulletins.filterName}>
      {FILTERS.filter((one) => one === '' || count(one) > 0).map((one) => (
        <Button key={one} variant={one === filter ? 'filled' : 'default'} aria-pressed={one === filter} onClick={() => onChange(one)}>
          {one === '' ? words.bulletins.filterAll : words.shell.states[one]} ({formatNumber(count(one))})
        </Button>
      ))}
    </fieldset>
  );
}

function BulletinRow({ bulletin }: { bulletin: Bulletin }) {
  const words = useWords();
  const { formatDuration, formatDay, formatMoment } = useFormat();
  const zones = useZones();
  const now = useNow();
  const facts = [
    words.bulletins.subjects[bulletin.subject],
    ...(bulletin.class === 'routine' ? [] : [words.shell.classes[bulletin.class]]),
    ...(bulletin.durationMs > 0 ? [formatDuration(bulletin.durationMs)] : []),
    ...(bulletin.validUntil !== null && bulletin.validUntil > now ? [words.bulletins.validUntil(formatDay(bulletin.validUntil))] : []),
    words.bulletins.lastTouched(bulletin.by.name, formatMoment(bulletin.updatedAt, now)),
  ];
  return (
    <li className={css.row} data-class={bulletin.class}>
      <div className={css.rowHead}>
        <h2 className={css.rowTitle}>
          <Link to={`/ban-tin/${bulletin.id}`} className={css.rowLink}>
            {bulletin.title}
          </Link>
        </h2>
        <Tags languages={spokenLanguages(bulletin)} />
      </div>
      <Waits bulletin={bulletin} zones={zones} />
      <p className={css.dim}>{facts.join(' · ')}</p>
    </li>
  );
}
