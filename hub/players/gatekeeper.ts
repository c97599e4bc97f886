/** Knows every connection of the embedded broker: who it is, and that it still may be there. */

import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { sha256 } from '@tieng-loa/protocol/ids.ts';
import type { AuthenticateError, Client, ConnectPacket } from 'aedes';
import type { Clock } from '../clock.ts';
import { type Identity, mayPublish } from './access.ts';
import { allowances } from './allowance.ts';
import { CONNECTS_PER_MINUTE, CONNECTS_REMEMBERED } from './limits.ts';
import type { Tally } from './tally.ts';

/** @returns the station of a player whose certificate has this fingerprint and is on the list; null where it is not. */
export type Admit = (player: string, fingerprint: string) => Promise<{ station: string } | null>;

/** The client id of the hub itself. */
export const HUB_CLIENT = 'hub';

/** Return codes of CONNACK (MQTT 3.1.1, table 3.1). */
const IDENTIFIER_REJECTED = 2;
const UNAVAILABLE = 3;
const NOT_AUTHORIZED = 5;

/** Why a connection is refused, with its return code: a refusal without one would leave the socket open for half a minute. */
class Refusal extends Error {
  readonly returnCode: number;
  constructor(returnCode: number, why: string) {
    super(why);
    this.returnCode = returnCode;
  }
}

interface Dependencies {
  admit: Admit;
  clock: Clock;
  refusals: Tally;
}

/** @returns the gatekeeper of one broker. */
export function gatekeeper({ admit, clock, refusals }: Dependencies) {
  /** a connection without an identity may do nothing, not even speak its last will */
  const identities = new WeakMap<Client, Identity>();
  const wills = new WeakMap<Client, ConnectPacket['will']>();
  const ownSockets = new WeakSet<Duplex>();
  const sessions = new Map<string, Client>();
  const connects = allowances({ perSecond: CONNECTS_PER_MINUTE / 60, atOnce: CONNECTS_PER_MINUTE, clock }, CONNECTS_REMEMBERED);

  /** What a connection shows of itself, before the list is asked. */
  const shown = (client: Client): { player: string; fingerprint: string } | 'hub' => {
    // the queue of an absent client has no bound: what matters is retained state, or is sent until receipted
    if (!client.clean) throw new Refusal(NOT_AUTHORIZED, 'only clean sessions');
    if (ownSockets.has(client.conn)) {
      if (client.id !== HUB_CLIENT) throw new Refusal(IDENTIFIER_REJECTED, 'only the hub itself connects here');
      return 'hub';
    }
    const certificate = (client.conn as TLSSocket).getPeerX509Certificate();
    const player = certificate?.toLegacyObject().subject?.CN;
    if (!certificate || typeof player !== 'string') throw new Refusal(NOT_AUTHORIZED, 'no certificate');
    // a second login with another's client id would receive that one's messages
    if (client.id !== player) throw new Refusal(IDENTIFIER_REJECTED, 'the client id is not the certificate’s name');
    return { player, fingerprint: sha256(certificate.raw) };
  };

  const identify = async (client: Client): Promise<Identity> => {
    const who = shown(client);
    if (who === 'hub') return { end: 'hub' };
    const admitted = await admit(who.player, who.fingerprint);
    if (!admitted) throw new Refusal(NOT_AUTHORIZED, 'the certificate is not on the list');
    return { end: 'player', player: who.player, station: admitted.station };
  };

  /** One that connects over and over must not cost the others their turn at the list. */
  const inTime = async (client: Client): Promise<void> => {
    const who = shown(client);
    if (who !== 'hub' && !connects(who.player).take()) throw new Refusal(UNAVAILABLE, 'connects too often');
  };

  const shut = (client: Client): Promise<void> => {
    identities.delete(client);
    return new Promise((done) => client.close(done));
  };

  return {
    /** Marks a socket as the hub's own. */
    isOwn: (socket: Duplex): void => void ownSockets.add(socket),
    remember: (client: Client, packet: ConnectPacket): void => void wills.set(client, packet.will),
    identityOf: (client: Client): Identity | null => identities.get(client) ?? null,

    authenticate(client: Client, done: (error: AuthenticateError | null, success: boolean | null) => void): void {
      inTime(client)
        .then(() => identify(client))
        .then((identity) => {
          const will = wills.get(client);
          if (will && !mayPublish(identity, { ...will, qos: will.qos ?? 0, retain: will.retain ?? false }))
            throw new Refusal(NOT_AUTHORIZED, 'a last will that it may not speak');
          identities.set(client, identity);
          done(null, true);
        })
        .catch((error: Error) => {
          const returnCode = error instanceof Refusal ? error.returnCode : UNAVAILABLE;
          refusals.add('connect', { client: client.id, error: error.message });
          done(Object.assign(error, { returnCode }) as AuthenticateError, false);
        });
    },

    /** A session begins: one with the same identity has just been ended by the broker. */
    enter: (client: Client): void => void sessions.set(client.id, client),
    leave: (client: Client): void => {
      if (sessions.get(client.id) === client) sessions.delete(client.id);
    },

    /** Looks again once the session stands: a player revoked between the two looks would otherwise stay. */
    lookAgain(client: Client): void {
      if (identities.get(client)?.end !== 'player') return;
      identify(client).catch((error: Error) => {
        refusals.add('connect', { client: client.id, error: error.message });
        void shut(client);
      });
    },

    /** Ends the session of a player, its last will unsaid. */
    async cut(player: string): Promise<void> {
      const client = sessions.get(player);
      if (client) await shut(client);
    },
  };
}
