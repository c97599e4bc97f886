/** Files of the hub: where each kind lies under the data folder, and how one is written so that a power cut leaves the old or the new, never half. */
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where the hub's files lie. Audio is named by id or by SHA-256, never by what a person called it. */
export interface Files {
  /** the folder of uploads as they came */
  uploads: string;
  /** the folder of renderings */
  renderings: string;
  /** the upload of a recording */
  upload(recording: string): string;
  /** a rendering by its SHA-256 */
  rendering(sha256: string): string;
}

/** Makes the folders that lack, and says where files lie. */
export async function openFiles(dataDir: string): Promise<Files> {
  const uploads = join(dataDir, 'uploads');
  const renderings = join(dataDir, 'renderings');
  for (const folder of [uploads, renderings]) await mkdir(folder, { recursive: true, mode: 0o750 });
  await syncFolder(dataDir);
  return {
    uploads,
    renderings,
    upload: (recording) => join(uploads, recording),
    rendering: (sha256) => join(renderings, `${sha256}.opus`),
  };
}

/** Removes what an earlier run had not finished writing. Only for the one hub that holds the folder. */
export async function removeUnfinished({ uploads, renderings }: Files): Promise<void> {
  for (const folder of [uploads, renderings])
    for (const name of await readdir(folder)) if (name.endsWith(PART)) await remove(join(folder, name));
}

const PART = '.part';

/** The name under which a file grows until it is whole. */
export const aside = (path: string): string => `${path}${PART}`;

/** Puts a finished file in its place: the bytes to disk, the name over, the name to disk. `from` is usually `aside(to)`. */
export async function settle(from: string, to: string): Promise<void> {
  const file = await open(from, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(from, to);
  await syncFolder(dirname(to));
}

/** Writes a small file whole (aside, fsync, rename, fsync of the folder). `mode` 0o600 for keys. */
export async function writeWhole(path: string, bytes: string | Uint8Array, mode = 0o640): Promise<void> {
  const part = aside(path);
  const file = await open(part, 'w', mode);
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
  await settle(part, path);
}

/** Removes a file; one that is not there is removed already. */
export const remove = (path: string): Promise<void> => rm(path, { force: true });

/** A rename is on disk once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
