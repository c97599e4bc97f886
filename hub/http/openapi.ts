/** OpenAPI 3.1 of the hub, derived from the table: nothing is described by hand twice. */
import { type Api, api, type RouteName, type Who } from '@tieng-loa/protocol/api.ts';
import { Id } from '@tieng-loa/protocol/ids.ts';
import { type ProblemCode, problems } from '@tieng-loa/protocol/problems.ts';
import { ProblemAnswer } from '@tieng-loa/protocol/views.ts';
import type { TSchema } from 'typebox';

type Json = Record<string, unknown>;
type Row = Api[RouteName] & { query?: TSchema; body?: TSchema | 'stream' };

/** What the guard and the validation may answer on a row, by who may; a handler's own problems come beside them. */
function guardProblems(who: Who, row: Row, params: readonly string[]): ProblemCode[] {
  const codes: ProblemCode[] = ['broken'];
  if (row.body !== undefined || row.query !== undefined) codes.push('bad-input');
  if (row.body !== undefined && row.body !== 'stream') codes.push('bad-document');
  if (row.body === 'stream') codes.push('too-large', 'upload-cut', 'not-audio', 'disk-full');
  if (who === 'anyone') codes.push('too-many');
  else codes.push('not-signed-in', 'wrong-origin');
  if (who !== 'anyone' && who !== 'signed-in') codes.push('not-allowed');
  if (params.length > 0) codes.push('not-found');
  return codes;
}

const jsonContent = (schema: unknown): Json => ({ 'application/json': { schema } });
const problemRef = { $ref: '#/components/schemas/Problem' };

/** Problems of one status stand together, with their codes named. */
function problemAnswers(codes: readonly ProblemCode[]): Json {
  const byStatus = Map.groupBy(codes, (code) => String(problems[code]));
  const answers = [...byStatus].map(([status, of]) => [status, { description: of.join(' · '), content: jsonContent(problemRef) }]);
  answers.push(['default', { description: 'a problem of what was asked', content: jsonContent(problemRef) }]);
  return Object.fromEntries(answers);
}

function success(answer: Row['answer']): Json {
  if (answer === 'stream') return { description: 'the file, whole or the range asked for', content: { 'audio/ogg': {} } };
  if (answer === 'events') return { description: 'server-sent events; each `data` is a Change', content: { 'text/event-stream': {} } };
  return { description: 'done', content: jsonContent(answer) };
}

function parameters(names: readonly string[], row: Row): Json[] {
  const path = names.map((name) => ({ name, in: 'path', required: true, schema: name === 'link' ? { type: 'string' } : Id }));
  const { properties = {}, required = [] } = (row.query ?? {}) as unknown as { properties?: Record<string, TSchema>; required?: string[] };
  const query = Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
  const changes = row.who !== 'anyone' && row.body !== undefined;
  const csrf = { name: 'x-csrf', in: 'header', required: true, schema: { type: 'string' }, description: 'the `csrf` of GET /api/me' };
  return [...path, ...query, ...(changes ? [csrf] : [])];
}

function operation(name: RouteName, row: Row): Json {
  const names = [...name.matchAll(/:(\w+)/g)].map((match) => match[1]!);
  const status = row.answer === 'stream' ? { 200: success(row.answer), 206: success(row.answer) } : { 200: success(row.answer) };
  const body =
    row.body === 'stream' ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } : jsonContent(row.body);
  return {
    operationId: name
      .replace(/[^a-zA-Z]+(\w)/g, (_, letter: string) => letter.toUpperCase())
      .replace(/^[A-Z]+/, (verb) => verb.toLowerCase()),
    summary: row.says,
    'x-who': row.who,
    security: row.who === 'anyone' ? [] : [{ session: [] }],
    parameters: parameters(names, row),
    ...(row.body === undefined ? {} : { requestBody: { required: true, content: body } }),
    responses: { ...status, ...problemAnswers(guardProblems(row.who, row, names)) },
  };
}

/** @returns the document, as plain JSON. */
export function openApi(cookie: string): Json {
  const paths: Record<string, Json> = {};
  for (const [name, row] of Object.entries(api) as Array<[RouteName, Row]>) {
    const [method, path] = name.split(' ') as [string, string];
    const key = path.replace(/:(\w+)/g, '{$1}');
    paths[key] = { ...paths[key], [method.toLowerCase()]: operation(name, row) };
  }
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Tiếng Loa',
      version: '1',
      description:
        'Scheduling of bilingual public-information broadcasts. Ids are made by whoever makes the thing; sending twice makes one.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: ProblemAnswer },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: cookie } },
    },
  };
  return JSON.parse(JSON.stringify(document));
}
