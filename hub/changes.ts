/** The typed stream of what changed: commands tell, the planner and the pages' streams listen. */
import type { Change } from '@tieng-loa/protocol/views.ts';

export interface Changes {
  tell(change: Change): void;
  /** @returns a function that ends the listening. A listener must not throw and must not wait. */
  listen(listener: (change: Change) => void): () => void;
}

/** @returns a stream within this process. */
export function changeStream(): Changes {
  const listeners = new Set<(change: Change) => void>();
  return {
    tell: (change) => {
      for (const listener of listeners) listener(change);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
