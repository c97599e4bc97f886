/** The press itself: joins the order that airs just this already, else makes the item's programme where it has none yet, then the broadcast “now”; each under one id, however often it is pressed. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useSend } from '../api/hub.ts';
import { newId } from '../api/ids.ts';
import { itemsAround } from '../programmes/order.ts';
import { useStation } from '../session/me.tsx';
import type { Ready } from './ready.ts';
import { useFreshAirings, useRunning } from './running.ts';
import { isOpen, sameOrder } from './standing.ts';

export function useFiring(item: Ready) {
  const station = useStation();
  const [, go] = useLocation();
  const [programme] = useState(() => item.programme ?? newId());
  // the same wish is the same broadcast; other places are another one, so that a lost answer bars nobody's way
  const [wishes] = useState(() => new Map<string, string>());
  const idOf = (zones: readonly string[]): string => {
    const wish = zones.toSorted().join();
    const id = wishes.get(wish) ?? newId();
    wishes.set(wish, id);
    return id;
  };
  const making = useSend('PUT /api/stations/:station/programmes/:programme');
  const scheduling = useSend('PUT /api/stations/:station/broadcasts/:broadcast');
  const running = useRunning();
  const freshAirings = useFreshAirings();
  const same = (zones: readonly string[]) => sameOrder(running, item.carriers, zones);
  /** @returns the order that airs it there already, where the hub still says so: somebody may just have stopped it. */
  const joined = async (zones: readonly string[]): Promise<string | null> => {
    const order = same(zones);
    const airings = order && (await freshAirings(order.id));
    return order && airings && sameOrder([{ ...order, airings }], item.carriers, zones) && airings.some(isOpen) ? order.id : null;
  };
  const ready = async (): Promise<boolean> => {
    if (!item.bulletin || item.programme !== null) return true;
    const body = { title: item.title, items: itemsAround(item.bulletin), revision: 0 };
    return (await making.send({ params: { station: station.id, programme }, body })) !== null;
  };
  return {
    sending: making.sending || scheduling.sending,
    problem: scheduling.problem ?? making.problem,
    /** it is on air, or ordered, in just these places: a press shows that order */
    runs: (zones: readonly string[]): boolean => same(zones) !== null,
    /** Sounds at once in these places; an emergency airs what there is of it. */
    fire: async (zones: string[]) => {
      const order = await joined(zones);
      if (order !== null) return go(`/phat-ngay?dang=${order}`, { replace: true });
      if (!(await ready())) return;
      const broadcast = idOf(zones);
      const answer = await scheduling.send({
        params: { station: station.id, broadcast },
        body: { programme, class: 'emergency', when: { kind: 'now' }, zones, acceptMissing: true },
      });
      if (answer) go(`/phat-ngay?dang=${broadcast}`, { replace: true });
    },
  };
}
