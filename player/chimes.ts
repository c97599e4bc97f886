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
    sha256: '814d77337407b435d1cbbc55d5605fb671b8660d7b7e6498ba4bb780a577d4cd',
    durationMs: 6000,
  },
  closing: {
    file: 'closing.opus',
    sha256: 'c9d59f2b3a676342f9447b708cb4000ac16598dae0f67d870f08803549958c7c',
    durationMs: 3000,
  },
};

/** @returns where the chimes lie in a folder: the program is bundled into one file, so whoever composes it says where they are. */
export function chimeFiles(folder: string): Record<Chime, string> {
  return Object.fromEntries(NAMES.map((chime) => [chime, join(folder, CHIMES[chime].file)])) as Record<Chime, string>;
}
