/** Hears a stream of samples and knows when each came out: which tones, from when to when, and when the first sound began. */
import type { Readable } from 'node:stream';
import { levelOf, RATE, SILENCE, toneIn } from './tones.ts';

/** How much is kept: five minutes of 16-bit mono are 29 MB. */
const KEPT_SAMPLES = 300 * RATE;
/** Tones are told apart in stretches of this length. */
const STRETCH_MS = 40;

/** A stretch in which one tone (`other`: something else) sounded. Instants are of the wall clock. */
export interface Heard {
  tone: number | 'other';
  fromAt: number;
  toAt: number;
}

export interface Ear {
  /** how much it has heard in all, in milliseconds */
  heardMs(): number;
  /** when the first sample at or after `fromAt` louder than `floor` came out; null where it was silent so far */
  firstSound(fromAt: number, floor?: number): number | null;
  /** what sounded between two instants, silence left out */
  heard(fromAt: number, toAt: number, tones: readonly number[]): Heard[];
  /** the loudest 40 ms between two instants, as root mean square */
  loudest(fromAt: number, toAt: number): number;
}

/**
 * Listens to 16-bit mono. A chunk arrives some milliseconds after its last sample came out, never before: the smallest
 * distance seen between arrival and place in the stream tells when the stream began.
 */
export function openEar(stream: Readable): Ear {
  const ring = new Int16Array(KEPT_SAMPLES);
  let count = 0;
  let beganAt = Number.POSITIVE_INFINITY;
  let odd: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    const arrivedAt = performance.timeOrigin + performance.now();
    const bytes = odd.length > 0 ? Buffer.concat([odd, chunk]) : chunk;
    const whole = bytes.length - (bytes.length % 2);
    odd = Buffer.from(bytes.subarray(whole));
    for (let at = 0; at < whole; at += 2) ring[count++ % KEPT_SAMPLES] = bytes.readInt16LE(at);
    beganAt = Math.min(beganAt, arrivedAt - (count / RATE) * 1000);
  });
  const indexOf = (at: number): number => Math.min(count, Math.max(0, count - KEPT_SAMPLES, Math.round(((at - beganAt) / 1000) * RATE)));
  const atOf = (index: number): number => beganAt + (index / RATE) * 1000;
  const stretch = (from: number, to: number): Int16Array => {
    const start = from % KEPT_SAMPLES;
    const length = to - from;
    if (start + length <= KEPT_SAMPLES) return ring.subarray(start, start + length);
    const joined = new Int16Array(length);
    joined.set(ring.subarray(start));
    joined.set(ring.subarray(0, length - (KEPT_SAMPLES - start)), KEPT_SAMPLES - start);
    return joined;
  };
  const stretches = function* (fromAt: number, toAt: number): Generator<{ samples: Int16Array; from: number; to: number }> {
    const step = (RATE * STRETCH_MS) / 1000;
    const end = indexOf(toAt);
    for (let from = indexOf(fromAt); from + step <= end; from += step) yield { samples: stretch(from, from + step), from, to: from + step };
  };
  return {
    heardMs: () => (count / RATE) * 1000,
    firstSound(fromAt, floor = SILENCE) {
      const threshold = floor * 32768;
      for (let index = indexOf(fromAt); index < count; index++) if (Math.abs(ring[index % KEPT_SAMPLES]!) > threshold) return atOf(index);
      return null;
    },
    heard(fromAt, toAt, tones) {
      const out: Heard[] = [];
      for (const { samples, from, to } of stretches(fromAt, toAt)) {
        const tone = toneIn(samples, tones);
        if (tone === null) continue;
        const last = out.at(-1);
        if (last && last.tone === tone && atOf(from) - last.toAt < STRETCH_MS * 1.5) last.toAt = atOf(to);
        else out.push({ tone, fromAt: atOf(from), toAt: atOf(to) });
      }
      return out;
    },
    loudest: (fromAt, toAt) => Math.max(0, ...[...stretches(fromAt, toAt)].map(({ samples }) => levelOf(samples))),
  };
}
