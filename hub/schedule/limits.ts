/** Bounds of schedule and ledger, each with its reason. */
import { DAY, HORIZON_MS, HOUR, KIB, MINUTE, PACKET_BYTES } from '@tieng-loa/protocol/limits.ts';

/** The horizon as people count it, and as days are added. */
export const HORIZON_DAYS = HORIZON_MS / DAY;
/** The longest that an airing can still matter after its start: six hours of tolerance and two hours of sound. */
export const LONGEST_TAIL_MS = 8 * HOUR;
/** An order or a stop outlives the end of its airing by this, for clocks that differ and pauses between steps. */
export const ORDER_MARGIN_MS = MINUTE;
/** A board travels signed in base64 (4/3 of its bytes) in one packet; the rest is for envelope and topic. */
export const BOARD_BYTES = Math.floor((PACKET_BYTES * 3) / 4) - 2 * KIB;
/** Renderings and approvals that one order of the urgent board may name (protocol/urgent.ts). */
export const ORDER_RENDERINGS = 64;
export const ORDER_APPROVALS = 16;
/** Recordings of one bulletin: so many fit into one order, and no bulletin of an hour has more. */
export const BULLETIN_RECORDINGS = ORDER_RENDERINGS;
/** Rows that a page lists: years of a station's bulletins; the newest are shown. */
export const LISTED = 500;
/** The list of broadcasts goes back so far beside all weekly ones: what was made for one time may lie the horizon ahead. */
export const LISTED_BACK_MS = 60 * DAY;
/** Ids in one query: far below the 32,766 and 65,535 parameters that SQLite and PostgreSQL take. */
export const IDS_AT_ONCE = 1_000;
/** The ledger answers for a week at most, and for so many airings: 300 players, six broadcasts a day, and room. */
export const LEDGER_SPAN_MS = 7 * DAY;
export const LEDGER_ROWS = 20_000;
/** Rows in one insert: 19 columns each, below the same bounds. */
export const INSERTED_AT_ONCE = 400;
/** Each recording of what is due looks back this far again, for a broadcast that was stored while the last one ran. */
export const DUE_OVERLAP_MS = 2 * MINUTE;
/** After a longer stop of the hub, what was due before this is not reconstructed: the plans of then are gone. */
export const DUE_LOOK_BACK_MS = 7 * DAY;
/** A player reports within this of an airing's end where the link stands; later the state is called unknown. */
export const REPORT_GRACE_MS = 2 * MINUTE;
/** First and last day of a weekly rule lie within ten years of today: nobody means more, and rules are reckoned from their first day. */
export const RULE_DAYS = 3_653;
