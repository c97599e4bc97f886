/** `/openapi.json`, and `/docs`: the same table as a page that needs no script and asks nobody else. */
import { type Api, api, type RouteName } from '@tieng-loa/protocol/api.ts';
import { problems } from '@tieng-loa/protocol/problems.ts';
import { problemSentences } from '@tieng-loa/protocol/sentences.ts';
import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { openApi } from './openapi.ts';

type Row = Api[RouteName] & { query?: TSchema; body?: TSchema | 'stream' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

interface Shape {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  items?: Shape;
  properties?: Record<string, Shape>;
  required?: string[];
  description?: string;
}

/** @returns a schema in the short words of TypeScript. */
function shape(schema: Shape, indent = ''): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((word) => JSON.stringify(word)).join(' | ');
  if (schema.anyOf) return schema.anyOf.map((one) => shape(one, indent)).join(' | ');
  if (schema.type === 'array') return `[${shape(schema.items ?? {}, indent)}]`;
  if (!schema.properties) return schema.description ?? schema.type ?? 'anything';
  const inner = `${indent}  `;
  const lines = Object.entries(schema.properties).map(
    ([name, of]) => `${inner}${name}${schema.required?.includes(name) ? '' : '?'}: ${shape(of, inner)}`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}

const described = (what: TSchema | string): string => (typeof what === 'string' ? what : shape(what as Shape));
const block = (title: string, what: TSchema | string | undefined): string =>
  what === undefined ? '' : `<h4>${title}</h4><pre>${escaped(described(what))}</pre>`;

function section(name: RouteName, row: Row): string {
  const parts = block('query', row.query) + block('body', row.body) + block('answer', row.answer);
  return `<details><summary><code>${escaped(name)}</code> <span>${escaped(row.says)}</span> <b>${row.who}</b></summary>${parts}</details>`;
}

const STYLE = `:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
details { border-top: 1px solid #8886; padding: .5rem 0 }
summary { cursor: pointer }
summary b { font-weight: 400; opacity: .7; white-space: nowrap }
summary b::before { content: '(' }
summary b::after { content: ')' }
pre { overflow: auto; padding: .75rem; background: #8881 }
h4 { margin: .5rem 0 0 }
td { padding: .25rem .5rem; vertical-align: top }`;

/** @returns the page. */
export function docsPage(): string {
  const routes = (Object.entries(api) as Array<[RouteName, Row]>).map(([name, row]) => section(name, row)).join('\n');
  const codes = Object.entries(problems)
    .map(([code, status]) => `<tr><td><code>${code}</code><td>${status}<td>${escaped(problemSentences[code as keyof typeof problems].en)}`)
    .join('\n');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tiếng Loa: API</title>
<link rel="stylesheet" href="/docs.css">
<h1>Tiếng Loa: API</h1>
<p>The same as a document for programs: <a href="/openapi.json">/openapi.json</a>. The word in brackets says who may: anyone, signed-in, or what one must be allowed to do in the station.
Sign in with <code>POST /api/session</code>; then each change carries the header <code>x-csrf</code> with the <code>csrf</code> of the answer. Ids are 20 signs of Crockford’s base32 and made by the caller, so that sending twice makes one thing.</p>
${routes}
<h2>Problems</h2><p>Every refusal is <code>{ code, facts, message }</code>; the message is in the language of <code>Accept-Language</code> (vi, en).</p><table>${codes}</table></html>`;
}

/** Adds the document, the page and its style. */
export function addDocs(app: FastifyInstance, cookie: string): void {
  app.get('/openapi.json', async (_request, reply) => reply.type('application/json').send(JSON.stringify(openApi(cookie))));
  app.get('/docs.css', async (_request, reply) => reply.type('text/css').send(STYLE));
  app.get('/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(docsPage()));
}
