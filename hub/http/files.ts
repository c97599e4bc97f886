/** Sends a file that a handler names: by ranges, as an attachment, never as something a browser would run. */
import { basename, dirname, resolve } from 'node:path';
import type { FastifyReply } from 'fastify';
import type { FileAnswer } from './handler.ts';

/** RFC 6266 and RFC 5987: a plain name for old programs, the real one beside it. */
function disposition(fileName: string): string {
  const plain = fileName.replace(/[^\w. -]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** @returns the reply under way. A page plays it all the same: `<audio>` does not mind the attachment. */
export function sendFile(reply: FastifyReply, { path, contentType, fileName }: FileAnswer): FastifyReply {
  const whole = resolve(path);
  reply.headers({ 'content-type': contentType, 'content-disposition': disposition(fileName), 'cache-control': 'private, no-cache' });
  return reply.sendFile(basename(whole), dirname(whole), { contentType: false, cacheControl: false, dotfiles: 'allow' });
}
