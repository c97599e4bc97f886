/**
 * THE TABLE of HTTP: method and path, who may, what goes in, what comes out. Routes, validation, the typed client,
 * OpenAPI and the README's table derive from it. Things that a client makes have ids that the client makes (PUT):
 * sending twice makes one.
 */
import { type Static, type TSchema, Type } from 'typebox';
import { Count, Id, Instant, Language } from './ids.ts';
import { Grant, Link, Login, Me, Password, Person, PersonName, type Verb } from './people.ts';
import { BroadcastClass, QuietHours } from './plan.ts';
import { Line, Name, Nullable, OneOf, Strict, Words } from './strict.ts';
import * as v from './views.ts';

/** `anyone`: no session · `signed-in`: any session · a verb: may do it in the station that the path leads to. */
export type Who = 'anyone' | 'signed-in' | Verb;

interface Row<
  Q extends TSchema = TSchema,
  B extends TSchema | 'stream' = TSchema | 'stream',
  A extends TSchema | 'stream' | 'events' = TSchema | 'stream' | 'events',
> {
  who: Who;
  says: string;
  query?: Q;
  /** `stream`: the request's bytes are a file */
  body?: B;
  /** `stream`: a file · `events`: server-sent events */
  answer: A;
}
const row = <Q extends TSchema, B extends TSchema | 'stream', A extends TSchema | 'stream' | 'events'>(r: Row<Q, B, A>): Row<Q, B, A> => r;
const list = <S extends TSchema>(schema: S) => Type.Array(schema);
const Done = Strict({});
const Percent = Type.Integer({ minimum: 0, maximum: 100 });
const ZoneEdit = Strict({
  name: v.PlaceName,
  kind: OneOf(v.ZONE_KINDS),
  /** left out: what the place has, or for a new one the hub's defaults */
  languages: Type.Optional(Type.Array(Language, { minItems: 1, maxItems: 16, uniqueItems: true })),
  quietHours: Type.Optional(Nullable(QuietHours)),
});
const PlayerEdit = {
  name: v.PlaceName,
  kind: OneOf(v.PLAYER_KINDS),
  zones: Type.Array(Id, { minItems: 1, maxItems: 32, uniqueItems: true }),
  volume: Percent,
  loudestVolume: Percent,
  amplifierLeadMs: Type.Integer({ minimum: 0, maximum: 30_000 }),
};
const PersonEdit = { name: PersonName, organisation: Line(120), grants: Type.Array(Grant, { maxItems: 100 }) };
const LinkAnswer = Strict({ person: Person, link: Line(2000), expiresAt: Instant });

