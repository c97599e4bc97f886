import { connectAsync } from 'mqtt';
import { expect, test } from 'vitest';
import { openMosquitto } from './mosquitto.ts';

test('mosquitto carries a message from one client to another', async () => {
  const mosquitto = await openMosquitto();
  const [a, b] = await Promise.all([connectAsync(mosquitto.url), connectAsync(mosquitto.url)]);
  await b.subscribeAsync('t');
  const heard = new Promise<string>((resolve) => b.once('message', (_, bytes) => resolve(bytes.toString())));
  await a.publishAsync('t', 'hello');
  expect(await heard).toBe('hello');
  await Promise.all([a.endAsync(), b.endAsync()]);
  await mosquitto.close();
});
