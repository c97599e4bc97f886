/** A poor link: a TCP proxy on loopback that delays, slows, stalls, freezes and cuts, in both directions. */
import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';

/** How the link is; what is not given is as a wire. */
export interface Weather {
  /** one way, on top of the wire's own */
  delayMs?: number;
  /** one way */
  bytesPerSecond?: number;
}

export interface LinkProxy {
  port: number;
  /** changes the link for what is sent from now on */
  weather(weather: Weather): void;
  /** connections stay, nothing passes (or nothing one way), as when the radio is gone; `thaw` lets it all through */
  freeze(way?: Way): void;
  thaw(): void;
  /** resets every connection; new ones are taken */
  cut(): void;
  /** resets every connection and refuses new ones until `restore` */
  sever(): void;
  restore(): void;
  /** open connections */
  connections(): number;
  /** bytes that passed towards the client and towards the server */
  passed(): { down: number; up: number };
  close(): Promise<void>;
}

/** Towards the client, or towards the server. */
export type Way = 'down' | 'up';

/** What one direction may hold back before it stops reading: a radio modem's own buffer. */
const HELD_BYTES = 64 * 1024;
/** A slow link moves a little at a time. */
const SLICE_MS = 10;

/** Opens a proxy to a port (of loopback unless a host is given). */
export async function openLinkProxy(target: { port: number; host?: string }): Promise<LinkProxy> {
  const link: Link = { weather: {}, frozen: new Set(), severed: false, waiting: new Set(), down: 0, up: 0 };
  const pairs = new Set<[Socket, Socket]>();
  const server = createServer((client) => {
    if (link.severed) return void client.resetAndDestroy();
    const remote = dial(target.port, target.host ?? '127.0.0.1');
    const pair: [Socket, Socket] = [client, remote];
    pairs.add(pair);
    for (const [from, to] of [pair, [remote, client] as const]) {
      from.setNoDelay(true);
      from.on('error', () => {});
      from.once('close', () => {
        pairs.delete(pair);
        if (link.frozen.size === 0) to.destroy();
      });
    }
    carry(client, remote, link, 'up');
    carry(remote, client, link, 'down');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy();
  };
  const go = (): void => {
    for (const wake of [...link.waiting]) wake();
  };
  return {
    port: (server.address() as { port: number }).port,
    weather: (weather) => {
      link.weather = weather;
    },
    freeze: (way) => {
      for (const one of way ? [way] : (['down', 'up'] as const)) link.frozen.add(one);
    },
    thaw: () => {
      link.frozen.clear();
      go();
    },
    cut,
    sever: () => {
      link.severed = true;
      cut();
    },
    restore: () => {
      link.severed = false;
    },
    connections: () => pairs.size,
    passed: () => ({ down: link.down, up: link.up }),
    async close() {
      link.frozen.clear();
      cut();
      go();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Link {
  weather: Weather;
  frozen: Set<Way>;
  severed: boolean;
  waiting: Set<() => void>;
  down: number;
  up: number;
}

/** Moves bytes one way, in order, at the pace of the link. */
function carry(from: Socket, to: Socket, link: Link, way: Way): void {
  const queue: { bytes: Buffer; dueAt: number }[] = [];
  let held = 0;
  let busy = false;
  let freeAt = 0;
  let ended = false;
  const pump = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (queue.length > 0 && !to.destroyed) {
      if (link.frozen.has(way)) await new Promise<void>((resolve) => hold(link, resolve));
      const next = queue[0]!;
      const now = performance.now();
      const due = Math.max(next.dueAt, freeAt);
      if (due > now) {
        await new Promise((resolve) => setTimeout(resolve, due - now));
        continue;
      }
      const rate = link.weather.bytesPerSecond;
      const slice = rate === undefined ? next.bytes.length : Math.max(1, Math.floor((rate * SLICE_MS) / 1000));
      const bytes = next.bytes.subarray(0, slice);
      if (bytes.length === next.bytes.length) queue.shift();
      else next.bytes = next.bytes.subarray(slice);
      if (rate !== undefined) freeAt = Math.max(now, freeAt) + (bytes.length / rate) * 1000;
      held -= bytes.length;
      link[way] += bytes.length;
      to.write(bytes);
      if (held < HELD_BYTES) from.resume();
    }
    busy = false;
    if (ended && queue.length === 0) to.end();
  };
  from.on('data', (bytes: Buffer) => {
    queue.push({ bytes, dueAt: performance.now() + (link.weather.delayMs ?? 0) });
    held += bytes.length;
    if (held >= HELD_BYTES) from.pause();
    void pump();
  });
  from.once('end', () => {
    ended = true;
    void pump();
  });
}

function hold(link: Link, resolve: () => void): void {
  const wake = (): void => {
    link.waiting.delete(wake);
    resolve();
  };
  link.waiting.add(wake);
}
