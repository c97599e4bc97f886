/** Emergencies that are ordered or sound now, whoever pressed; asked again every few seconds beside the stream. */
import { useQueries } from '@tanstack/react-query';
import type { ApiProblem } from '@tieng-loa/protocol/client.ts';
import type { Airing } from '@tieng-loa/protocol/views.ts';
import { useAnswer, useHub, useNow } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { isRunning, mayRun, type Running } from './standing.ts';

const AIRINGS = 'GET /api/stations/:station/airings';
const HOUR_MS = 3_600_000;
/** An emergency may be looked at again for a day. */
const LOOK_BACK_MS = 24 * HOUR_MS;
/** From a full hour on: the question stays the same for an hour. */
const LOOK_AHEAD_MS = 2 * HOUR_MS;
/** Asked again this often: here a second matters. */
const EVERY_MS = 2_000;

function useSpan(): { from: number; to: number } {
  const hour = Math.floor(useNow() / HOUR_MS) * HOUR_MS;
  return { from: hour - LOOK_BACK_MS, to: hour + LOOK_AHEAD_MS };
}

/** @returns the airings of what was fired, renewed every few seconds. */
export function useAiringsOf(broadcast: string) {
  const params = { station: useStation().id };
  return useAnswer(AIRINGS, { params, query: { ...useSpan(), broadcast } }, { everyMs: EVERY_MS });
}

/** @returns every emergency that is ordered or sounds, also what others pressed a moment ago. */
export function useRunning(): Running[] {
  const params = { station: useStation().id };
  const { call } = useHub();
  const now = useNow(EVERY_MS);
  const span = useSpan();
  const { data = [] } = useAnswer('GET /api/stations/:station/broadcasts', { params });
  const candidates = data.filter((one) => mayRun(one, now));
  const answers = useQueries({
    queries: candidates.map(({ id }) => {
      const query = { ...span, broadcast: id };
      return {
        queryKey: [AIRINGS, params, query],
        queryFn: ({ signal }: { signal: AbortSignal }): Promise<Airing[]> => call(AIRINGS, { params, query, signal }),
        refetchInterval: EVERY_MS,
        placeholderData: (before: Airing[] | undefined) => before,
      };
    }),
  });
  return candidates
    .map((broadcast, i) => ({ id: broadcast.id, title: broadcast.title, broadcast, airings: answers[i]?.data ?? [] }))
    .filter((one) => isRunning(one, now));
}

/** @returns what asks the hub for the newest airings of a broadcast; null where it does not answer. */
export function useFreshAirings(): (broadcast: string) => Promise<Airing[] | null> {
  const params = { station: useStation().id };
  const { call } = useHub();
  const span = useSpan();
  return (broadcast) => call(AIRINGS, { params, query: { ...span, broadcast } }).catch((_: ApiProblem) => null);
}
