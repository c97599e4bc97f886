/** Shows what the hub has just answered about a bulletin, before anything is asked again. */

import { useQueryClient } from '@tanstack/react-query';
import type { Bulletin } from '@tieng-loa/protocol/views.ts';

/** @returns what takes an answer in; null, a refusal, changes nothing. */
export function useKeepBulletin(): (answer: Bulletin | null) => void {
  const store = useQueryClient();
  return (answer) => {
    if (answer) store.setQueryData(['GET /api/bulletins/:bulletin', { bulletin: answer.id }, {}], answer);
  };
}
