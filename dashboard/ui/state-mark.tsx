/** A state as a word, a shape and a colour: never by colour alone. */

import { useWords } from '../words/index.tsx';
import type { Words } from '../words/vi.ts';
import css from './state-mark.module.css';

export type MarkedState = keyof Words['shell']['states'];
type Tone = 'grey' | 'blue' | 'green' | 'amber' | 'red' | 'striped';
type Shape = 'ring' | 'half' | 'disc' | 'play' | 'tick' | 'bend' | 'square' | 'cross' | 'ask' | 'pause';

const marks: Readonly<Record<MarkedState, readonly [Shape, Tone]>> = {
  planned: ['ring', 'grey'],
  filling: ['half', 'blue'],
  ready: ['disc', 'blue'],
  'on-air': ['play', 'green'],
  aired: ['tick', 'green'],
  overridden: ['bend', 'amber'],
  stopped: ['square', 'amber'],
  missed: ['cross', 'red'],
  unknown: ['ask', 'striped'],
  scheduled: ['ring', 'grey'],
  waiting: ['pause', 'amber'],
  ended: ['tick', 'grey'],
  cancelled: ['cross', 'grey'],
  draft: ['ring', 'grey'],
  submitted: ['half', 'amber'],
  approved: ['tick', 'green'],
  withdrawn: ['cross', 'red'],
  rendering: ['half', 'blue'],
  refused: ['cross', 'red'],
  slot: ['ring', 'grey'],
  here: ['disc', 'green'],
  late: ['half', 'amber'],
  lost: ['cross', 'red'],
  revoked: ['square', 'grey'],
};
const drawn: Readonly<Record<Shape, React.ReactNode>> = {
  ring: <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" />,
  half: (
    <>
      <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M8 2.5a5.5 5.5 0 0 0 0 11z" fill="currentColor" />
    </>
  ),
  disc: <circle cx="8" cy="8" r="6.5" fill="currentColor" />,
  play: <path d="M4 2.5v11l9.5-5.5z" fill="currentColor" />,
  tick: <path d="M2.5 8.5l4 4 7-9" fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round" />,
  bend: (
    <path
      d="M2 12c2-7 7-8 10-4M12.5 3.5V8.5H7.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  square: <rect x="3" y="3" width="10" height="10" rx="1" fill="currentColor" />,
  cross: <path d="M3.5 3.5l9 9m0-9l-9 9" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />,
  ask: (
    <path
      d="M5 5.5A3 3 0 1 1 8 8.5V10M8 13.2v.1"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  pause: <path d="M4.5 3v10M11.5 3v10" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />,
};

/** The shape alone, for where the word stands beside it. */
export function StateShape({ state }: { state: MarkedState }) {
  const [shape, tone] = marks[state];
  return (
    <svg className={css.shape} data-tone={tone} data-moving={state === 'on-air' || undefined} viewBox="0 0 16 16" aria-hidden="true">
      {drawn[shape]}
    </svg>
  );
}

/** The shape and the word; `children` says it in other words. */
export function StateMark({ state, children }: { state: MarkedState; children?: React.ReactNode }) {
  const words = useWords().shell.states;
  return (
    <span className={css.mark} data-tone={marks[state][1]}>
      <StateShape state={state} />
      <span>{children ?? words[state]}</span>
    </span>
  );
}
