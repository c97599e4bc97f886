/** The page's line to the hub: questions (kept and renewed), changes (with what the hub refused), and the headers of both. */

import { notifyManager, QueryCache, QueryClient, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AnswerOf, RouteName } from '@tieng-loa/protocol/api.ts';
import { type ApiProblem, type CallOptions, type Client, client } from '@tieng-loa/protocol/client.ts';
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { type PageClock, pageClock, useTick } from './clock.ts';
import { isRenewedBy, type Subject, subjectOf } from './subjects.ts';

export interface Hub {
  call: Client;
  /** headers of every request (CSRF token, language), for an upload that shows its progress */
  headers: () => Record<string, string>;
  /** told by the session who is signed in, and by the words which tongue is read */
  tell(facts: { csrf?: string | null; tongue?: string }): void;
  clock: PageClock;
}

/** @returns the line to the hub that served this page. */
export function openHubLine(): Hub {
  const clock = pageClock();
  const told = { csrf: null as string | null, tongue: 'vi' };
  const headers = () => ({ 'accept-language': told.tongue, ...(told.csrf === null ? {} : { 'x-csrf': told.csrf }) });
  const listening: typeof fetch = async (input, init) => {
    const askedAt = clock.monotonic();
    const answer = await fetch(input, init);
    clock.learn(answer.headers.get('date'), askedAt);
    return answer;
  };
  return {
    call: client({ base: '', headers, fetch: listening }),
    headers,
    tell: (facts) => Object.assign(told, facts),
    clock,
  };
}

const HubContext = createContext<Hub | null>(null);
export const HubProvider = HubContext.Provider;

export function useHub(): Hub {
  const hub = useContext(HubContext);
  if (!hub) throw new Error('useHub stands outside HubProvider');
  return hub;
}

/** @returns the time by the hub's clock, renewed every `everyMs`. */
export const useNow = (everyMs = 30_000): number => useTick(useHub().clock, everyMs);

export const meKey = ['GET /api/me', {}, {}] as const;

/** @returns the store of answers. A session that ended shows the sign-in; what was entered is kept by the drafts. */
export function answerStore(): QueryClient {
  const store = new QueryClient({
    queryCache: new QueryCache({
      onError: (problem, query) => {
        if ((problem as ApiProblem).code === 'not-signed-in' && query.queryKey[0] !== 'GET /api/me') {
          void store.invalidateQueries({ queryKey: meKey });
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        gcTime: 30 * 60_000,
        // a refusal is an answer; only silence is asked again
        retry: (failures, problem) => (problem as ApiProblem).code === 'unreachable' && failures < 2,
        networkMode: 'always',
        // what was asked in vain while off line recovers by itself
        refetchOnReconnect: true,
      },
      mutations: { networkMode: 'always' },
    },
  });
  return store;
}

/** @returns whether the hub leaves a question of the page without any answer now. */
export function useUnreachable(): boolean {
  const questions = useQueryClient().getQueryCache();
  return useSyncExternalStore(
    useCallback((told) => questions.subscribe(notifyManager.batchCalls(told)), [questions]),
    () =>
      questions.getAll().some((query) => query.isActive() && (query.state.fetchFailureReason as ApiProblem | null)?.code === 'unreachable'),
  );
}

interface AnswerOptions {
  enabled?: boolean;
  /** asks again this often, for what time itself changes */
  everyMs?: number;
}

/** Asks the hub and keeps the answer; it is asked again when the stream of changes says so. */
export function useAnswer<N extends RouteName>(
  name: N,
  options: CallOptions<N>,
  { enabled = true, everyMs }: AnswerOptions = {},
): UseQueryResult<AnswerOf<N>, ApiProblem> {
  const { call } = useHub();
  return useQuery<AnswerOf<N>, ApiProblem>({
    queryKey: [name, options.params ?? {}, options.query ?? {}],
    queryFn: ({ signal }) => call(name, { ...options, signal }),
    enabled,
    refetchInterval: everyMs ?? false,
    placeholderData: (before) => before,
  });
}

export interface Sending<N extends RouteName> {
  /** @returns the answer, or null where the hub refused: `problem` then says why. Never rejects. */
  send(options: CallOptions<N>): Promise<AnswerOf<N> | null>;
  sending: boolean;
  problem: ApiProblem | null;
  /** forgets the problem */
  clear(): void;
}

/** Changes something at the hub; answers that the change touches are asked for again at once. */
export function useSend<N extends RouteName>(name: N): Sending<N> {
  const { call } = useHub();
  const store = useQueryClient();
  const sending = useMutation<AnswerOf<N>, ApiProblem, CallOptions<N>>({
    mutationFn: (options) => call(name, options),
    onSuccess: () => void renew(store, subjectOf(name)),
    onError: (problem) => {
      if (problem.code === 'not-signed-in') void store.invalidateQueries({ queryKey: meKey });
    },
  });
  return {
    send: (options) => sending.mutateAsync(options).catch(() => null),
    sending: sending.isPending,
    problem: sending.error,
    clear: sending.reset,
  };
}

/** Asks again for every answer that a change of this subject touches. */
export async function renew(store: QueryClient, subject: Subject | null): Promise<void> {
  if (subject === null) return;
  await store.invalidateQueries({ predicate: (query) => isRenewedBy(query.queryKey[0] as RouteName, subject) });
}
