/** The stream of changes of a station, as server-sent events: each line says what to ask for again. */
import type { ServerResponse } from 'node:http';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import type { Change } from '@tieng-loa/protocol/views.ts';
import type { FastifyReply } from 'fastify';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import { HEARTBEAT_MS, RECONNECT_MS, STREAM_BACKLOG_BYTES, STREAMS, STREAMS_PER_SESSION } from '../limits.ts';
import { can } from '../people/roles.ts';
import type { Sessions } from '../people/sessions.ts';
import type { Actor } from './handler.ts';

export interface Live {
  /** Opens a stream on this reply. @throws Problem `too-many`. */
  open(reply: FastifyReply, station: string, actor: Actor): void;
  /** Ends all streams: the browsers come back to the hub that follows. */
  close(): void;
}

interface LiveNeeds {
  changes: Changes;
  clock: Clock;
  sessions: Sessions;
}

/** @returns the streams of a hub. */
export function liveStreams({ changes, clock, sessions }: LiveNeeds): Live {
  const open = new Map<() => void, string>();
  const checkRoom = (session: string): void => {
    const own = [...open.values()].filter((other) => other === session).length;
    if (own >= STREAMS_PER_SESSION || open.size >= STREAMS) throw new Problem('too-many', { retryAfterSeconds: RECONNECT_MS / 1000 });
  };
  return {
    open(reply, station, actor) {
      checkRoom(actor.session);
      reply.hijack();
      const stream = reply.raw;
      begin(stream, reply);
      let ended = false;
      let cancel = (): void => {};
      const write = (text: string): void => {
        if (stream.writableLength <= STREAM_BACKLOG_BYTES) return void stream.write(text);
        end();
        // one that does not read would not read the end either
        stream.destroy();
      };
      /** A right that was taken away ends the stream even where the session goes on. */
      const check = async (): Promise<void> => {
        const session = await sessions.read(actor.session);
        if (!session || !can(session.grants, 'see', station)) end();
      };
      const beat = async (): Promise<void> => {
        await check();
        if (ended) return;
        write(': here\n\n');
        cancel = clock.after(HEARTBEAT_MS, () => void beat().catch(end));
      };
      const end = (): void => {
        ended = true;
        cancel();
        unlisten();
        unwatch();
        open.delete(end);
        stream.end();
      };
      cancel = clock.after(HEARTBEAT_MS, () => void beat().catch(end));
      const unwatch = sessions.watch(actor.session, end);
      const unlisten = changes.listen((change) => {
        if (change.subject === 'people' && change.id === actor.id) void check().catch(end);
        if (change.station === station || change.station === null) write(eventOf(change));
      });
      stream.on('close', end);
      open.set(end, actor.session);
    },
    close() {
      for (const end of [...open.keys()]) end();
    },
  };
}

const eventOf = (change: Change): string => `data: ${JSON.stringify(change)}\n\n`;

/** Proxies must not hold lines back; browsers come back by themselves after a break. */
function begin(stream: ServerResponse, reply: FastifyReply): void {
  const headers = reply.getHeaders();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) stream.setHeader(name, value);
  stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  stream.write(`retry: ${RECONNECT_MS}\n\n`);
}
