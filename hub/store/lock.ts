/** One hub a data folder: a lock that the system lets go of with the process, whatever became of it. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another hub holds the folder. */
export class FolderTaken extends Error {
  constructor() {
    super('another hub runs on this folder; stop it first (một Tiếng Loa khác đang chạy trên thư mục này; hãy dừng nó trước)');
    this.name = 'FolderTaken';
  }
}

const SQLITE_BUSY = 5;

/** Holds the folder until it is let go. @throws FolderTaken. */
export function holdFolder(folder: string): { letGo(): void } {
  // a lock of SQLite's own: no process can leave it behind, and no id of a process has to be believed
  const lock = new DatabaseSync(join(folder, 'hub.lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw (error as { errcode?: number }).errcode === SQLITE_BUSY ? new FolderTaken() : error;
  }
  return { letGo: () => lock.close() };
}
