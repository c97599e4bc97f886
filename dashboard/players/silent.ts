/** Which players fell silent today though they followed their plan. */
import { useMemo } from 'react';
import { useAnswer, useNow } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { DAY_MS, startOfDay } from '../words/format.ts';
import { type Silent, silentOf } from './health.ts';

/** @returns the players whose last airing of the day ended for their sound device (the question is the one of Hôm nay). */
export function useSilent(): Silent {
  const station = useStation();
  const from = startOfDay(useNow());
  const { data } = useAnswer('GET /api/stations/:station/airings', { params: { station: station.id }, query: { from, to: from + DAY_MS } });
  return useMemo(() => silentOf(data ?? []), [data]);
}
