/** Bells by arithmetic: struck notes with the partials of a small metal bar, added up to samples. */

export const SAMPLE_RATE = 48_000;

/** One stroke: when, which pitch (MIDI number; 69 is the A of 440 Hz), how hard (0 to 1). */
export interface Stroke {
  atMs: number;
  note: number;
  force: number;
}

/** Partials of a bar tuned as a vibraphone's: ratio to the pitch, strength, and seconds until it has faded to a third. */
const PARTIALS = [
  { ratio: 1, strength: 1, fadeS: 0.75 },
  { ratio: 2, strength: 0.28, fadeS: 0.5 },
  { ratio: 4, strength: 0.22, fadeS: 0.22 },
  { ratio: 10, strength: 0.05, fadeS: 0.05 },
] as const;
/** A stroke that begins within 3 ms is a click on a horn; one over 10 ms is no stroke. */
const ATTACK_S = 0.004;
/** The end is faded, so that nothing is cut off. */
const RELEASE_S = 0.25;

const pitchOf = (note: number): number => 440 * 2 ** ((note - 69) / 12);

/** @returns samples from −1 to 1 of the strokes, exactly `durationMs` long. */
export function ring(strokes: readonly Stroke[], durationMs: number): Float64Array {
  const samples = new Float64Array(Math.round((durationMs * SAMPLE_RATE) / 1000));
  for (const stroke of strokes) addStroke(samples, stroke);
  const release = RELEASE_S * SAMPLE_RATE;
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return samples.map((sample, at) => (sample / loudest) * 0.7 * Math.min(1, (samples.length - 1 - at) / release));
}

function addStroke(samples: Float64Array, { atMs, note, force }: Stroke): void {
  const from = Math.round((atMs * SAMPLE_RATE) / 1000);
  for (const { ratio, strength, fadeS } of PARTIALS) {
    const step = (2 * Math.PI * pitchOf(note) * ratio) / SAMPLE_RATE;
    for (let at = from; at < samples.length; at += 1) {
      const seconds = (at - from) / SAMPLE_RATE;
      const strength1 = force * strength * Math.exp(-seconds / fadeS) * Math.min(1, seconds / ATTACK_S);
      samples[at]! += strength1 * Math.sin(step * (at - from));
    }
  }
}

/** @returns a WAV file of the samples: mono, 16 bits. */
export function wavOf(samples: Float64Array): Buffer {
  const data = Buffer.alloc(samples.length * 2);
  for (const [at, sample] of samples.entries()) data.writeInt16LE(Math.round(sample * 32_767), at * 2);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}
