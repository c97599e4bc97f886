/** Answers players' asks for blocks of plan bodies and audio: each player waits only for itself, and gets only what its own plan names. */
import { open } from 'node:fs/promises';
import type { BlockAsk } from '@tieng-loa/protocol/blocks.ts';
import { BLOCK_BYTES } from '@tieng-loa/protocol/limits.ts';
import type { Files } from '../files.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/database.ts';
import { ASKS_PER_PLAYER, BLOCKS_REMEMBERED, BODIES_REMEMBERED } from './limits.ts';
import type { Link } from './link.ts';
import type { Reach } from './reach.ts';

export interface BlocksDependencies {
  database: Database;
  files: Pick<Files, 'rendering'>;
  link: Pick<Link, 'send'>;
  reach: Pick<Reach, 'kindOf'>;
  log: Logger;
}
export interface Blocks {
  /** Takes an ask; beyond what a player may have asked for it is dropped, and the player asks again. */
  ask(player: string, ask: BlockAsk): void;
  /** Resolves once nothing is being answered; asks after that are dropped. */
  close(): Promise<void>;
}

/** None: the hub has no such file, or not for this player. The two are not told apart. */
const NOTHING = new Uint8Array(0);

/** @returns the answering of asks. */
export function serveBlocks(dependencies: BlocksDependencies): Blocks {
  const { link, log } = dependencies;
  const read = blockReader(dependencies);
  const waiting = new Map<string, BlockAsk[]>();
  const serving = new Set<Promise<void>>();
  let closed = false;

  const serve = async (player: string, asks: BlockAsk[]): Promise<void> => {
    for (let ask = asks[0]; ask && !closed; ask = asks[0]) {
      try {
        await link.send('block', { player }, { ...ask, bytes: await read(player, ask) });
      } catch (error) {
        // the player asks again; what is wrong with the file must be seen here
        log.error({ player, sha256: ask.sha256, error }, 'A block could not be read.');
      }
      asks.shift();
    }
    waiting.delete(player);
  };
  return {
    ask: (player, ask) => {
      if (closed) return;
      const asks = waiting.get(player);
      if (asks) {
        const known = asks.some(({ sha256, index }) => sha256 === ask.sha256 && index === ask.index);
        if (!known && asks.length < ASKS_PER_PLAYER) asks.push(ask);
        return;
      }
      const own = [ask];
      waiting.set(player, own);
      const served = serve(player, own).finally(() => serving.delete(served));
      serving.add(served);
    },
    close: async () => {
      closed = true;
      await Promise.all(serving);
    },
  };
}

/** @returns a reader of one block; what was read lately stays in memory, since players of a station pull the same files at the same time. */
function blockReader({ database, files, reach }: BlocksDependencies): (player: string, ask: BlockAsk) => Promise<Uint8Array> {
  const blocks = recent<Uint8Array>(BLOCKS_REMEMBERED);
  const bodies = recent<Buffer>(BODIES_REMEMBERED);
  const bodyBytes = async (sha256: string): Promise<Buffer | null> => {
    const known = bodies.get(sha256);
    if (known) return known;
    const row = await database.selectFrom('bodies').select('content').where('sha256', '=', sha256).executeTakeFirst();
    return row ? bodies.put(sha256, Buffer.from(row.content)) : null;
  };
  return async (player, { sha256, index }) => {
    const kind = reach.kindOf(player, sha256);
    if (kind === null) return NOTHING;
    if (kind === 'body') return (await bodyBytes(sha256))?.subarray(index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES) ?? NOTHING;
    const name = `${sha256}/${index}`;
    const known = blocks.get(name);
    if (known) return known;
    const bytes = await readBlock(files.rendering(sha256), index);
    return bytes.length > 0 ? blocks.put(name, bytes) : NOTHING;
  };
}

async function readBlock(path: string, index: number): Promise<Uint8Array> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!file) return NOTHING;
  try {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(BLOCK_BYTES), 0, BLOCK_BYTES, index * BLOCK_BYTES);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** @returns a memory of the last `count` things that were asked for. */
function recent<T>(count: number) {
  const things = new Map<string, T>();
  const put = (name: string, thing: T): T => {
    things.delete(name);
    things.set(name, thing);
    if (things.size > count) things.delete(things.keys().next().value!);
    return thing;
  };
  return {
    get: (name: string): T | undefined => {
      const thing = things.get(name);
      return thing === undefined ? undefined : put(name, thing);
    },
    put,
  };
}
