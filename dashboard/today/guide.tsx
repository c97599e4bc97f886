/** The first steps of a new station, in order; what is done is ticked, the next one has its button. */
import { Button } from '@mantine/core';
import type { Verb } from '@tieng-loa/protocol/people.ts';
import { Link } from 'wouter';
import { useAnswer } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { Loading } from '../ui/loading.tsx';
import { StateShape } from '../ui/state-mark.tsx';
import { useWords } from '../words/index.tsx';
import type { Words } from '../words/vi.ts';
import css from './guide.module.css';

interface Step {
  name: keyof Words['today']['guide']['steps'];
  to: string;
  verb: Verb;
  done: boolean;
}

export function Guide() {
  const words = useWords().today.guide;
  const station = useStation();
  const params = { station: station.id };
  const { data: zones } = useAnswer('GET /api/stations/:station/zones', { params });
  const { data: players } = useAnswer('GET /api/stations/:station/players', { params });
  const { data: bulletins } = useAnswer('GET /api/stations/:station/bulletins', { params });
  if (!zones || !players || !bulletins) return <Loading />;
  const steps: readonly Step[] = [
    { name: 'zone', to: '/cai-dat', verb: 'administer', done: zones.length > 0 },
    { name: 'player', to: '/loa', verb: 'operate', done: players.length > 0 },
    { name: 'bulletin', to: '/ban-tin', verb: 'record', done: bulletins.length > 0 },
    { name: 'approval', to: '/ban-tin', verb: 'approve', done: bulletins.some(({ state }) => state === 'approved') },
    { name: 'broadcast', to: '/lich', verb: 'schedule', done: false },
  ];
  const next = steps.findIndex(({ done }) => !done);
  return (
    <section className={css.guide}>
      <h2>{words.title}</h2>
      <p>{words.text}</p>
      <ol>
        {steps.map(({ name, to, verb, done }, index) => (
          <li key={name} data-next={index === next || undefined}>
            <StateShape state={done ? 'aired' : 'planned'} />
            <div>
              <strong>
                {words.steps[name].title}
                {done && ` (${words.done})`}
              </strong>
              <p>{words.steps[name].text}</p>
              {index === next &&
                (station.may(verb) ? (
                  <Button component={Link} to={to}>
                    {words.begin}
                  </Button>
                ) : (
                  <p>{words.ask}</p>
                ))}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
