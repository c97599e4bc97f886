/** Programmes of the station: what may be scheduled, how long each is, what it still waits for. */

import { Button } from '@mantine/core';
import type { Programme } from '@tieng-loa/protocol/views.ts';
import { Link, useLocation } from 'wouter';
import { useAnswer } from '../api/hub.ts';
import { newId } from '../api/ids.ts';
import content from '../bulletins/bulletins.module.css';
import { ContentTabs } from '../bulletins/content-tabs.tsx';
import { useGoing } from '../bulletins/removal.ts';
import { programmeDrafts, Unsaved } from '../bulletins/unsaved.tsx';
import { useStation } from '../session/me.tsx';
import { Icon } from '../ui/icons.tsx';
import { Loading } from '../ui/loading.tsx';
import { Empty, Page, ProblemNote } from '../ui/page.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { useFormat, useWords } from '../words/index.tsx';

export function ProgrammesPage() {
  const words = useWords().programmes;
  const station = useStation();
  const [, go] = useLocation();
  const answer = useAnswer('GET /api/stations/:station/programmes', { params: { station: station.id } });
  const going = useGoing();
  const programmes = answer.data?.filter(({ id }) => !going(id));
  const make = station.may('compose') && (
    <Button leftSection={<Icon name="add" />} onClick={() => go(`/chuong-trinh/${newId()}?moi`)}>
      {words.make}
    </Button>
  );
  return (
    <Page title={words.title} action={make}>
      <ContentTabs />
      <ProblemNote problem={answer.data ? null : answer.error} retry={() => void answer.refetch()} />
      {answer.data && station.may('compose') && (
        <Unsaved
          beginning={programmeDrafts(station.id)}
          saved={answer.data}
          untitled={words.untitled}
          to={(id) => `/chuong-trinh/${id}?moi`}
        />
      )}
      {!answer.data && !answer.error && <Loading />}
      {programmes?.length === 0 && (
        <Empty title={words.emptyTitle} text={words.emptyText} action={<Link to="/ban-tin">{words.toBulletins}</Link>} />
      )}
      <ul className={content.list}>
        {programmes?.map((one) => (
          <ProgrammeRow key={one.id} programme={one} />
        ))}
      </ul>
    </Page>
  );
}

function ProgrammeRow({ programme }: { programme: Programme }) {
  const words = useWords();
  const { formatDuration, formatNumber } = useFormat();
  const facts = [
    words.programmes.totalOf(formatDuration(programme.durationMs), formatNumber(programme.items.length)),
    ...(programme.class === 'routine' ? [] : [words.programmes.highest(words.shell.classes[programme.class].toLowerCase())]),
  ];
  return (
    <li className={content.row} data-class={programme.class}>
      <h2 className={content.rowTitle}>
        <Link to={`/chuong-trinh/${programme.id}`} className={content.rowLink}>
          {programme.title}
        </Link>
      </h2>
      <StateMark state={programme.approved ? 'approved' : 'waiting'}>
        {programme.approved ? words.programmes.approved : words.programmes.notApproved}
      </StateMark>
      <p className={content.dim}>{facts.join(' · ')}</p>
    </li>
  );
}
