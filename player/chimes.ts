/** The built-in sounds, pinned by their hash and outside approval. `node audio/chimes/main.ts player/chimes` makes them anew. */
import { join } from 'node:path';
import { type Chime, CHIMES as NAMES } from '@tieng-loa/protocol/plan.ts';

export interface BuiltIn {
  file: string;
  sha256: string;
  durationMs: number;
}

export const CHIMES: Readonly<Record<Chime, BuiltIn>> = {
  attention: {
    file: 'attention.opus',
    sha256: '243aa60f0c9dd18bf05e2370923a65041a97caa86b990719ff40b5f10b8a5425',
    durationMs: 2400,
  },
  signature: {
    file: 'signature.opus',
    sha256: '6763367302a282c35cf477c108159a7ec552932c7c9b0fee23404ca1d275b4f4',
    durationMs: 6000,
  },
  closing: {
    file: 'closing.opus',
    sha256: '6ede60e7800b99cbca42188ed6710c26a282a6dbafa26f72ffed18f9b33455f0',
    durationMs: 3000,
  },
};

/** @returns where the chimes lie in a folder: the program is bundled into one file, so whoever composes it says where they are. */
export function chimeFiles(folder: string): Record<Chime, string> {
  return Object.fromEntries(NAMES.map((chime) => [chime, join(folder, CHIMES[chime].file)])) as Record<Chime, string>;
}
