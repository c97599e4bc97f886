/** Looks at a file that a person sent: what sound it holds, or why it is refused, in words that help. */
import { open } from 'node:fs/promises';
import { MINUTE, RECORDING_MS } from '@tieng-loa/protocol/limits.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { type Ffmpeg, FfmpegFailed, type Look } from './ffmpeg.ts';
import { HEAD_BYTES } from './limits.ts';
import { claimsToBeSound, kindOf } from './sniff.ts';

export interface Sound {
  format: string;
  codec: string;
  /** as the header says; null where it does not, or only guesses */
  durationMs: number | null;
}

/** What phones, recorders and PCs write; a decoder that nobody needs is a door that nobody watches. */
const CODECS = /^(pcm_\w+|adpcm_(ima_wav|ms)|mp[23]|aac|alac|flac|opus|vorbis|amr_nb|amr_wb)$/;

/** Formats without a length in their header: ffprobe guesses it from the bit rate. */
const GUESSED = /^(mp3|aac|amr)/;

/**
 * Decides whether a file is audio that may be made ready; its name is only quoted, never trusted.
 * Costs the same for a minute and for a day of sound: nothing is decoded.
 * @throws Problem `not-audio`, `bad-file`, `too-long`.
 */
export async function probe(ffmpeg: Ffmpeg, path: string, fileName: string, signal?: AbortSignal): Promise<Sound> {
  const head = await headOf(path);
  if (head.length === 0) throw new Problem('not-audio', { fileName, found: 'empty' });
  const look = await ffmpeg.look(path, signal).catch((error: unknown) => {
    if (!(error instanceof FfmpegFailed)) throw error;
    if (claimsToBeSound(head)) throw new Problem('bad-file', { fileName });
    throw new Problem('not-audio', { fileName, found: kindOf(head) });
  });
  const sound = soundOf(look, head, fileName);
  if (sound.durationMs !== null && sound.durationMs > RECORDING_MS) throw tooLong(fileName);
  return sound;
}

/** @returns the problem of a recording that is longer than may be. */
export const tooLong = (fileName: string): Problem => new Problem('too-long', { fileName, limitMinutes: RECORDING_MS / MINUTE });

function soundOf(look: Look, head: Buffer, fileName: string): Sound {
  const stream = look.streams.find((one) => one.kind === 'audio');
  if (!stream) {
    const film = look.streams.some((one) => one.kind === 'video');
    // raw MP3 frames can be "found" in any bytes: then what the file begins with tells more
    const kind = film && claimsToBeSound(head) ? 'silentFilm' : kindOf(head);
    throw new Problem('not-audio', { fileName, found: kind });
  }
  if (/^(mp3|aac)$/.test(look.format) && !claimsToBeSound(head)) throw new Problem('not-audio', { fileName, found: kindOf(head) });
  if (!CODECS.test(stream.codec)) throw new Problem('not-audio', { fileName, found: 'rareSound' });
  return { format: look.format, codec: stream.codec, durationMs: GUESSED.test(look.format) ? null : look.durationMs };
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
