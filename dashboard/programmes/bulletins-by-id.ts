/** The station's bulletins by their ids, for orders that name them. */
import type { Bulletin } from '@tieng-loa/protocol/views.ts';
import { useMemo } from 'react';
import { useAnswer } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';

export function useBulletinsById(): ReadonlyMap<string, Bulletin> {
  const station = useStation();
  const { data } = useAnswer('GET /api/stations/:station/bulletins', { params: { station: station.id } });
  return useMemo(() => new Map((data ?? []).map((one) => [one.id, one])), [data]);
}
