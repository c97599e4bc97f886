/** One start in the week: hour, title, tongues, places, and what it clashes with. */
import { Link } from 'wouter';
import { StateMark } from '../ui/state-mark.tsx';
import { Tags } from '../ui/tags.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { clashesOf, type Occurrence } from './calendar.ts';
import { usePlaces } from './places.ts';
import css from './schedule.module.css';

/** More clashes than these say the same. */
const CLASHES = 2;

interface OccurrenceRowProps {
  one: Occurrence;
  all: readonly Occurrence[];
  /** its time has gone by today: what became of it is in the ledger */
  over: boolean;
}

export function OccurrenceRow({ one, all, over }: OccurrenceRowProps) {
  const words = useWords();
  const { formatTime, formatDuration, languageName, list } = useFormat();
  const places = usePlaces();
  const { broadcast, startAt } = one;
  return (
    <li className={css.occurrence} data-class={broadcast.class} data-over={over || undefined}>
      <time className={css.hour} dateTime={new Date(startAt).toISOString()}>
        {formatTime(startAt)}
      </time>
      <div className={css.what}>
        <span className={css.headline}>
          <Link to={`/chuong-trinh/${broadcast.programme}`} className={css.title}>
            {broadcast.title}
          </Link>
          <Tags languages={broadcast.languages} />
        </span>
        <span className={css.dim}>
          {[
            formatDuration(broadcast.durationMs),
            places(broadcast.zones),
            ...(broadcast.class === 'routine' ? [] : [words.shell.classes[broadcast.class]]),
          ].join(' · ')}
        </span>
        {over ? (
          <Link to="/nhat-ky" className={css.lone}>
            {words.schedule.inLedger}
          </Link>
        ) : (
          <StateMark state={broadcast.state} />
        )}
        {broadcast.missingLanguages.length > 0 && (
          <StateMark state="late">{words.schedule.lacks(list(broadcast.missingLanguages.map(languageName)))}</StateMark>
        )}
        {!over &&
          clashesOf(one, all)
            .slice(0, CLASHES)
            .map(({ other, zones: shared }) => {
              const say = other.broadcast.class === broadcast.class ? words.schedule.clashSame : words.schedule.clash;
              return (
                <StateMark key={`${other.broadcast.id} ${other.startAt}`} state="overridden">
                  {say(other.broadcast.title, formatTime(other.startAt), places(shared))}
                </StateMark>
              );
            })}
      </div>
    </li>
  );
}
