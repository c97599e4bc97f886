/** A broker that has been taken over: it has the hub's TLS key and can say anything to a player, but not seal it. */
import { once } from 'node:events';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { systemClock } from '@tieng-loa/hub/clock.ts';
import { openAuthority } from '@tieng-loa/hub/players/authority.ts';
import { type ChannelDocument, type ChannelName, channelOf, channels, decode, encode, topicOf } from '@tieng-loa/protocol/channels.ts';
import type { Status } from '@tieng-loa/protocol/status.ts';
import { Aedes } from 'aedes';

export interface FalseBroker {
  say<N extends ChannelName>(channel: N, address: { player: string; station: string }, document: ChannelDocument<N>): Promise<void>;
  /** the last status that a player said to it */
  status(): Status | null;
  close(): Promise<void>;
}

/** Takes the hub's place at its port, with the keys in its folder. */
export async function openFalseBroker({ data, port }: { data: string; port: number }): Promise<FalseBroker> {
  const authority = await openAuthority({ folder: join(data, 'keys'), clock: systemClock });
  const pair = await authority.serverCertificate([]);
  const broker = await Aedes.createBroker();
  let status: Status | null = null;
  broker.on('publish', ({ topic, payload }) => {
    if (channelOf(topic)?.name === 'status') status = decode('status', Buffer.from(payload));
  });
  const server = createServer({ ...pair, ca: authority.certificate, requestCert: true }, (socket) => broker.handle(socket));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    say: (channel, address, document) =>
      new Promise((resolve, reject) => {
        const { qos, retain } = channels[channel];
        const packet = {
          cmd: 'publish' as const,
          topic: topicOf(channel, address),
          payload: encode(channel, document),
          qos,
          retain,
          dup: false,
        };
        broker.publish(packet, (error) => (error ? reject(error) : resolve()));
      }),
    status: () => status,
    async close() {
      await new Promise<void>((resolve) => broker.close(() => resolve()));
      server.close();
    },
  };
}
