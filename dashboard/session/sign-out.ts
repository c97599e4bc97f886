/** Signing out: the session ends at the hub and nothing of it stays on the page. */
import { useQueryClient } from '@tanstack/react-query';
import { meKey, useSend } from '../api/hub.ts';
import { forgetKept } from '../api/kept.ts';

export function useSignOut(): () => void {
  const store = useQueryClient();
  const { send } = useSend('DELETE /api/session');
  return async () => {
    await send({});
    forgetKept();
    store.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });
    await store.resetQueries({ queryKey: meKey });
  };
}
