/** A rule said back in one sentence, so that a slip of the finger is seen before it is heard. */
import type { Broadcast } from '@tieng-loa/protocol/views.ts';
import { useNow } from '../api/hub.ts';
import { dayKey, instantOf } from '../words/format.ts';
import { useFormat, useWords } from '../words/index.tsx';
import type { When } from './calendar.ts';
import { usePlaces } from './places.ts';

export function useSentence(): (title: string, when: When, zones: readonly string[], cls: Broadcast['class']) => string {
  const words = useWords();
  const { formatDay, formatTime } = useFormat();
  const places = usePlaces();
  const today = dayKey(useNow());
  const said = words.schedule;
  return (title, when, zones, cls) => {
    const where = places(zones);
    const highly = cls === 'routine' ? '' : ` ${said.sayClass(words.shell.classes[cls])}`;
    if (when.kind === 'now') return said.sayNow(title, where) + highly;
    if (when.kind === 'once') return said.sayOnce(title, formatTime(when.at), formatDay(when.at), where) + highly;
    const from = when.from > today ? ` ${said.sayFrom(formatDay(instantOf(when.from)))}` : '';
    const until = when.until === null ? '' : ` ${said.sayUntil(formatDay(instantOf(when.until)))}`;
    return said.sayWeekly(title, when.times, when.weekdays, where) + from + until + highly;
  };
}
