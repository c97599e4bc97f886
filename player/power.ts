/** When the amplifier is on: long enough before the first sample, and a little after the last. */
import type { Amplifier } from './amplifier.ts';
import type { Clock } from './clock.ts';
import { AMPLIFIER_LINGER_MS } from './limits.ts';

export interface Power {
  on(): void;
  /** off in a moment, unless something needs it again */
  off(): void;
  /** @returns from when on, by the monotonic clock, sound may come if it is switched on now (or is on) */
  warmFrom(leadMs: number): number;
  /** off at once */
  close(): void;
}

export function powerOf(amplifier: Amplifier, clock: Clock): Power {
  let onMono: number | null = null;
  let cancel = () => {};
  const off = (): void => {
    cancel();
    onMono = null;
    amplifier.off();
  };
  return {
    on() {
      cancel();
      onMono ??= clock.monotonic();
      amplifier.on();
    },
    off() {
      cancel();
      cancel = clock.after(AMPLIFIER_LINGER_MS, off);
    },
    warmFrom: (leadMs) => (amplifier.present ? (onMono ?? clock.monotonic()) + leadMs : clock.monotonic()),
    close: off,
  };
}
