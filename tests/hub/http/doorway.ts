/** What the tests of one file go in and out by: a store and a folder for the file, a server for each test, closed after it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type OpenStore, openStore } from '../stores.ts';
import { type Door, openDoor } from './door.ts';

type Answer = { code: string; facts: Record<string, unknown>; message: string };

/** @returns a refusal as the page reads it, with its status. */
export const problem = async (answer: Response): Promise<Answer & { status: number }> => ({
  status: answer.status,
  ...((await answer.json()) as Answer),
});

/** Registers the hooks of a file. */
export function doorway() {
  let store: OpenStore;
  let folder: string;
  let door: Door | undefined;
  beforeAll(async () => {
    store = await openStore('sqlite');
    folder = await mkdtemp(join(tmpdir(), 'tl-page-'));
  });
  afterEach(async () => {
    await door?.close();
    door = undefined;
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  return {
    /** of the file's own, known once its tests run */
    folder: () => folder,
    /** a server, a station, and two people who may do something in it */
    async open(options: Parameters<typeof openDoor>[1] = {}) {
      door = await openDoor(store.database, options);
      const station = await door.station();
      const editor = await door.visitor('editor', station);
      return { door, station, editor, administrator: await door.visitor('administrator', station), database: store.database };
    },
  };
}
