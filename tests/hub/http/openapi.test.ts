import { docsPage } from '@tieng-loa/hub/http/docs.ts';
import { openApi } from '@tieng-loa/hub/http/openapi.ts';
import { api } from '@tieng-loa/protocol/api.ts';
import { problems } from '@tieng-loa/protocol/problems.ts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';

interface Operation {
  operationId: string;
  summary: string;
  parameters: Array<{ name: string; in: string; required: boolean; schema: object }>;
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content: Record<string, { schema?: object }> }>;
}
const document = openApi('tl') as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

test('OpenAPI holds every row of the table and no other', () => {
  const described = operations.map(({ path, method }) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`);
  expect(described.sort()).toEqual(Object.keys(api).sort());
  expect(document.openapi).toBe('3.1.0');
});

test('every operation has its own name, every parameter of its path, and answers for good and bad', () => {
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  for (const { path, operation } of operations) {
    const named = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
    expect(operation.summary.length).toBeGreaterThan(0);
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['200', 'default']));
  }
});

test('every schema in it is valid JSON Schema 2020-12, as OpenAPI 3.1 demands', () => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true, formats: { binary: true } });
  for (const { operation } of operations) {
    const contents = [operation.requestBody?.content ?? {}, ...Object.values(operation.responses).map((answer) => answer.content)];
    const schemas = contents
      .flatMap((content) => Object.values(content))
      .flatMap(({ schema }) => (schema && !('$ref' in schema) ? [schema] : []));
    for (const schema of [...schemas, ...operation.parameters.map((parameter) => parameter.schema)]) ajv.compile(schema);
  }
  ajv.compile(document.components.schemas.Problem!);
});

test('the readable page names every route and every problem, and asks nobody else', () => {
  const page = docsPage();
  for (const name of Object.keys(api)) expect(page).toContain(name);
  for (const code of Object.keys(problems)) expect(page).toContain(`<code>${code}</code>`);
  expect(page).not.toMatch(/<script|https?:\/\//);
});