export const api = {
  // session and people
  'POST /api/session': row({
    who: 'anyone',
    says: 'signs in with name and password',
    body: Strict({ login: Login, password: Password }),
    answer: Me,
  }),
  'DELETE /api/session': row({ who: 'signed-in', says: 'signs out', answer: Done }),
  'GET /api/me': row({ who: 'signed-in', says: 'who is signed in, and what they may do where', answer: Me }),
  'PUT /api/me/password': row({
    who: 'signed-in',
    says: 'changes one’s own password; other sessions end',
    body: Strict({ old: Password, new: Password }),
    answer: Done,
  }),
  'GET /api/links/:link': row({ who: 'anyone', says: 'what a one-time link is for; does not use it up', answer: Link }),
  'POST /api/links/:link': row({
    who: 'anyone',
    says: 'uses a one-time link: makes the first administrator and station, accepts an invitation, or signs in',
    body: Strict({
      name: Type.Optional(PersonName),
      login: Type.Optional(Login),
      password: Type.Optional(Password),
      stationName: Type.Optional(v.PlaceName),
    }),
    answer: Me,
  }),
  'GET /api/stations/:station/people': row({ who: 'administer', says: 'people with a role in the station', answer: list(Person) }),
  'PUT /api/stations/:station/people/:person': row({
    who: 'administer',
    says: 'invites a person by a one-time link, or changes name and roles',
    body: Strict({ ...PersonEdit, disabled: Type.Boolean() }),
    answer: Person,
  }),
  'POST /api/stations/:station/people/:person/link': row({
    who: 'administer',
    says: 'makes a new one-time link for a person (the old one is void)',
    answer: LinkAnswer,
  }),
  // places
  'PUT /api/stations/:station': row({
    who: 'administer',
    says: 'names the station; makes it where it is new and the caller administers the hub',
    body: Strict({ name: v.PlaceName }),
    answer: v.Station,
  }),
  'GET /api/stations/:station': row({ who: 'see', says: 'the station', answer: v.Station }),
  'GET /api/stations/:station/zones': row({ who: 'see', says: 'places of the station', answer: list(v.Zone) }),
  'PUT /api/stations/:station/zones/:zone': row({
    who: 'administer',
    says: 'makes or changes a place: its languages in order, its quiet hours',
    body: ZoneEdit,
    answer: v.Zone,
  }),
  'DELETE /api/zones/:zone': row({ who: 'administer', says: 'removes a place without players', answer: Done }),
  // recordings
  'GET /api/stations/:station/recordings': row({
    who: 'see',
    says: 'recordings, newest first',
    query: Strict({ language: Type.Optional(Language) }),
    answer: list(v.Recording),
  }),
  'PUT /api/stations/:station/recordings/:recording': row({
    who: 'record',
    says: 'uploads a recording (Content-Length needed); refused at once where it is not audio, then made ready in the background',
    query: Strict({ language: Language, name: v.Title, fileName: Name(255) }),
    body: 'stream',
    answer: v.Recording,
  }),
  'GET /api/recordings/:recording': row({ who: 'see', says: 'one recording', answer: v.Recording }),
  'GET /api/recordings/:recording/audio': row({ who: 'see', says: 'the rendering (Ogg Opus), by ranges', answer: 'stream' }),
  'GET /api/recordings/:recording/peaks': row({ who: 'see', says: 'the waveform of the rendering', answer: v.Peaks }),
  'DELETE /api/recordings/:recording': row({ who: 'record', says: 'removes a recording that no bulletin uses', answer: Done }),
  // bulletins
  'GET /api/stations/:station/bulletins': row({ who: 'see', says: 'bulletins, newest first', answer: list(v.Bulletin) }),
  'GET /api/bulletins/:bulletin': row({ who: 'see', says: 'one bulletin', answer: v.Bulletin }),
  'PUT /api/stations/:station/bulletins/:bulletin': row({
    who: 'record',
    says: 'makes a bulletin (revision 0) or changes it; a change of an approved one needs a new approval',
    body: Strict({
      title: v.Title,
      subject: OneOf(v.SUBJECTS),
      class: BroadcastClass,
      validUntil: Nullable(Instant),
      parts: Type.Array(v.BulletinPart, { maxItems: 16 }),
      revision: Count,
    }),
    answer: v.Bulletin,
  }),
  'POST /api/bulletins/:bulletin/submit': row({ who: 'record', says: 'hands a draft in for approval', answer: v.Bulletin }),
  'POST /api/bulletins/:bulletin/approve': row({
    who: 'approve',
    says: 'approves exactly this revision',
    body: Strict({ revision: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
    answer: v.Bulletin,
  }),
  'POST /api/bulletins/:bulletin/return': row({
    who: 'approve',
    says: 'sends it back with a note',
    body: Strict({ note: v.Text }),
    answer: v.Bulletin,
  }),
  'POST /api/bulletins/:bulletin/withdraw': row({
    who: 'approve',
    says: 'withdraws the approval: it falls silent everywhere',
    body: Strict({ note: v.Text }),
    answer: v.Bulletin,
  }),
  'DELETE /api/bulletins/:bulletin': row({ who: 'record', says: 'removes a bulletin that no programme uses', answer: Done }),
  // programmes and broadcasts
  'GET /api/stations/:station/programmes': row({ who: 'see', says: 'programmes, newest first', answer: list(v.Programme) }),
  'PUT /api/stations/:station/programmes/:programme': row({
    who: 'compose',
    says: 'makes a programme (revision 0) or changes its running order',
    body: Strict({
      title: v.Title,
      items: Type.Array(v.ProgrammeItem, { minItems: 1, maxItems: 100 }),
      revision: Count,
    }),
    answer: v.Programme,
  }),
  'DELETE /api/programmes/:programme': row({ who: 'compose', says: 'removes a programme that is not scheduled', answer: Done }),
  'GET /api/stations/:station/broadcasts': row({ who: 'see', says: 'what is scheduled', answer: list(v.Broadcast) }),
  'PUT /api/stations/:station/broadcasts/:broadcast': row({
    who: 'schedule',
    says: 'schedules a programme: when, where, in which class',
    body: Strict({
      programme: Id,
      class: BroadcastClass,
      when: v.When,
      zones: Type.Array(Id, { minItems: 1, maxItems: 64, uniqueItems: true }),
      toleranceMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 6 * 3_600_000 })),
      /** air it although a language that a place hears is missing */
      acceptMissing: Type.Optional(Type.Boolean()),
    }),
    answer: v.Broadcast,
  }),
  'POST /api/broadcasts/:broadcast/stop': row({
    who: 'stop',
    says: 'stops what sounds of it now, or one airing',
    body: Strict({ plannedAt: Nullable(Instant) }),
    answer: Done,
  }),
  'DELETE /api/broadcasts/:broadcast': row({ who: 'schedule', says: 'cancels it; what has been aired stays in the ledger', answer: Done }),
  'GET /api/stations/:station/airings': row({
    who: 'see',
    says: 'airings between two instants with their states',
    query: Strict({ from: Instant, to: Instant, broadcast: Type.Optional(Id) }),
    answer: list(v.Airing),
  }),
  // players
  'GET /api/stations/:station/players': row({ who: 'see', says: 'players with their last word', answer: list(v.Player) }),
  'PUT /api/stations/:station/players/:player': row({
    who: 'operate',
    says: 'makes or changes a player: name, kind, places, volume',
    body: Strict(PlayerEdit),
    answer: v.Player,
  }),
  'POST /api/players/:player/code': row({
    who: 'operate',
    says: 'makes a one-time enrolment code (the old one is void)',
    answer: v.EnrolmentCode,
  }),
  'DELETE /api/players/:player': row({ who: 'operate', says: 'revokes a player: its certificate is cut at once, for good', answer: Done }),
  'POST /api/enrol': row({
    who: 'anyone',
    says: 'a player turns its one-time code into a certificate',
    body: Strict({ code: Line(100), csr: Words(8000), sealKey: Line(64) }),
    answer: Strict({
      player: Id,
      station: Id,
      name: v.PlaceName,
      certificate: Words(20_000),
      authority: Words(20_000),
      brokerPort: Type.Integer({ minimum: 0, maximum: 65_535 }),
      brokerHost: Nullable(Line(255)),
      scheduleKey: Line(64),
      urgentKey: Line(64),
    }),
  }),
  // live
  'GET /api/stations/:station/live': row({ who: 'see', says: 'server-sent stream of changes', answer: 'events' }),
} as const;

export type Api = typeof api;
export type RouteName = keyof Api;
type Names<P extends string> = P extends `${string}:${infer N}/${infer R}` ? N | Names<R> : P extends `${string}:${infer N}` ? N : never;
/** The ids in a route's path. */
export type ParamsOf<N extends RouteName> = Record<Names<N>, string>;
type SchemaOf<T> = T extends TSchema ? Static<T> : undefined;
export type QueryOf<N extends RouteName> = Api[N] extends { query?: infer Q }
  ? Q extends TSchema
    ? TSchema extends Q
      ? undefined
      : Static<Q>
    : undefined
  : undefined;
export type BodyOf<N extends RouteName> = Api[N] extends { body?: infer B }
  ? [B] extends ['stream']
    ? 'stream'
    : [TSchema] extends [B]
      ? undefined
      : SchemaOf<B>
  : undefined;
export type AnswerOf<N extends RouteName> = Api[N]['answer'] extends 'stream' | 'events' ? Response : SchemaOf<Api[N]['answer']>;
