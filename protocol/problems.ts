/** Every expected failure: a stable code, its HTTP status, and the facts that its sentence names (see sentences.ts). */

export const problems = {
  // what was sent
  'bad-input': 400, // field, why
  'bad-document': 400, // field?, why
  'bad-seal': 400, // why
  'bad-key': 400,
  'bad-file': 422, // fileName
  'not-audio': 422, // fileName, found
  'no-sound': 422, // fileName
  'too-long': 422, // fileName, limitMinutes
  'too-large': 413, // limitMb
  'too-long-form': 413, // limitMb
  'upload-cut': 400, // expectedBytes, receivedBytes
  'too-many': 429, // retryAfterSeconds
  // who is asking
  'not-signed-in': 401,
  'wrong-credentials': 401,
  locked: 429, // minutes
  'wrong-origin': 403,
  'not-allowed': 403,
  'link-spent': 410,
  'code-wrong': 403,
  'code-spent': 410,
  'weak-password': 422, // minLength
  'name-taken': 409, // login
  // what it is about
  'not-found': 404,
  'changed-meanwhile': 409, // by?
  'in-use': 409, // by
  'wrong-state': 409, // state
  'recording-not-ready': 409, // fileName
  'no-parts': 422,
  'not-approved': 409, // title
  'class-not-approved': 409, // title, approved
  'missing-language': 409, // languages, zones
  'quiet-hours': 409, // from, to, at, zone
  'past-time': 422, // at
  'too-far': 422, // days
  'no-starts': 422,
  'no-players': 409, // zone
  'not-sounding': 409,
  'last-administrator': 409,
  // what failed
  busy: 503,
  'disk-full': 507,
  'not-ready': 503, // what
  broken: 500, // reference
} as const;

export type ProblemCode = keyof typeof problems;
export type Facts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** An expected failure on its way to a person: thrown where it is known, worded where it is shown. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly facts: Facts;
  constructor(code: ProblemCode, facts: Facts = {}) {
    super(`${code} ${JSON.stringify(facts)}`);
    this.name = 'Problem';
    this.code = code;
    this.facts = facts;
  }
  get status(): number {
    return problems[this.code];
  }
}

/** Why an airing did not sound as planned; each has a sentence too. */
export const REASONS = [
  'not-held', // a rendering was not on the player in time
  'audio-damaged', // a rendering on the player no longer has its hash
  'quiet-hours', // the player's own quiet hours forbade it
  'late', // the player was off, or woke beyond the tolerance
  'clock', // the player does not trust its clock enough
  'outranked', // something of a higher class sounded at its time
  'stopped', // a person stopped it
  'speaker', // mpv or the sound card failed
  'cut-short', // power or program ended under way
  'longest', // it reached the longest duration of its class
  'expired', // the plan had run out
  'not-approved', // it was not approved in time, so the hub did not plan it
  'withdrawn', // its broadcast was cancelled
  'damaged-report', // the player's report could not be read
] as const;
export type Reason = (typeof REASONS)[number];
