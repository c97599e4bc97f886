/** One strip of the line of time: hour, title, languages, places, one sentence; opened, its places. */
import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import { useNow, useSend } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { Icon } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/page.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { Tags } from '../ui/tags.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { Places } from './places.tsx';
import { sentenceOf } from './sentence.ts';
import { type Strip, stripMark, zonesOf } from './strips.ts';
import css from './today.module.css';

/** More places than this are counted rather than named. */
const PLACES = 3;

export function StripLine({ strip, time }: { strip: Strip; time: 'past' | 'now' | 'future' }) {
  const words = useWords();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const places = useId();
  const zones = zonesOf(strip.airings);
  const named = zones.slice(0, PLACES).map(({ name }) => name);
  return (
    <li className={css.strip} data-time={time} data-class={strip.class}>
      <button type="button" className={css.press} aria-expanded={open} aria-controls={places} onClick={() => setOpen(!open)}>
        <span className={css.hour}>{format.formatTime(strip.plannedAt)}</span>
        <span className={css.body}>
          <span className={css.title}>{strip.title}</span>
          <span className={css.facts}>
            {strip.class !== 'routine' && <strong className={css.class}>{words.shell.classes[strip.class]}</strong>}
            <Tags languages={strip.languages.filter((tag) => tag !== 'zxx')} />
            <span>
              {named.join(', ')}
              {zones.length > PLACES && ` ${words.today.morePlaces(zones.length - PLACES)}`} · {format.formatDuration(strip.durationMs)}
            </span>
          </span>
          <Sentence strip={strip} time={time} />
        </span>
        <Icon name={open ? 'up' : 'down'} />
      </button>
      {time === 'now' && <Stop strip={strip} />}
      <div id={places} hidden={!open}>
        {open && <Places zones={zones} />}
      </div>
    </li>
  );
}

function Sentence({ strip, time }: { strip: Strip; time: 'past' | 'now' | 'future' }) {
  const words = useWords();
  const format = useFormat();
  const now = useNow(time === 'now' ? 500 : 5000);
  return (
    <span className={css.sentence}>
      <StateMark state={stripMark(strip)}>{sentenceOf(strip, now, { words: words.today, format })}</StateMark>
    </span>
  );
}

/** One press stops it everywhere; the button says where. */
function Stop({ strip }: { strip: Strip }) {
  const words = useWords().today;
  const station = useStation();
  const [stopped, setStopped] = useState(false);
  const { send, problem } = useSend('POST /api/broadcasts/:broadcast/stop');
  const sounding = strip.airings.filter(({ state }) => state === 'on-air').length;
  if (!station.may('stop')) return null;
  const stop = async () => {
    setStopped(true);
    const done = await send({ params: { broadcast: strip.broadcast }, body: { plannedAt: strip.plannedAt } });
    if (!done) setStopped(false);
  };
  return (
    <div className={css.stop}>
      <Button color="red" leftSection={<Icon name="stop" />} disabled={stopped} onClick={stop}>
        {stopped ? words.stopping : words.stop(sounding)}
      </Button>
      <ProblemNote problem={problem} />
    </div>
  );
}
