/** Bounds that both ends of a wire must agree on, each with its reason. */

export const KIB = 1024;
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A block of a file. Four 64 KiB blocks lost a 40 kb/s link to the broker's drain timeout; 16 KiB blocks held. */
export const BLOCK_BYTES = 16 * KIB;
/** Blocks a player may have asked for and not yet received: 32 KiB under way, so that a frozen link costs nobody else. */
export const BLOCKS_IN_FLIGHT = 2;
/** The largest MQTT packet any party accepts: a block, a pointer or a report is far smaller. */
export const PACKET_BYTES = 64 * KIB;
/** How far ahead a player's plan reaches, and so how long it works without its hub. */
export const HORIZON_MS = 45 * DAY;
/** After this a plan still plays but is shown as stale. */
export const SOFT_EXPIRY_MS = 7 * DAY;
/** The largest plan body: 45 days of a busy station are about 200 KB. */
export const BODY_BYTES = 4 * KIB * KIB;
/** The largest rendering a player takes: two hours at 24 kb/s are 22 MB. */
export const RENDERING_BYTES = 32 * KIB * KIB;
/** The largest file a person may upload. */
export const UPLOAD_BYTES = 200 * KIB * KIB;
/** The longest recording that is made ready to air. */
export const RECORDING_MS = 2 * HOUR;
/** Steps in one broadcast: a programme of an hour with chimes and pauses has about 40. */
export const STEPS = 200;
/** Starts of one broadcast in a plan: eight a day for the horizon and the two days begun around it. */
export const STARTS = 376;
/** Broadcasts in one plan body. */
export const BROADCASTS = 2_000;
/** Orders in one lane of the urgent board, so that it stays one small message. */
export const ORDERS = 16;
/** A player says how it is at least this often; the hub calls it late after two and lost after ten of these. */
export const STATUS_EVERY_MS = 30 * SECOND;
