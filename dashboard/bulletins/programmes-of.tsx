/** From an approved bulletin onwards: the programmes that hold it, or one press that makes one. */

import { Button } from '@mantine/core';
import type { Bulletin } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useAnswer, useSend } from '../api/hub.ts';
import { newId } from '../api/ids.ts';
import { itemsAround } from '../programmes/order.ts';
import { useStation } from '../session/me.tsx';
import { ProblemNote } from '../ui/page.tsx';
import { useWords } from '../words/index.tsx';
import css from './bulletins.module.css';

export function ProgrammesOf({ bulletin }: { bulletin: Bulletin }) {
  const words = useWords().bulletins;
  const tabs = words.tabs;
  const station = useStation();
  const [, go] = useLocation();
  // made once: a second press makes no second programme
  const [id] = useState(() => newId());
  const programmes = useAnswer('GET /api/stations/:station/programmes', { params: { station: station.id } }).data;
  const making = useSend('PUT /api/stations/:station/programmes/:programme');
  const holding = programmes?.filter(({ items }) => items.some((item) => item.kind === 'bulletin' && item.bulletin === bulletin.id)) ?? [];
  const make = async () => {
    const body = { title: bulletin.title, items: itemsAround(bulletin), revision: 0 };
    if (await making.send({ params: { station: station.id, programme: id }, body })) go(`/chuong-trinh/${id}`);
  };
  return (
    <div className={css.panel}>
      {holding.length > 0 && (
        <p>
          {tabs.programmes}:{' '}
          {holding.map((one, index) => (
            <span key={one.id}>
              {index > 0 && ', '}
              <Link to={`/chuong-trinh/${one.id}`}>{one.title}</Link>
            </span>
          ))}
        </p>
      )}
      <ProblemNote problem={making.problem} />
      <div className={css.buttons}>
        <Button variant={holding.length > 0 ? 'default' : 'filled'} loading={making.sending} onClick={() => void make()}>
          {words.makeProgramme}
        </Button>
        <span className={css.dim}>{words.makeProgrammeHelp}</span>
      </div>
    </div>
  );
}
