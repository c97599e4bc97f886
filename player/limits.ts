/** Bounds of the player, each with its reason. */
import { DAY, MINUTE, SECOND } from '@tieng-loa/protocol/limits.ts';

/** An airing is verified and loaded, paused, this long before its time: hashing 22 MB on a Pi takes about a second. */
export const PREPARE_LEAD_MS = 3 * SECOND;
/** Its beginning is on disk this long before the sound, so that a slow card (100 ms for an fsync) does not delay it. */
export const COMMIT_LEAD_MS = 250;
/** The speaker has this long to load a file; mpv needs 15 ms. */
export const CUE_MS = 5 * SECOND;
/** The amplifier stays on this long after the last sample: the sound card's buffer is still emptying. */
export const AMPLIFIER_LINGER_MS = 700;

/** A block that has not come after this is asked for again: two blocks on a 16 kb/s link take 16 s. */
export const BLOCK_WAIT_MS = 20 * SECOND;
/** Waits after blocks that did not come, doubled each time up to the longest. */
export const STALL_FIRST_MS = SECOND;
export const STALL_LONGEST_MS = MINUTE;
/** A file that the hub lacks, or that came with a wrong hash, is tried again after this. */
export const FILE_RETRY_MS = 30 * SECOND;
/** Blocks that came before their turn and wait in memory. */
export const EARLY_BLOCKS = 4;
/** Space that audio never takes: the journal, the system's log. */
export const RESERVE_BYTES = 200 * 1024 * 1024;
/** Below this nothing more is fetched, even where nothing can be thrown away: what is written down goes before audio. */
export const LEAST_FREE_BYTES = 8 * 1024 * 1024;
/** Kept to be given up on a full disk: some thousand airings in the journal, or a plan and a board. */
export const BALLAST_BYTES = 2 * 1024 * 1024;
/** It is laid down only where this is free: it must not itself fill the disk. */
export const BALLAST_ROOM_BYTES = 16 * 1024 * 1024;
/** Reports that a full disk did not take wait in memory, at most this many (1 MB). */
export const UNKEPT_REPORTS = 1000;
/** A document that could not be kept is kept again after this, doubled each time up to the longest. */
export const KEEP_FIRST_MS = SECOND;
export const KEEP_LONGEST_MS = MINUTE;
/** Templates of emergencies are fetched before whatever is needed later than this. */
export const TEMPLATE_LEAD_MS = 30 * MINUTE;
/** Files named in one status; the rest are counted. */
export const LACKS_NAMED = 64;

/** Back-off to the broker: soon at first, since most breaks are short; a thousand players do not return in one second. */
export const CONNECT_FIRST_MS = SECOND;
export const CONNECT_LONGEST_MS = MINUTE;
/** A dead link is noticed within one and a half of these. */
export const KEEPALIVE_SECONDS = 30;
/** TLS and CONNECT on a 2G link. */
export const CONNECT_WAIT_MS = 30 * SECOND;
/** The last word is given this long to reach the broker. */
export const FAREWELL_MS = 2 * SECOND;

/** Reports under way without a receipt. */
export const REPORTS_IN_FLIGHT = 20;
/** A report without receipt is sent again after this, doubled each time up to the longest. */
export const RESEND_FIRST_MS = 5 * SECOND;
export const RESEND_LONGEST_MS = 5 * MINUTE;
/** What is known of an ended airing is kept this long: longer than any plan looks back. */
export const JOURNAL_MS = 60 * DAY;

/** Changes are told at most this often. */
export const STATUS_PAUSE_MS = 200;
/** Refusals kept for the status. */
export const REFUSALS_KEPT = 10;

/** The wall clock may run this much behind a document's `issuedAt`: two honest clocks differ. */
export const CLOCK_SLACK_MS = 2 * MINUTE;
/** How far a document may lead a clock that the system calls synchronised: two honest clocks differ by less. */
export const DOCUMENT_LEAD_MS = 5 * MINUTE;
/** How far it may push a clock that nobody vouches for: it may well be behind, but a hub that is wrong must not silence a player for longer. */
export const DOCUMENT_PUSH_MS = DAY;
/** The floor of time is kept this often. */
export const FLOOR_EVERY_MS = 10 * MINUTE;
/** What a synchronised clock is off at most, and how fast a Pi's crystal drifts. */
export const SYNCHRONISED_ERROR_MS = 100;
export const DRIFT_PER_MS = 50e-6;

/** How far mpv decodes ahead of what is heard, at most: its buffer and the sound server's. */
export const AHEAD_MS = 600;
/** mpv is started again after a death, this often in a row, with these waits; later tries come each longest wait. */
export const SPEAKER_FIRST_MS = 500;
export const SPEAKER_LONGEST_MS = 30 * SECOND;
/** After this many deaths in a row the speaker counts as failed. */
export const SPEAKER_DEATHS = 3;
/** mpv's answer to a command. */
export const IPC_WAIT_MS = 5 * SECOND;
/** While it sounds, mpv is asked where it is this often: one that hangs is noticed within this and its answer's time. */
export const PULSE_MS = 3 * SECOND;
/** A sound that lasts this much longer than its files has stuck: sound cards differ from the clock by less than a second an hour. */
export const OVERRUN_MS = 5 * SECOND;
/** A line of mpv's that is longer is not one. */
export const IPC_LINE_BYTES = 256 * 1024;

/** Enrolment: one request and its answer. */
export const ENROL_WAIT_MS = 30 * SECOND;
export const ENROL_ANSWER_BYTES = 64 * 1024;
