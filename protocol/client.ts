/** A typed client of the table `api`: types only from there, so that the page may carry it without the schemas. */
import type { AnswerOf, BodyOf, ParamsOf, QueryOf, RouteName } from './api.ts';
import type { Facts, ProblemCode } from './problems.ts';

/** What the hub refused, or `code: 'unreachable'` where no answer came. */
export class ApiProblem extends Error {
  readonly code: ProblemCode | 'unreachable';
  readonly facts: Facts;
  readonly status: number;
  constructor(code: ProblemCode | 'unreachable', facts: Facts, status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiProblem';
    this.code = code;
    this.facts = facts;
    this.status = status;
  }
}

type Need<K extends string, T> = T extends undefined ? { [k in K]?: undefined } : { [k in K]: T };
type Params<N extends RouteName> = [keyof ParamsOf<N>] extends [never] ? { params?: undefined } : { params: ParamsOf<N> };
type Body<N extends RouteName> = BodyOf<N> extends 'stream' ? { body: Blob | Uint8Array<ArrayBuffer> } : Need<'body', BodyOf<N>>;
export type CallOptions<N extends RouteName> = Params<N> & Need<'query', QueryOf<N>> & Body<N> & { signal?: AbortSignal };

export interface ClientOptions {
  /** where the hub is; empty for the page's own origin */
  base: string;
  /** headers of every request: a session's cookie outside a browser, the CSRF token, the language */
  headers: () => Record<string, string>;
  fetch?: typeof fetch;
}
export type Client = <N extends RouteName>(name: N, options: CallOptions<N>) => Promise<AnswerOf<N>>;

/** @returns the path of a route with its ids and query filled in. */
export function pathOf<N extends RouteName>(name: N, params: Record<string, string> = {}, query: Record<string, unknown> = {}): string {
  const path = name.slice(name.indexOf(' ') + 1).replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  return pairs.length ? `${path}?${new URLSearchParams(pairs.map(([k, value]) => [k, String(value)]))}` : path;
}

/** @returns a function that calls a route by its name in the table. It rejects with ApiProblem. */
export function client({ base, headers, fetch: send = fetch }: ClientOptions): Client {
  return async (name, options) => {
    const { params, query, body, signal } = options as unknown as {
      params?: Record<string, string>;
      query?: Record<string, unknown>;
      body?: unknown;
      signal?: AbortSignal;
    };
    const stream = body instanceof Blob || body instanceof Uint8Array;
    const type = body === undefined ? {} : { 'content-type': stream ? 'application/octet-stream' : 'application/json' };
    let answer: Response;
    try {
      answer = await send(base + pathOf(name, params, query), {
        method: name.slice(0, name.indexOf(' ')),
        headers: { ...headers(), ...type },
        credentials: 'same-origin',
        ...(body === undefined ? {} : { body: stream ? (body as BodyInit) : JSON.stringify(body) }),
        ...(signal ? { signal } : {}),
      });
    } catch (cause) {
      throw new ApiProblem('unreachable', {}, 0, `The hub cannot be reached (${(cause as Error).message}).`, { cause });
    }
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({ code: 'broken', facts: { reference: '' }, message: answer.statusText }));
      throw new ApiProblem(problem.code, problem.facts, answer.status, problem.message);
    }
    const json = answer.headers.get('content-type')?.startsWith('application/json');
    return (json ? await answer.json() : answer) as AnswerOf<typeof name>;
  };
}
