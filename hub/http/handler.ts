/** What a route's handler is given and answers. The guard has already checked who may (the row's `who`) and what was sent (its schemas). */
import type { Readable } from 'node:stream';
import type { Api, BodyOf, ParamsOf, QueryOf, RouteName } from '@tieng-loa/protocol/api.ts';
import type { Verb } from '@tieng-loa/protocol/people.ts';
import type { Static, TSchema } from 'typebox';

/** Who asks, once the session is known. */
export interface Actor {
  id: string;
  name: string;
  /** whether this person may do it in that station */
  may(verb: Verb, station: string): boolean;
  /** whether this person administers every station of the hub */
  administersHub: boolean;
  /** the session, to end it or to keep it when all others end */
  session: string;
}

/** A file that a handler answers with. The server adds ranges, and sends it as an attachment. */
export interface FileAnswer {
  path: string;
  contentType: string;
  fileName: string;
}
/** An answer that sets or clears the session's cookie; `token` null clears it. */
export interface SessionAnswer<T> {
  session: { token: string | null };
  answer: T;
}

export interface Asked<N extends RouteName> {
  params: ParamsOf<N>;
  query: QueryOf<N>;
  body: BodyOf<N> extends 'stream' ? undefined : BodyOf<N>;
  /** the uploaded bytes and the length that was announced, for a row whose body is `stream` */
  upload: BodyOf<N> extends 'stream' ? { stream: Readable; lengthBytes: number } : undefined;
  /** the signed-in person; null only on rows for `anyone` */
  actor: Api[N]['who'] extends 'anyone' ? Actor | null : Actor;
  /** the station that the path leads to (`:station` itself, or the station of the thing named), null where it names none */
  station: string;
  address: string;
}
type Result<N extends RouteName> = Api[N]['answer'] extends TSchema
  ? Static<Api[N]['answer']> | SessionAnswer<Static<Api[N]['answer']>>
  : Api[N]['answer'] extends 'stream'
    ? FileAnswer
    : never;
export type Handler<N extends RouteName> = (asked: Asked<N>) => Promise<Result<N>>;
/** The stream of changes is the server's own (live.ts); every other row has one handler, and a missing one is a type error. */
export type Handlers = { [N in Exclude<RouteName, 'GET /api/stations/:station/live'>]: Handler<N> };
