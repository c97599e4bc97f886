/** Bounds of the hub that no other program needs to know, each with its reason. */
import { DAY, HOUR, KIB, MINUTE, SECOND } from '@tieng-loa/protocol/limits.ts';

/** argon2id as OWASP's Password Storage Cheat Sheet asks at least: 19 MiB, 2 passes, 1 lane. About 25 ms on an office PC. */
export const ARGON2 = { memory: 19 * KIB, passes: 2, parallelism: 1, tagLength: 32 } as const;
/** Passwords reckoned at the same time: 4 are Node's threads, and 80 MiB at the most. */
export const PASSWORDS_AT_ONCE = 4;
/** Passwords that wait for their turn: about half a second of work; beyond that the hub says that it is busy. */
export const PASSWORDS_WAITING = 64;
/** NIST SP 800-63B-4 asks 15 of a password alone, 8 beside a second factor; 10 is what people here will bear. */
export const PASSWORD_LENGTH = 10;

/** Wrong passwords for one name before it is locked, known or not. */
export const FAILURES_PER_LOGIN = 10;
/** Wrong passwords from one address: an office of a commune shares one. */
export const FAILURES_PER_ADDRESS = 50;
/** How long a lock holds, and how long a wrong try counts. */
export const LOCK_MS = 15 * MINUTE;
/** Names and addresses whose wrong tries are remembered; the oldest are forgotten first. */
export const ATTEMPTS_REMEMBERED = 10_000;

/** A session nobody uses ends, and each ends after a working day (trust.md, "People"). */
export const SESSION_IDLE_MS = 30 * MINUTE;
export const SESSION_LONGEST_MS = 12 * HOUR;
/** "Last seen" is written at most this often: a page asks many times a minute. */
export const SESSION_TOUCH_MS = 30 * SECOND;
/** Sessions of one person: phone, office PC, a few forgotten ones. The oldest ends. */
export const SESSIONS_PER_PERSON = 20;
/** A one-time link is carried on paper or by phone over a weekend. */
export const LINK_MS = 72 * HOUR;

/** A form with sixteen languages of script text is under 400 KiB. */
export const JSON_BODY_BYTES = KIB * KIB;
/** 200 MiB over the 0.6 Mbit/s that a bad 4G link gives take 48 minutes. */
export const REQUEST_MS = HOUR;
/** Requests under way get this long once the hub is told to stop; systemd and a demo both wait longer. */
export const STOP_MS = 3 * SECOND;
/** Connections of browsers and enrolling players: every stream, and as many again. */
export const SOCKETS = 4000;
/** Streams of changes of one session: several tabs. */
export const STREAMS_PER_SESSION = 8;
/** Streams in all: each holds a socket and about 20 KB. */
export const STREAMS = 1000;
/** Keeps proxies and phones from taking a quiet stream for dead; also how often its session is looked at. */
export const HEARTBEAT_MS = 15 * SECOND;
/** How long a browser waits before it opens a broken stream again. */
export const RECONNECT_MS = 3 * SECOND;
/** A reader this far behind is cut: it asks for everything again when it comes back, so nothing is lost. */
export const STREAM_BACKLOG_BYTES = 64 * KIB;
/** Requests a minute from one address to what anyone may ask: signing in and links cost a password's work, enrolling a signature. */
export const RATES = { session: 60, links: 60, enrol: 300 } as const;
/** Addresses whose rates are counted. */
export const RATE_ADDRESSES = 10_000;

/** Below this the hub says that it is not ready: the next upload would not fit. */
export const DISK_FREE_BYTES = 300 * KIB * KIB;
/** A question of health that takes longer is a "no". */
export const HEALTH_MS = 2 * SECOND;

/** Housekeeping: files that no row names are removed once they are older than any upload or rendering under way. */
export const ORPHAN_MS = 6 * HOUR;
/** The ledger is kept for the three years that a commune keeps such books. */
export const KEEP_MS = 3 * 365 * DAY;
/** The last word of a revoked player helps to find out why it was revoked, for a while. */
export const REVOKED_MS = 30 * DAY;

/** Uploads taken at the same time: an office and a few phones; each holds a file and, at its end, an ffprobe. */
export const UPLOADS_AT_ONCE = 8;
/** Uploads of one person at the same time: whoever stalls them keeps nobody else from uploading. */
export const UPLOADS_PER_PERSON = 2;
/** An upload that has sent nothing for this long is over; the worst link pauses for a few seconds. */
export const UPLOAD_STALL_MS = 30 * SECOND;
/** Recordings that wait to be made ready: at a tenth of their length each, a working day of recordings. */
export const RENDERS_WAITING = 200;
/** Tries to make a recording ready where the fault is the machine's (a full disk), and the pause between them. */
export const RENDER_TRIES = 5;
export const RENDER_RETRY_MS = MINUTE;
/** Recordings listed at once, newest first: a station makes about 500 a year. */
export const RECORDINGS_LISTED = 1000;
/** Renderings looked at in one clean-up, so that it stays short; the next night goes on. */
export const ORPHANS_AT_ONCE = 500;
