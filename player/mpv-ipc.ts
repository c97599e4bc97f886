/** mpv's JSON protocol over its socket: commands with answers, and events; nothing of what they mean. */
import type { Duplex } from 'node:stream';
import type { Clock } from './clock.ts';
import { IPC_LINE_BYTES, IPC_WAIT_MS } from './limits.ts';

export type MpvEvent = { event: string; playlist_entry_id?: number; reason?: string; file_error?: string };
export interface MpvIpc {
  /** @returns mpv's answer. Rejects where mpv refuses, does not answer in time, or is gone */
  command(...words: readonly (string | number | boolean)[]): Promise<unknown>;
  close(): void;
}

interface Waiting {
  resolve: (data: unknown) => void;
  reject: (error: Error) => void;
  cancel: () => void;
}

/** Speaks with mpv over the socket it was started with. `ended` is called once, with the reason, when mpv is gone or no longer answers. */
export function openIpc(socket: Duplex, clock: Clock, heard: (event: MpvEvent) => void, ended: (why: string) => void): MpvIpc {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let rest = '';
  let why = 'its socket closed';
  const line = (text: string): void => {
    const message = JSON.parse(text) as MpvEvent & { request_id?: number; error?: string; data?: unknown };
    if (message.event !== undefined) {
      heard(message);
      return;
    }
    const one = waiting.get(message.request_id ?? -1);
    if (!one) return;
    waiting.delete(message.request_id ?? -1);
    one.cancel();
    if (message.error === 'success') one.resolve(message.data);
    else one.reject(new Error(`mpv: ${message.error}`));
  };
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > IPC_LINE_BYTES) socket.destroy();
    for (const one of lines) if (one) line(one);
  });
  socket.on('error', () => socket.destroy());
  socket.once('close', () => {
    for (const one of waiting.values()) {
      one.cancel();
      one.reject(new Error('mpv is gone'));
    }
    waiting.clear();
    ended(why);
  });
  return {
    command: (...command) =>
      new Promise((resolve, reject) => {
        if (!socket.writable) {
          reject(new Error('mpv is gone'));
          return;
        }
        const id = ++last;
        const cancel = clock.after(IPC_WAIT_MS, () => {
          waiting.delete(id);
          reject(new Error('mpv does not answer'));
          // it answers within milliseconds or hangs
          why = 'it does not answer';
          socket.destroy();
        });
        waiting.set(id, { resolve, reject, cancel });
        socket.write(`${JSON.stringify({ command, request_id: id })}\n`);
      }),
    close: () => socket.destroy(),
  };
}
