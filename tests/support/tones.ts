/** Sound that a test can tell apart: makes tones, and says which of some tones sounds in a stretch of samples. */

/** Written in the samples' own terms: 16-bit, mono. */
export const RATE = 48_000;
/** Below this root mean square (of full scale 1) a stretch counts as silence: −60 dBFS. */
export const SILENCE = 0.001;

/** @returns a WAV file with a tone (mono, 16-bit): soft edges, so that no click is heard as sound. */
export function toneWav(hz: number, durationMs: number, level = 0.3): Buffer {
  const count = Math.round((RATE * durationMs) / 1000);
  const samples = new Int16Array(count);
  const edge = RATE / 100;
  for (let i = 0; i < count; i++) {
    const gain = Math.min(1, i / edge, (count - i) / edge);
    samples[i] = Math.round(32767 * level * gain * Math.sin((2 * Math.PI * hz * i) / RATE));
  }
  return wav(samples);
}

/** @returns samples as a WAV file. */
export function wav(samples: Int16Array): Buffer {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

/** @returns the power of one frequency in the samples (Goertzel), as the amplitude it would have alone. */
export function powerOf(samples: Int16Array, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / RATE);
  let s1 = 0;
  let s2 = 0;
  for (const sample of samples) {
    const s0 = sample / 32768 + coefficient * s1 - s2;
    s2 = s1;
    s1 = s0;
  }
  const power = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
  return (2 * Math.sqrt(Math.max(0, power))) / Math.max(1, samples.length);
}

/** @returns the root mean square of the samples, full scale 1. */
export function levelOf(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += (sample / 32768) ** 2;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

/** @returns the tone that carries most of the sound, `other` where none of them does, null where it is silent. */
export function toneIn(samples: Int16Array, tones: readonly number[]): number | 'other' | null {
  const level = levelOf(samples);
  if (level < SILENCE) return null;
  const powers = tones.map((hz) => powerOf(samples, hz));
  const best = powers.indexOf(Math.max(...powers));
  // a pure tone of amplitude a has the root mean square a/√2
  return best >= 0 && powers[best]! / Math.SQRT2 > 0.7 * level ? tones[best]! : 'other';
}
