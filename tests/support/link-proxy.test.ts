import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LinkProxy, openLinkProxy } from './link-proxy.ts';
import { until, wait } from './processes.ts';

let echo: ReturnType<typeof createServer>;
let proxy: LinkProxy;
let client: Socket;
let back = 0;

beforeEach(async () => {
  echo = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await openLinkProxy({ port: (echo.address() as { port: number }).port });
  client = connect(proxy.port, '127.0.0.1');
  client.on('error', () => {});
  back = 0;
  client.on('data', (bytes) => {
    back += bytes.length;
  });
  await once(client, 'connect');
});
afterEach(async () => {
  client.destroy();
  await proxy.close();
  echo.close();
});

test('a slow link delivers everything at its pace', async () => {
  proxy.weather({ bytesPerSecond: 50_000, delayMs: 50 });
  const began = performance.now();
  client.write(Buffer.alloc(20_000));
  await until('all is back', () => back === 20_000);
  const tookMs = performance.now() - began;
  expect(tookMs).toBeGreaterThan(450);
  expect(tookMs).toBeLessThan(1500);
});

test('a frozen link keeps its connection and delivers after the thaw', async () => {
  client.write('before');
  await until('it is back', () => back === 6);
  proxy.freeze();
  client.write('after');
  await wait(150);
  expect(back).toBe(6);
  expect(client.destroyed).toBe(false);
  proxy.thaw();
  await until('the rest is back', () => back === 11);
});

test('a cut link takes new connections, a severed one does not', async () => {
  const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()));
  const gone = closed(client);
  proxy.cut();
  await gone;
  proxy.sever();
  const refused = connect(proxy.port, '127.0.0.1');
  refused.on('error', () => {});
  await closed(refused);
  proxy.restore();
  const again = connect(proxy.port, '127.0.0.1');
  await once(again, 'connect');
  again.write('x');
  await once(again, 'data');
  again.destroy();
});
