/** A quiet line where what is shown may be old: since when, and whether the hub answers at all. */
import { useAnswer, useNow } from '../api/hub.ts';
import { useLive } from '../api/live.ts';
import { useStation } from '../session/me.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './live-line.module.css';

/** A stream that comes back within this is nobody's concern. */
const QUIET_MS = 4000;
/** How often the hub is asked for a sign of life while the stream is broken. */
const PROBE_MS = 5000;

export function LiveLine() {
  const words = useWords().shell;
  const { formatMoment } = useFormat();
  const station = useStation();
  const { brokenSince } = useLive(station.id);
  const now = useNow(2000);
  const broken = brokenSince !== null && now - brokenSince > QUIET_MS;
  const sign = useAnswer('GET /api/stations/:station', { params: { station: station.id } }, broken ? { everyMs: PROBE_MS } : {});
  const unreachable = sign.failureReason?.code === 'unreachable';
  return (
    <div role="status">
      {broken && (
        <p className={css.line} data-unreachable={unreachable || undefined}>
          {(unreachable ? words.offline : words.stale)(formatMoment(brokenSince, now))}
        </p>
      )}
    </div>
  );
}
