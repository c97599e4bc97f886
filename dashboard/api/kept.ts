/** The last known state, kept on this device for the time when the hub cannot be reached: of one person, for a day's work at most. */
import { type DehydratedState, dehydrate, hydrate, type QueryClient } from '@tanstack/react-query';
import type { RouteName } from '@tieng-loa/protocol/api.ts';
import type { Me } from '@tieng-loa/protocol/people.ts';

const KEPT_AS = 'tl.kept';
/** What the home views are made of, the most needed first. */
const KEPT: readonly RouteName[] = [
  'GET /api/me',
  'GET /api/stations/:station',
  'GET /api/stations/:station/airings',
  'GET /api/stations/:station/broadcasts',
  'GET /api/stations/:station/zones',
  'GET /api/stations/:station/players',
  'GET /api/stations/:station/bulletins',
  'GET /api/stations/:station/programmes',
];
/** A day of 300 players is about 1 MB; browsers give 5 to a site, and drafts need room too. */
const KEPT_CHARACTERS = 2_000_000;
/** No session lasts longer (`SESSION_MS` of the hub); what is older is not worth a look. */
const KEPT_MS = 12 * 3_600_000;
/** Writing a busy station anew at each change would be felt. */
const WRITE_EVERY_MS = 5000;

type KeptQuery = DehydratedState['queries'][number];

/** Writes the answers down as they come. @returns what stops it. */
export function keepAnswers(store: QueryClient): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(waiting);
    waiting = undefined;
    const text = textOf(store);
    try {
      if (text === null) localStorage.removeItem(KEPT_AS);
      else localStorage.setItem(KEPT_AS, text);
    } catch {
      // a full or forbidden store keeps nothing; the page itself goes on
    }
  };
  const stop = store.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return;
    if (isKept(event.query.queryKey)) waiting ??= setTimeout(write, WRITE_EVERY_MS);
  });
  const leave = () => {
    if (document.visibilityState === 'hidden' && waiting !== undefined) write();
  };
  document.addEventListener('visibilitychange', leave);
  return () => {
    stop();
    clearTimeout(waiting);
    document.removeEventListener('visibilitychange', leave);
  };
}

/** What a signed-out person, or the next one at this device, must not find. */
export const forgetKept = (): void => localStorage.removeItem(KEPT_AS);

/** Takes back what was kept, as far as nothing newer is known; all of it is asked for again. @returns whether there was anything. */
export function restoreKept(store: QueryClient, now: number): boolean {
  const state = keptState();
  const me = state?.queries.find(({ queryKey }) => queryKey[0] === KEPT[0]);
  if (!state || !me || now - me.state.dataUpdatedAt > KEPT_MS) return false;
  hydrate(store, state);
  void store.invalidateQueries({ refetchType: 'none' });
  return true;
}

/** @returns when the newest answer came; null where there is none. */
export function lastAnswerAt(store: QueryClient): number | null {
  const at = Math.max(
    0,
    ...store
      .getQueryCache()
      .getAll()
      .map(({ state }) => state.dataUpdatedAt),
  );
  return at === 0 ? null : at;
}

const isKept = (key: readonly unknown[]): boolean => KEPT.includes(key[0] as RouteName);

/** @returns the text to keep; null where nobody is signed in. */
function textOf(store: QueryClient): string | null {
  const { queries } = dehydrate(store, { shouldDehydrateQuery: ({ queryKey, state }) => state.status === 'success' && isKept(queryKey) });
  if (!queries.some(({ queryKey }) => queryKey[0] === KEPT[0])) return null;
  const rank = ({ queryKey }: KeptQuery) => KEPT.indexOf(queryKey[0] as RouteName);
  const sorted = queries.toSorted((a, b) => rank(a) - rank(b) || b.state.dataUpdatedAt - a.state.dataUpdatedAt);
  let left = KEPT_CHARACTERS;
  const texts = sorted
    .map((query) => JSON.stringify(withoutToken(query)))
    .filter((text) => {
      if (text.length > left) return false;
      left -= text.length;
      return true;
    });
  return `{"mutations":[],"queries":[${texts.join(',')}]}`;
}

/** The token of the session stays out of the device's storage; it comes again with the first answer. */
function withoutToken(query: KeptQuery): KeptQuery {
  if (query.queryKey[0] !== KEPT[0]) return query;
  return { ...query, state: { ...query.state, data: { ...(query.state.data as Me), csrf: '' } } };
}

function keptState(): DehydratedState | null {
  try {
    const text = localStorage.getItem(KEPT_AS);
    return text === null ? null : (JSON.parse(text) as DehydratedState);
  } catch {
    // what an older page kept in another form is not known any more
    return null;
  }
}
