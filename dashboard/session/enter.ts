/** Entering: nothing of the person before stays on the page, and each finds their own work first. */
import { useQueryClient } from '@tanstack/react-query';
import type { Me, Verb } from '@tieng-loa/protocol/people.ts';
import { useLocation } from 'wouter';
import { meKey } from '../api/hub.ts';
import { forgetKept } from '../api/kept.ts';

/** Those who make or answer for the day's programmes begin at Hôm nay. */
const OF_THE_DAY: readonly Verb[] = ['compose', 'schedule', 'approve', 'administer'];

/** @returns the view whose question this person asks first (the border post: the bulletins; the technician: the players). */
export function homeOf(me: Pick<Me, 'stations'>): string {
  const may = me.stations[0]?.may ?? [];
  if (may.some((verb) => OF_THE_DAY.includes(verb))) return '/';
  if (may.includes('operate')) return '/loa';
  return may.includes('record') ? '/ban-tin' : '/';
}

/** @returns what is done once the hub has let somebody in; a view that was asked for by its address stays open. */
export function useEntering(): (me: Me) => void {
  const store = useQueryClient();
  const [location, go] = useLocation();
  const asked = location !== '/' && location !== '/dang-nhap' && !location.startsWith('/lien-ket/');
  return (me) => {
    store.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });
    forgetKept();
    store.setQueryData(meKey, me);
    if (!asked) go(homeOf(me), { replace: true });
  };
}
