/** How a player is, in one line with one next step; and which players share one trouble. Pure. */
import type { Airing, Player } from '@tieng-loa/protocol/views.ts';
import type { MarkedState } from '../ui/state-mark.tsx';
import type { Format } from '../words/format.ts';
import type { Words } from '../words/vi.ts';

type Cause = keyof Words['players']['next'];
export interface Health {
  mark: MarkedState;
  /** null where nothing is wrong */
  cause: Cause | null;
  line: string;
  /** what a person does next; empty where nothing is to be done */
  next: string;
}
interface Language {
  words: Words['players'];
  format: Format;
}
/** A refusal is news for this long; afterwards it stands on the player's own page only. */
const FRESH_REFUSAL_MS = 3_600_000;
/** As many players of one place in one case are one line. */
const MANY = 4;
/** Players whose sound failed when they last should have sounded. */
export type Silent = ReadonlySet<string>;
const NOBODY: Silent = new Set();
/** Causes that need a person; the others pass by themselves. */
const ill: ReadonlySet<Cause> = new Set(['late', 'lost', 'speaker', 'clock', 'refused', 'expired']);

export const isIll = ({ cause }: Health): boolean => cause !== null && ill.has(cause);

/** @returns the players whose last airing ended for their sound device; one that sounds is well again. */
export function silentOf(airings: readonly Airing[]): Silent {
  const told = airings.filter(({ state, reason }) => state === 'on-air' || state === 'aired' || reason === 'speaker');
  const last = Map.groupBy(told, ({ player }) => player.id);
  const failed = [...last].filter(([, own]) => own.reduce((a, b) => (b.plannedAt >= a.plannedAt ? b : a)).reason === 'speaker');
  return new Set(failed.map(([player]) => player));
}

/** @returns whether somebody should look at this player. */
export function needsAnEye(player: Player, now: number, silent: Silent = NOBODY): boolean {
  const cause = causeOf(player, now, silent);
  return cause !== null && ill.has(cause);
}

/** @returns what is wrong with a player, the gravest first; null where nothing is. */
function causeOf(player: Player, now: number, silent: Silent): Cause | null {
  const { state, status, plan } = player;
  if (state === 'lost' && player.since === null) return 'unmet';
  if (state === 'slot' || state === 'late' || state === 'lost') return state;
  if (state === 'revoked' || !status) return null;
  if (status.speaker === 'failed' || silent.has(player.id)) return 'speaker';
  if (status.clock.state === 'unset') return 'clock';
  if (status.plan && status.plan.hardExpiresAt < now) return 'expired';
  if (status.refusals.some(({ at }) => now - at < FRESH_REFUSAL_MS)) return 'refused';
  if (plan && !plan.followed) return 'behind';
  return player.volume === 0 ? 'volumeOff' : null;
}

const markOf = (player: Player, cause: Cause | null): MarkedState => {
  if (cause === 'unmet') return 'late';
  if (player.state !== 'here') return player.state;
  if (cause !== null && ill.has(cause)) return 'missed';
  if (player.status?.onAir) return 'on-air';
  return player.status && player.status.lacksCount > 0 ? 'filling' : 'here';
};

/** @returns the line and the next step of a player. */
export function healthOf(player: Player, now: number, language: Language, silent: Silent = NOBODY): Health {
  const cause = causeOf(player, now, silent);
  return {
    mark: markOf(player, cause),
    cause,
    line: lineOf(player, cause, now, language),
    next: cause === null ? '' : language.words.next[cause],
  };
}

function lineOf(player: Player, cause: Cause | null, now: number, { words, format }: Language): string {
  const { line } = words;
  const since = player.since === null ? '' : format.formatMoment(player.since, now);
  switch (cause) {
    case 'late':
      return line.late(since);
    case 'lost':
      return line.lost(since);
    case 'refused': {
      const last = player.status!.refusals.toSorted((a, b) => b.at - a.at)[0]!;
      return line.refused(words.refusals[last.refusal]);
    }
    case null:
      return quietLine(player, now, { words, format });
    default:
      return line[cause];
  }
}

function quietLine({ state, status }: Player, now: number, { words, format }: Language): string {
  const { line } = words;
  if (state === 'revoked') return line.revoked;
  if (status?.onAir) return line.onAir;
  if (!status || status.lacksCount === 0) return line.here;
  const bytes = status.lacks.reduce((sum, { sizeBytes, heldBytes }) => sum + sizeBytes - heldBytes, 0);
  const fetching = line.fetching(status.lacksCount, format.formatBytes(bytes));
  if (!status.bytesPerSecond) return fetching;
  return `${fetching}, ${line.fetchingBy(format.formatMoment(now + (bytes / status.bytesPerSecond) * 1000, now))}`;
}

export interface Ward {
  player: Player;
  health: Health;
}
/** @returns one entry a line: players that are in the same case stand together where they are many; what is ill comes first. */
export function linesOf(players: readonly Player[], now: number, language: Language, silent: Silent = NOBODY): Ward[][] {
  const wards = players
    .map((player) => ({ player, health: healthOf(player, now, language, silent) }))
    .toSorted(
      (a, b) => Number(isIll(b.health)) - Number(isIll(a.health)) || a.player.name.localeCompare(b.player.name, 'vi', { numeric: true }),
    );
  // an outage strikes one after the other: what differs in the minute only is one trouble
  const shared = Map.groupBy(wards, ({ health }) => health.cause ?? health.line);
  return [...shared.values()].flatMap((group) => (group.length >= MANY ? [group] : group.map((ward) => [ward])));
}
