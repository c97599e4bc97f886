/** Takes an upload to disk: counted, hashed and synced, so that what is answered for is there after a power cut. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { KIB, UPLOAD_BYTES } from '@tieng-loa/protocol/limits.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Clock } from '../clock.ts';
import { remove } from '../files.ts';
import { UPLOAD_STALL_MS } from '../limits.ts';

export interface Upload {
  stream: Readable;
  /** as announced */
  lengthBytes: number;
}
export interface Received {
  sha256: string;
  sizeBytes: number;
}

const tooLarge = (): Problem => new Problem('too-large', { limitMb: UPLOAD_BYTES / (KIB * KIB) });

/**
 * Writes an upload to `part` and syncs it; on any failure nothing stays there.
 * @throws Problem `too-large`, `upload-cut`, `disk-full`.
 */
export async function receive(upload: Upload, part: string, clock: Pick<Clock, 'after'>): Promise<Received> {
  if (upload.lengthBytes > UPLOAD_BYTES) throw tooLarge();
  try {
    const received = await write(upload, part, clock);
    if (received.sizeBytes !== upload.lengthBytes) throw cut(upload, received.sizeBytes);
    return received;
  } catch (error) {
    await remove(part);
    throw isDiskFull(error) ? new Problem('disk-full') : error;
  }
}

async function write(upload: Upload, part: string, clock: Pick<Clock, 'after'>): Promise<Received> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const file = await open(part, 'wx', 0o640);
  try {
    for await (const chunk of chunksOf(upload, () => sizeBytes, clock)) {
      sizeBytes += chunk.length;
      // more than was announced is as wrong as less
      if (sizeBytes > upload.lengthBytes) throw sizeBytes > UPLOAD_BYTES ? tooLarge() : cut(upload, sizeBytes);
      hash.update(chunk);
      await writeAll(file, chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

/** A connection that breaks, or falls silent, is an upload that was cut, whatever the socket calls it. */
async function* chunksOf(upload: Upload, received: () => number, clock: Pick<Clock, 'after'>): AsyncGenerator<Buffer> {
  const chunks = upload.stream[Symbol.asyncIterator]();
  for (;;) {
    let next: IteratorResult<Buffer>;
    try {
      const stalled = Promise.withResolvers<never>();
      const cancel = clock.after(UPLOAD_STALL_MS, () => stalled.reject(new Error('nothing came')));
      next = await Promise.race([chunks.next(), stalled.promise]).finally(cancel);
    } catch {
      throw cut(upload, received());
    }
    if (next.done) return;
    yield next.value;
  }
}

/** A full disk may take a part of a chunk before it refuses the rest. */
async function writeAll(file: Awaited<ReturnType<typeof open>>, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
}

const cut = (upload: Upload, receivedBytes: number): Problem =>
  new Problem('upload-cut', { expectedBytes: upload.lengthBytes, receivedBytes });

/** Whether a disk or a quota has no room left. */
export const isDiskFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException)?.code ?? '');
