/** How often one address may ask what anyone may ask: a bucket that fills at a steady rate. */
import { isIPv6 } from 'node:net';
import { MINUTE, SECOND } from '@tieng-loa/protocol/limits.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Clock } from '../clock.ts';
import { RATE_ADDRESSES } from '../limits.ts';

export interface Rates {
  /** Takes one from the bucket of `address`. @throws Problem `too-many` where it is empty. */
  take(address: string): void;
}

/** A household has 2^64 addresses of IPv6: they count as one. */
const household = (address: string): string => (isIPv6(address) ? address.split(':').slice(0, 4).join(':') : address);

/** @returns buckets of `perMinute` requests for each address. */
export function addressRates(perMinute: number, clock: Pick<Clock, 'monotonic'>): Rates {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(address) {
      const key = household(address);
      const now = clock.monotonic();
      const held = buckets.get(key) ?? { left: perMinute, at: now };
      const left = Math.min(perMinute, held.left + ((now - held.at) / MINUTE) * perMinute);
      if (left < 1) throw new Problem('too-many', { retryAfterSeconds: Math.ceil(((1 - left) / perMinute) * (MINUTE / SECOND)) });
      buckets.delete(key);
      buckets.set(key, { left: left - 1, at: now });
      // the address that has been quiet longest is forgotten first
      if (buckets.size > RATE_ADDRESSES) buckets.delete(buckets.keys().next().value!);
    },
  };
}
