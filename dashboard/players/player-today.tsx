/** What sounds today at one player, and what became of it. */
import { useAnswer, useNow } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { playerSentence } from '../today/sentence.ts';
import { markOf } from '../today/strips.ts';
import { StateShape } from '../ui/state-mark.tsx';
import { DAY_MS, startOfDay } from '../words/format.ts';
import { useFormat, useWords } from '../words/index.tsx';
import css from './players.module.css';

export function PlayerToday({ player }: { player: string }) {
  const words = useWords();
  const format = useFormat();
  const station = useStation();
  const now = useNow(1000);
  const from = startOfDay(now);
  const { data = [] } = useAnswer('GET /api/stations/:station/airings', {
    params: { station: station.id },
    query: { from, to: from + DAY_MS },
  });
  const airings = data.filter((airing) => airing.player.id === player).toSorted((a, b) => a.plannedAt - b.plannedAt);
  if (airings.length === 0) return <p className={css.hint}>{words.players.detail.nothingToday}</p>;
  return (
    <ul className={css.today}>
      {airings.map((airing) => (
        <li key={airing.id}>
          <StateShape state={markOf(airing, now)} />
          <span>
            <strong>
              {format.formatTime(airing.plannedAt)} {airing.title}
            </strong>
            <span className={css.line}>{playerSentence(airing, now, { words: words.today, format }, words.shell.states)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
