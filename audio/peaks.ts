/** The waveform of a sound: the loudest sample of each of up to 1,000 equal stretches, 0 to 100. */
import { Writable } from 'node:stream';
import { PEAKS } from './limits.ts';

/** Samples a second that a waveform is drawn from: speech has its strength below 4 kHz. */
export const WAVEFORM_RATE = 8000;
/** Samples in the smallest stretch kept while the length is not known: 10 ms. */
const STRETCH = 80;
const FULL_SCALE = 32_768;

/** A sink for raw samples (signed 16 bits, little endian, mono, 8 kHz) that keeps only their outline. */
export class Waveform extends Writable {
  readonly #stretches: number[] = [];
  #samples = 0;
  #loudest = 0;
  #odd: Buffer = Buffer.alloc(0);

  constructor() {
    // fluent-ffmpeg takes a closed sink for a failure where ffmpeg itself ends 20 ms later
    super({ emitClose: false });
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    const bytes = this.#odd.length > 0 ? Buffer.concat([this.#odd, chunk]) : chunk;
    const end = bytes.length - (bytes.length % 2);
    for (let at = 0; at < end; at += 2) {
      this.#loudest = Math.max(this.#loudest, Math.abs(bytes.readInt16LE(at)));
      this.#samples += 1;
      if (this.#samples % STRETCH === 0) {
        this.#stretches.push(this.#loudest);
        this.#loudest = 0;
      }
    }
    this.#odd = bytes.subarray(end);
    done();
  }

  get durationMs(): number {
    return Math.round((this.#samples * 1000) / WAVEFORM_RATE);
  }

  /** @returns at most 1,000 integers from 0 to 100. */
  peaks(): number[] {
    const all = this.#samples % STRETCH === 0 ? this.#stretches : [...this.#stretches, this.#loudest];
    const count = Math.min(PEAKS, all.length);
    return Array.from({ length: count }, (_, index) => {
      const from = Math.floor((index * all.length) / count);
      const to = Math.floor(((index + 1) * all.length) / count);
      return Math.round((Math.max(...all.slice(from, to)) * 100) / FULL_SCALE);
    });
  }
}
