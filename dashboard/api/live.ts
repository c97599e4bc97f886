/** The stream of changes: renews what is shown, and knows since when what is shown may be old. */

import { useQueryClient } from '@tanstack/react-query';
import type { Change } from '@tieng-loa/protocol/views.ts';
import { useEffect, useState } from 'react';
import { renew, useHub } from './hub.ts';
import { lastAnswerAt } from './kept.ts';
import { ALL_SUBJECTS, type Subject } from './subjects.ts';

/** Changes come in bursts (300 players at the full hour): they are gathered this long before anything is asked again. */
const GATHER_MS = 200;
/** A busy station must not ask without a pause: the next asking waits this many times as long as the last answer took. */
const REST = 4;
/** A stream that ended for good (a proxy, a session) is opened anew after this long. */
const REOPEN_MS = 5000;

/** @returns since when the stream has been broken, by the hub's clock; null while it flows. */
export function useLive(station: string): { brokenSince: number | null } {
  const store = useQueryClient();
  const { clock } = useHub();
  const [brokenSince, setBrokenSince] = useState<number | null>(null);
  useEffect(() => {
    const waiting = new Set<Subject>();
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let reopening: ReturnType<typeof setTimeout> | undefined;
    let source: EventSource | undefined;
    let restMs = GATHER_MS;
    let broken = false;
    let flowed = false;

    const ask = async () => {
      const subjects = [...waiting];
      waiting.clear();
      const from = clock.monotonic();
      await Promise.all(subjects.map((subject) => renew(store, subject)));
      restMs = Math.max(GATHER_MS, REST * (clock.monotonic() - from));
      gathering = undefined;
      if (waiting.size > 0) gather();
    };
    const gather = () => {
      gathering ??= setTimeout(() => void ask(), restMs);
    };
    const open = () => {
      source = new EventSource(`/api/stations/${station}/live`);
      source.onopen = () => {
        flowed = true;
        if (!broken) return;
        broken = false;
        setBrokenSince(null);
        // what happened while the stream was broken was never told
        for (const subject of ALL_SUBJECTS) waiting.add(subject);
        gather();
      };
      source.onmessage = (event: MessageEvent<string>) => {
        waiting.add((JSON.parse(event.data) as Change).subject);
        gather();
      };
      source.onerror = () => {
        // a page that opened without the hub shows what was kept: that is as old as its newest answer
        if (!broken) setBrokenSince(flowed ? clock.now() : (lastAnswerAt(store) ?? clock.now()));
        broken = true;
        if (source?.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
      };
    };
    open();
    return () => {
      source?.close();
      clearTimeout(gathering);
      clearTimeout(reopening);
    };
  }, [station, store, clock]);
  return { brokenSince };
}
