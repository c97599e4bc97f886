/** Bounds of the links to players, each with its reason. */
import { BLOCK_BYTES, BLOCKS_IN_FLIGHT, DAY, HOUR, KIB, MINUTE, SECOND, STATUS_EVERY_MS } from '@tieng-loa/protocol/limits.ts';

// the embedded broker
/** aedes empties its queue by recursion: at its default of 100, about 4,000 waiting messages overflow the stack and end the process. */
export const BROKER_CONCURRENCY = 100_000;
/** How long one that does not read may hold up the one who writes to it; 1 s kept everyone else served, the default of 60 s nobody. */
export const DRAIN_MS = SECOND;
/** A connection that has not said who it is by then is cut; a handshake over 2G takes about 5 s. */
export const HANDSHAKE_MS = 15 * SECOND;
/** The longest silence that a player may ask for: so long does a broken link go unseen at the worst. */
export const KEEPALIVE_SECONDS = 120;
/** Sockets at once; aedes takes 25 KB for each and TLS about 60 KB. */
export const CONNECTIONS = 12_000;
/** Connections accepted a second, and saved up: a handshake takes 2 ms, and after a restart a whole fleet comes at once. */
export const ACCEPTS_PER_SECOND = 200;
export const ACCEPTS_AT_ONCE = 1_000;
/** Connections of one player a minute; beyond that something is broken there, and others should not pay for it. */
export const CONNECTS_PER_MINUTE = 30;
/** Players whose connects are counted. */
export const CONNECTS_REMEMBERED = 20_000;
/** What may wait in a player's socket before blocks for it are dropped: two are asked for at a time, a third is a retry. */
export const BLOCKS_UNSENT_BYTES = BLOCKS_IN_FLIGHT * (BLOCK_BYTES + KIB) + BLOCK_BYTES;

// the hub's own link
/** What may wait for the hub at its own broker: a hub that composes plans reads nothing for a while, and must not be cut for it. */
export const HUB_UNREAD_BYTES = 32 * KIB * KIB;
/** How soon a broken link between hub and broker is seen. */
export const HUB_KEEPALIVE_SECONDS = 20;
/** The hub's own broker answers within milliseconds; where it does not by then, the hub cannot start. */
export const FIRST_LINK_MS = 10 * SECOND;
/** How soon the hub looks for its broker again. */
export const RECONNECT_MS = SECOND;
/** Refusals are told to the log once in this time, with how many there were: a flood must not fill the disk. */
export const REFUSALS_TOLD_MS = 10 * SECOND;

// blocks
/** Blocks that a player may have asked for and not been sent; a player asks for two, the rest are retries over a bad link. */
export const ASKS_PER_PLAYER = 4 * BLOCKS_IN_FLIGHT;
/** Blocks kept in memory (8 MiB): players of a station pull the same files at about the same time. */
export const BLOCKS_REMEMBERED = 512;
/** Plan bodies kept in memory: 4 MiB at the most each, 200 KB as a rule. */
export const BODIES_REMEMBERED = 8;

// reports and statuses
/** Reports that wait to be stored; the rest are dropped and come again, since nobody has receipted them. */
export const REPORTS_WAITING = 20_000;
export const REPORTS_WAITING_BYTES = 64 * KIB * KIB;
/** Reports in one transaction: about 20 ms of verifying, one flush of the disk. */
export const REPORTS_PER_COMMIT = 100;
/** How far a player's clock may be ahead of the hub's where it reports what it has aired. */
export const AHEAD_MS = 10 * MINUTE;
/** Things that the store refuses one after the other before it is taken for down rather than them for bad. */
export const FAILURES_IN_A_ROW = 3;
/** Times that one thing is tried: then it is the thing that is bad, and the rest must not wait for it. */
export const WRITE_TRIES = 4;
/** Receipts are held back this long, so that one message answers many reports. */
export const RECEIPT_MS = 50;
export const RECEIPT_IDS = 100;
/** Statuses are written together at most this often: a flush of the disk for 300 heartbeats, not 300. */
export const STATUS_WRITE_MS = 100;
export const STATUSES_PER_WRITE = 500;
/** Pages are told that players or airings changed at most this often a station. */
export const TELL_MS = 500;
/** Intervals of silence after which a player is called late, and lost. */
export const LATE_MS = 2 * STATUS_EVERY_MS;
export const LOST_MS = 10 * STATUS_EVERY_MS;
/** How often silence is looked for. */
export const SWEEP_MS = STATUS_EVERY_MS / 6;

// enrolment
/** A code is carried up the mountain on paper. */
export const CODE_MS = 72 * HOUR;
export const CODE_TRIES = 5;

// the planner
/** The ledger takes up what has come due at least this often. */
export const TICK_MS = MINUTE;
/** A pointer is sealed anew when it is this old, so that its expiries move on. */
export const REISSUE_MS = DAY;
/** Everything is composed anew this often, for what changes with time alone (approvals that end). */
export const RECOMPOSE_MS = HOUR;
/** Pointers sealed and stored in one go: about 20 ms, after which a press of "now" gets its turn. */
export const POINTERS_PER_COMMIT = 100;
/** A body that no pointer names any more may still be under way to a player for this long. */
export const BODIES_KEPT_MS = DAY;
/** A composing that failed is tried again after this long. */
export const RETRY_MS = 5 * SECOND;
