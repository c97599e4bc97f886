/** Files as people send them, made with ffmpeg and sox when a test asks; each test folder is removed by who made it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Workplace {
  path(name: string): string;
  /** writes bytes under a name */
  file(name: string, bytes: string | Uint8Array): string;
  /** runs ffmpeg; the last argument is the name of what it writes */
  ffmpeg(...args: string[]): string;
  /** a few spoken seconds in the format that the name ends in */
  speech(name: string, ...options: string[]): string;
  clear(): void;
}

const TEXT = 'Xin chào bà con. Hôm nay mưa to, bà con không đi qua ngầm. Ai thấy đất nứt thì báo cho trưởng bản.';

export function openWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'tl-audio-'));
  const path = (name: string) => join(folder, name);
  const ffmpeg = (...args: string[]): string => {
    const made = path(args.at(-1)!);
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args.slice(0, -1), made]);
    return made;
  };
  execFileSync('espeak-ng', ['-v', 'vi', '-a', '85', '--stdin', '-w', path('speech.wav')], { input: TEXT });
  return {
    path,
    ffmpeg,
    file: (name, bytes) => {
      writeFileSync(path(name), bytes);
      return path(name);
    },
    speech: (name, ...options) => ffmpeg('-i', path('speech.wav'), ...options, name),
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Debian's ffmpeg cannot write AMR; sox can. */
export function speechAmr(at: Workplace): string {
  const made = at.path('speech.amr');
  execFileSync('sox', ['-V1', at.path('speech.wav'), '-r', '8000', '-c', '1', '-t', 'amr-nb', made]);
  return made;
}

/** AMR in a 3gp, as phones write it. */
export const speech3gp = (at: Workplace): string => at.ffmpeg('-i', speechAmr(at), '-c', 'copy', '-f', '3gp', 'speech.3gp');
