/** Hears a stream of samples and knows when each came out: which tones, from when to when, and when the first sound began. */
import type { Readable } from 'node:stream';
import { levelOf, RATE, SILENCE, toneIn } from './tones.ts';

/** How much is kept: five minutes of 16-bit mono are 29 MB. */
const KEPT_SAMPLES = 300 * RATE;
/** A chunk comes about every five milliseconds. */
const KEPT_CHUNKS = 60_000;
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

const msOf = (samples: number): number => (samples / RATE) * 1000;

/** So far around a sample its arrival is compared: the machine may have been busy, and a null sink renders ahead at first. */
const AROUND = { beforeMs: 1_000, afterMs: 2_000 };

/**
 * Listens to 16-bit mono. A chunk arrives some milliseconds after its last sample came out, never before: the smallest
 * distance between arrival and place in the stream, among the chunks around it, tells when a sample came out.
 */
export function openEar(stream: Readable): Ear {
  const ring = new Int16Array(KEPT_SAMPLES);
  let count = 0;
  const arrivals = openArrivals();
  let odd: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    const arrivedAt = performance.timeOrigin + performance.now();
    const bytes = odd.length > 0 ? Buffer.concat([odd, chunk]) : chunk;
    const whole = bytes.length - (bytes.length % 2);
    odd = Buffer.from(bytes.subarray(whole));
    for (let at = 0; at < whole; at += 2) ring[count++ % KEPT_SAMPLES] = bytes.readInt16LE(at);
    arrivals.add(msOf(count), arrivedAt);
  });
  const indexOf = (at: number): number =>
    Math.min(count, Math.max(0, count - KEPT_SAMPLES, Math.round((arrivals.placeOf(at) * RATE) / 1000)));
  const atOf = (index: number): number => arrivals.instantOf(msOf(index));
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
    heardMs: () => msOf(count),
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

/** Knows for each place in the stream (in milliseconds of sound) when it came out. */
interface Arrivals {
  add(placeMs: number, arrivedAt: number): void;
  instantOf(placeMs: number): number;
  placeOf(at: number): number;
}

function openArrivals(): Arrivals {
  const chunks: { placeMs: number; beganAt: number }[] = [];
  /** The chunks are in order, and what is asked for mostly came lately. */
  const beganAround = (distance: (chunk: { placeMs: number; beganAt: number }) => number): number => {
    let least = Number.POSITIVE_INFINITY;
    for (let index = chunks.length - 1; index >= 0; index--) {
      const far = distance(chunks[index]!);
      if (far < -AROUND.beforeMs) break;
      if (far < AROUND.afterMs) least = Math.min(least, chunks[index]!.beganAt);
    }
    return Number.isFinite(least) ? least : (chunks.at(-1)?.beganAt ?? 0);
  };
  return {
    add(placeMs, arrivedAt) {
      chunks.push({ placeMs, beganAt: arrivedAt - placeMs });
      if (chunks.length > 2 * KEPT_CHUNKS) chunks.splice(0, KEPT_CHUNKS);
    },
    instantOf: (placeMs) => placeMs + beganAround((chunk) => chunk.placeMs - placeMs),
    placeOf: (at) => at - beganAround((chunk) => chunk.placeMs + chunk.beganAt - at),
  };
}
