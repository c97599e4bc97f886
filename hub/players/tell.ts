/** Tells pages that players or airings changed, but not for each of hundreds of heartbeats. */
import type { Change } from '@tieng-loa/protocol/views.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import { TELL_MS } from './limits.ts';

export interface Teller {
  /** Tells at once where nothing was told lately, else a little later, once for all. */
  tell(subject: Change['subject'], station: string): void;
  close(): void;
}

/** @returns a teller. What it tells has no id: players are as they were made, only how they are has changed. */
export function teller({ changes, clock }: { changes: Changes; clock: Clock }): Teller {
  /** what was told lately, and whether it must be told again */
  const lately = new Map<string, { again: boolean; cancel: () => void }>();
  const tell = (subject: Change['subject'], station: string): void => {
    const name = `${subject} ${station}`;
    const told = lately.get(name);
    if (told) {
      told.again = true;
      return;
    }
    const cancel = clock.after(TELL_MS, () => {
      const again = lately.get(name)?.again;
      lately.delete(name);
      if (again) tell(subject, station);
    });
    lately.set(name, { again: false, cancel });
    changes.tell({ subject, station, id: null });
  };
  return {
    tell,
    close: () => {
      for (const { cancel } of lately.values()) cancel();
      lately.clear();
    },
  };
}
