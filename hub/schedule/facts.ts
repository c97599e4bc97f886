/** What the hub knows of a station when it decides what its players are to do: read once, then decided purely. */
import type { Approval, BroadcastClass, QuietHours, Rendering } from '@tieng-loa/protocol/plan.ts';
import type { Bulletin, BulletinPart, ProgrammeItem, Recording, When } from '@tieng-loa/protocol/views.ts';

export interface ZoneFacts {
  id: string;
  name: string;
  /** what the place hears, in its order */
  languages: string[];
  quietHours: QuietHours | null;
}
export interface RecordingFacts {
  id: string;
  language: string;
  fileName: string;
  state: Recording['state'];
  /** the sound that is aired; null until it is ready */
  rendering: Rendering | null;
}
export interface BulletinFacts {
  id: string;
  title: string;
  class: BroadcastClass;
  validUntil: number | null;
  parts: BulletinPart[];
  state: Bulletin['state'];
  approval: Approval | null;
}
export interface ProgrammeFacts {
  id: string;
  title: string;
  items: ProgrammeItem[];
}
export interface BroadcastFacts {
  id: string;
  programme: string;
  title: string;
  class: BroadcastClass;
  when: When;
  zones: string[];
  toleranceMs: number;
  /** when a person pressed "now"; null for what is planned ahead */
  startedNowAt: number | null;
  cancelledAt: number | null;
  createdAt: number;
}
/** A person's order to stop; `plannedAt` null means whatever of the broadcast sounds until it expires. */
export interface StopFacts {
  id: string;
  broadcast: string;
  plannedAt: number | null;
  issuedAt: number;
  expiresAt: number;
}
export interface PlayerFacts {
  id: string;
  name: string;
  /** its places; the first gives its languages and quiet hours */
  zones: string[];
}

/** What can be aired: running orders, bulletins and their sound, by id. */
export interface Content {
  programmes: ReadonlyMap<string, ProgrammeFacts>;
  bulletins: ReadonlyMap<string, BulletinFacts>;
  recordings: ReadonlyMap<string, RecordingFacts>;
}

/** Everything that bodies, boards and the ledger of a station are derived from. */
export interface StationFacts extends Content {
  station: { id: string; name: string; timeZone: string };
  zones: ReadonlyMap<string, ZoneFacts>;
  /** that may have a start lately or later; those cancelled lately too, for the starts they had */
  broadcasts: BroadcastFacts[];
  /** unexpired, and those of the last days */
  stops: StopFacts[];
  /** enrolled and not revoked */
  players: PlayerFacts[];
}
