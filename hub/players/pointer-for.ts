/** What one player's pointer says, and whether that is new. Pure. */
import { sha256 } from '@tieng-loa/protocol/ids.ts';
import { HORIZON_MS, SOFT_EXPIRY_MS } from '@tieng-loa/protocol/limits.ts';
import type { Body, PlayerSettings, Pointer } from '@tieng-loa/protocol/plan.ts';
import { renderingsOf } from '../schedule/compose.ts';
import type { PlayerFacts, StationFacts } from '../schedule/facts.ts';
import { encodeBody } from '../schedule/plan-for.ts';
import { REISSUE_MS } from './limits.ts';

/** A body with the name that its bytes give it. */
export interface NamedBody {
  sha256: string;
  sizeBytes: number;
  content: string;
  renderings: string[];
}
/** What was set on the player itself. */
export interface OwnSettings {
  volume: number;
  loudestVolume: number;
  amplifierLeadMs: number;
}
/** The pointer that a player was told last. */
export interface LastPointer {
  revision: number;
  /** of its signed bytes */
  sha256: string;
  facts: string;
  issuedAt: number;
}
/** What a pointer says apart from its revision and its times. */
export type Says = Pick<Pointer, 'station' | 'player' | 'epoch' | 'settings' | 'body' | 'revoked'>;

/** @returns a body under its name. */
export function named(body: Body): NamedBody {
  const content = encodeBody(body);
  const renderings = body.renderings.map((rendering) => rendering.sha256);
  return { sha256: sha256(content), sizeBytes: Buffer.byteLength(content), content, renderings };
}

/** @returns what a player is told about itself: the first of its places gives languages and quiet hours. */
export function settingsFor(facts: StationFacts, player: PlayerFacts, own: OwnSettings): PlayerSettings {
  const place = facts.zones.get(player.zones[0] ?? '');
  return {
    name: player.name,
    zones: player.zones,
    languages: place?.languages ?? [],
    timeZone: facts.station.timeZone,
    quietHours: place?.quietHours ?? null,
    ...own,
  };
}

/** As many as a pointer may name: what was withdrawn longest ago has left the players' plans by then. */
const REVOKED = 500;

/** @returns renderings of withdrawn bulletins: they must not sound any more, not even from a body that is already there. */
export function revokedIn(facts: StationFacts, bodies: Iterable<NamedBody>): string[] {
  const withdrawn = [...facts.bulletins.values()].filter(({ state }) => state === 'withdrawn');
  const planned = new Set([...bodies].flatMap((body) => body.renderings));
  const revoked = withdrawn.flatMap((bulletin) => renderingsOf(bulletin, facts)).map((rendering) => rendering.sha256);
  return [...new Set(revoked)]
    .filter((rendering) => !planned.has(rendering))
    .sort()
    .slice(0, REVOKED);
}

/** @returns the hash of what a pointer says, to publish only what differs. */
export const factsOf = (says: Says): string => sha256(JSON.stringify(says));

/** @returns the next pointer; null where the last one says the same and is not old. */
export function pointerFor(says: Says, last: LastPointer | null, now: number): Pointer | null {
  if (last && last.facts === factsOf(says) && now - last.issuedAt < REISSUE_MS) return null;
  const { settings, body, revoked, ...who } = says;
  return {
    ...who,
    revision: (last?.revision ?? 0) + 1,
    previous: last?.sha256 ?? null,
    issuedAt: now,
    softExpiresAt: now + SOFT_EXPIRY_MS,
    hardExpiresAt: now + HORIZON_MS,
    settings,
    body,
    revoked,
  };
}
