/** Strict documents: JSON without duplicate keys or `__proto__`, checked against one TypeBox schema without added keys. */
import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Problem } from './problems.ts';

/** An object that has these keys and no others. */
export const Strict = <P extends TProperties>(properties: P, options: object = {}): TObject<P> =>
  Type.Object(properties, { additionalProperties: false, ...options });

/** A value or null. */
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** No control character and no half of a surrogate pair: PostgreSQL keeps neither, and a page shows neither. */
const LINE = '^[^\\p{Cc}\\p{Cs}]*$';
const LINES = '^(?:[\\n\\t]|[^\\p{Cc}\\p{Cs}])*$';
const NOT_BLANK = '^(?=[^]*\\S)[^\\p{Cc}\\p{Cs}]*$';

/** Text of one line; may be empty. */
export const Line = (maxLength: number) => Type.String({ maxLength, pattern: LINE });
/** What something is called: one line that says something. */
export const Name = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: NOT_BLANK });
/** Text of several lines. */
export const Words = (maxLength: number) => Type.String({ maxLength, pattern: LINES });

/** One of these words. */
export const OneOf = <const W extends readonly string[]>(words: W) => Type.Unsafe<W[number]>(Type.Enum([...words]));

/**
 * Parses JSON and refuses what two parsers could read in two ways.
 * @throws Problem `bad-document` for malformed text, a duplicate key, or the keys `__proto__`, `constructor`, `prototype`.
 */
export function parseStrictly(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem('bad-document', { why: 'not JSON' });
  }
  refuseDoubtfulKeys(text);
  return value;
}

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** Walks the tokens of valid JSON text; a string followed by a colon is a key of the innermost object. */
function refuseDoubtfulKeys(text: string): void {
  const open: Array<Set<string> | null> = [];
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const key: string = JSON.parse(last);
      const keys = open.at(-1);
      if (FORBIDDEN.has(key) || keys?.has(key)) throw new Problem('bad-document', { why: `key ${last}` });
      keys?.add(key);
    }
    last = token;
  }
}

const validators = new WeakMap<TSchema, ReturnType<typeof Compile>>();

/** @returns the compiled validator of a schema, made once: compiling at import would cost every player the schemas of the page. */
function validatorOf(schema: TSchema): ReturnType<typeof Compile> {
  let validator = validators.get(schema);
  if (!validator) {
    validator = Compile(schema);
    validators.set(schema, validator);
  }
  return validator;
}

/** Where and how a value breaks its schema. `field` is a dotted path; `rule` and `limit` are the schema's keyword and its number. */
export interface Fault {
  field: string;
  fault: string;
  rule: string;
  limit: number | null;
}

/** @returns the first fault of `value`, or null where it has none. */
export function firstFault(schema: TSchema, value: unknown): Fault | null {
  const validator = validatorOf(schema);
  if (validator.Check(value)) return null;
  const faults = [...validator.Errors(value)];
  const deepest = faults.reduce((a, b) => (b.instancePath.length > a.instancePath.length ? b : a), faults[0]!);
  const extra = deepest.params as { requiredProperties?: string[]; additionalProperties?: string[]; limit?: number };
  const name = extra.requiredProperties?.[0] ?? extra.additionalProperties?.[0];
  const path = deepest.instancePath.slice(1).split('/').filter(Boolean);
  return { field: [...path, ...(name ? [name] : [])].join('.'), fault: deepest.message, rule: deepest.keyword, limit: extra.limit ?? null };
}

/** @returns `value` as the schema's type. @throws Problem `bad-document` naming the first field at fault. */
export function checked<S extends TSchema>(schema: S, value: unknown): Static<S> {
  const fault = firstFault(schema, value);
  if (fault) throw new Problem('bad-document', { field: fault.field, why: fault.fault });
  return value as Static<S>;
}
