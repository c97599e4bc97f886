/** Files in blocks: a player asks for one block of a file named by its SHA-256, the hub answers with the bytes. */
import { type Static, Type } from 'typebox';
import { Sha256 } from './ids.ts';
import { BLOCK_BYTES, RENDERING_BYTES } from './limits.ts';
import { Problem } from './problems.ts';
import { Strict } from './strict.ts';

/** `index` counts blocks of 16 KiB from 0. */
export const BlockAsk = Strict({ sha256: Sha256, index: Type.Integer({ minimum: 0, maximum: Math.ceil(RENDERING_BYTES / BLOCK_BYTES) }) });
export type BlockAsk = Static<typeof BlockAsk>;

/** A block as it travels: 32 bytes SHA-256 of the file, 4 bytes index (big endian), then the bytes; none mean that the hub has no such file. */
export interface Block {
  sha256: string;
  index: number;
  bytes: Uint8Array;
}
const HEADER_BYTES = 36;

/** @returns the bytes that travel. */
export function encodeBlock(block: Block): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(block.sha256, 0, 'hex');
  header.writeUInt32BE(block.index, 32);
  return Buffer.concat([header, block.bytes]);
}

/** @returns the block in a packet. @throws Problem `bad-document` where it is too short or too long. */
export function decodeBlock(packet: Uint8Array): Block {
  if (packet.length < HEADER_BYTES || packet.length > HEADER_BYTES + BLOCK_BYTES) throw new Problem('bad-document', { why: 'block size' });
  const view = Buffer.from(packet.buffer, packet.byteOffset, packet.length);
  return { sha256: view.toString('hex', 0, 32), index: view.readUInt32BE(32), bytes: view.subarray(HEADER_BYTES) };
}

/** @returns how many blocks a file of this size has. */
export const blockCount = (sizeBytes: number): number => Math.ceil(sizeBytes / BLOCK_BYTES);
