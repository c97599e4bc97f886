/** The tables, one schema for SQLite and PostgreSQL: instants are integer milliseconds, booleans 0/1, documents JSON text. */

import type { LINK_PURPOSES, Role } from '@tieng-loa/protocol/people.ts';
import type { BroadcastClass } from '@tieng-loa/protocol/plan.ts';
import type { Reason } from '@tieng-loa/protocol/problems.ts';
import type { Result } from '@tieng-loa/protocol/report.ts';
import type { BULLETIN_STATES, PLAYER_KINDS, SUBJECTS, ZONE_KINDS } from '@tieng-loa/protocol/views.ts';
import type { Generated } from 'kysely';

type Flag = 0 | 1;
/** JSON text; its shape is named beside the column. */
type Json = string;

export interface Tables {
  /** small facts of the hub itself: keys' ids, watermarks */
  facts: { name: string; value: string };
  stations: { id: string; name: string; timeZone: string; createdAt: number };
  zones: {
    id: string;
    station: string;
    name: string;
    kind: (typeof ZONE_KINDS)[number];
    languages: Json /* string[] */;
    quietHours: Json | null /* QuietHours */;
  };
  people: {
    id: string;
    login: string | null;
    name: string;
    organisation: string;
    passwordHash: string | null;
    disabled: Flag;
    lastSeenAt: number | null;
    createdAt: number;
  };
  /** `station` '' means every station of the hub */
  grants: { person: string; station: string; role: Role };
  /** `id` is the SHA-256 of the cookie's token */
  sessions: { id: string; person: string; csrf: string; createdAt: number; seenAt: number; endsAt: number };
  /** one-time links; `id` is the SHA-256 of the link's token */
  links: { id: string; person: string | null; purpose: (typeof LINK_PURPOSES)[number]; expiresAt: number; usedAt: number | null };
  recordings: {
    id: string;
    station: string;
    language: string;
    name: string;
    fileName: string;
    state: 'rendering' | 'ready' | 'refused';
    problem: Json | null;
    uploadSha256: string;
    uploadBytes: number;
    rendering: string | null;
    loudness: Json | null;
    createdBy: string;
    createdAt: number;
    removedAt: number | null;
  };
  /** what may be sent to players, named by its SHA-256; the file lies in the folder of renderings */
  renderings: { sha256: string; sizeBytes: number; durationMs: number; peaks: Json /* number[] */; createdAt: number };
  bulletins: {
    id: string;
    station: string;
    title: string;
    subject: (typeof SUBJECTS)[number];
    class: BroadcastClass;
    validUntil: number | null;
    parts: Json /* BulletinPart[] */;
    state: (typeof BULLETIN_STATES)[number];
    revision: number;
    note: string | null;
    createdBy: string;
    approval: Json | null /* Approval of plan.ts */;
    createdAt: number;
    updatedAt: number;
    search: string;
  };
  programmes: {
    id: string;
    station: string;
    title: string;
    items: Json /* ProgrammeItem[] */;
    revision: number;
    createdBy: string;
    createdAt: number;
    updatedAt: number;
    search: string;
  };
  broadcasts: {
    id: string;
    station: string;
    programme: string;
    title: string;
    class: BroadcastClass;
    whenRule: Json /* When */;
    zones: Json /* string[] */;
    toleranceMs: number;
    acceptMissing: Flag;
    startedNowAt: number | null;
    cancelledAt: number | null;
    createdBy: string;
    createdAt: number;
  };
  /** a person's order to stop what sounds: `plannedAt` null means whatever of the broadcast sounds now */
  stops: {
    id: string;
    station: string;
    broadcast: string;
    plannedAt: number | null;
    issuedBy: string;
    issuedAt: number;
    expiresAt: number;
  };
  players: {
    id: string;
    station: string;
    name: string;
    kind: (typeof PLAYER_KINDS)[number];
    volume: number;
    loudestVolume: number;
    amplifierLeadMs: number;
    /** SHA-256 of the DER certificate that may connect; null for a slot */
    certificate: string | null;
    certificateUntil: number | null;
    sealKey: string | null;
    codeHash: string | null;
    codeExpiresAt: number | null;
    codeTries: number;
    revokedAt: number | null;
    createdAt: number;
  };
  playerZones: { player: string; zone: string; position: number };
  /** the newest signed pointer of each player, published again after a restart */
  pointers: {
    player: string;
    revision: number;
    sha256: string;
    facts: string /* hash of what it says, to publish only what differs */;
    envelope: Json;
    body: string;
    issuedAt: number;
  };
  bodies: { sha256: string; station: string; zones: Json; content: string; createdAt: number };
  boards: { station: string; envelope: Json; board: Json; updatedAt: number };
  /** the last word of each player, so that a restarted hub knows what it knew */
  statuses: { player: string; online: Flag; boot: string; status: Json | null; seenAt: number; since: number };
  /** the ledger: what was planned once its time had come, and what became of it */
  airings: {
    id: string;
    station: string;
    broadcast: string;
    title: string;
    class: BroadcastClass;
    plannedAt: number;
    durationMs: number;
    player: string;
    zone: string;
    languages: Json;
    result: Result | null;
    reason: Reason | null;
    startedAt: number | null;
    endedAt: number | null;
    latenessMs: number | null;
    parts: Json;
    missingLanguages: Json;
    reportedAt: number | null;
    envelope: Json | null;
  };
  /** who did what, when; append-only */
  audit: { id: Generated<number>; at: number; person: string | null; station: string | null; action: string; facts: Json };
}
