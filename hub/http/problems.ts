/** Turns whatever was thrown into an answer: its code, its facts, and a sentence in the language that was asked for. */
import { factWords } from '@tieng-loa/protocol/fact-words.ts';
import { KIB } from '@tieng-loa/protocol/limits.ts';
import { type Facts, Problem } from '@tieng-loa/protocol/problems.ts';
import { problemSentences, type Tongue, worded } from '@tieng-loa/protocol/sentences.ts';
import type { ProblemAnswer } from '@tieng-loa/protocol/views.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { JSON_BODY_BYTES } from '../limits.ts';
import type { Logger } from '../log.ts';
import { faultWords, instantWords, tongueOf } from './tongue.ts';

/** @returns the answer to a problem in a language. */
export function problemAnswer(problem: Problem, tongue: Tongue): ProblemAnswer {
  const { code } = problem;
  const why = problem.facts.why;
  const facts: Facts =
    code === 'bad-input' && typeof why === 'string'
      ? { ...problem.facts, why: faultWords(why, problem.facts.limit, tongue) }
      : problem.facts;
  return {
    code,
    facts,
    message: worded(
      problemSentences[code],
      tongue,
      factWords(code, facts, tongue, (at) => instantWords(at, tongue)),
    ),
  };
}

/** What Fastify, Node and the databases say, as far as a person can do something about it. */
function known(error: { code?: unknown; statusCode?: unknown; errcode?: unknown }): Problem | null {
  const SQLITE_FULL = 13;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Problem('too-long-form', { limitMb: JSON_BODY_BYTES / (KIB * KIB) });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Problem('bad-input', { field: 'Content-Type', why: 'enum' });
    // an address that nobody made: ill encoded, or longer than any id
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new Problem('not-found');
    case 'ENOSPC':
    case 'EDQUOT':
    case '53100':
      return new Problem('disk-full');
    // PostgreSQL: the same thing was made twice at once, or two transactions met; sent again, it finds what is there
    case '23505':
    case '40001':
    case '40P01':
      return new Problem('busy');
    default:
      if (error.errcode === SQLITE_FULL) return new Problem('disk-full');
      // malformed requests that Fastify refuses itself: bad URLs, lengths that are wrong
      return typeof error.statusCode === 'number' && error.statusCode < 500
        ? new Problem('bad-document', { why: String(error.code) })
        : null;
  }
}

/** @returns Fastify's error handler. What nobody expected is logged under a reference that the answer carries. */
export function problemHandler(log: Logger, reference: () => string) {
  return async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    // a range that the file does not have: the header of the answer says how long it is
    const { statusCode, headers } = error as { statusCode?: unknown; headers?: Record<string, string> };
    if (statusCode === 416)
      return reply
        .code(416)
        .removeHeader('content-disposition')
        .headers(headers ?? {})
        .send();
    let problem = error instanceof Problem ? error : known(error as object);
    if (!problem) {
      problem = new Problem('broken', { reference: reference() });
      log.error({ reference: problem.facts.reference, route: request.routeOptions.url, error }, 'a request broke');
    }
    const retry = problem.facts.retryAfterSeconds;
    if (typeof retry === 'number') reply.header('retry-after', retry);
    // the rest of an upload that was cut never comes: its connection would wait for it
    if (problem.code === 'upload-cut') reply.header('connection', 'close');
    return reply.code(problem.status).send(problemAnswer(problem, tongueOf(request.headers['accept-language'])));
  };
}
