/** The sources as the house rules see them: path, text, imports, functions; read and parsed once. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { parseSync, Visitor } from 'rolldown/utils';

export const ROOT = join(import.meta.dirname, '../..');
/** Rooms of the house whose files obey the rules. */
export const ROOMS = ['protocol', 'timetable', 'audio', 'hub', 'player', 'dashboard', 'demo', 'setup', 'tests'] as const;
export type Room = (typeof ROOMS)[number];

export interface Import {
  /** a file of ours, from the root, or the name of a package */
  target: string;
  ours: boolean;
  /** nothing of it is left at run time */
  typesOnly: boolean;
  line: number;
}
/** A function, with the lines that are its own: those of functions inside it count for those. */
export interface Func {
  line: number;
  lines: number;
}
export interface Source {
  /** from the root, with slashes */
  path: string;
  room: Room;
  text: string;
  lines: number;
  /** the text without comments, of the same length: rules about code do not read prose */
  code: string;
  imports: Import[];
  functions: Func[];
  /** names declared at the top of the file; `let` among them is state of the module */
  topLevel: { kind: string; name: string; line: number }[];
  comments: { start: number; value: string; type: string }[];
}

/** @returns every source of the rooms. */
export function sources(): Source[] {
  return ROOMS.flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
      .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path))
      .map((path) => sourceOf(path, room)),
  );
}

function sourceOf(path: string, room: Room): Source {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) throw new Error(`${path} cannot be parsed: ${parsed.errors[0]!.message}`);
  const lineOf = lineFinder(text);
  return {
    path,
    room,
    text,
    lines: text.split('\n').length - 1,
    code: withoutComments(text, parsed.comments),
    imports: importsOf(path, parsed, lineOf),
    functions: functionsOf(parsed.program, lineOf),
    topLevel: topLevelOf(parsed.program, lineOf),
    comments: parsed.comments,
  };
}
type Parsed = ReturnType<typeof parseSync>;
type LineOf = (offset: number) => number;

function lineFinder(text: string): LineOf {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    for (let high = starts.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

function withoutComments(text: string, comments: Parsed['comments']): string {
  let code = '';
  let at = 0;
  for (const { start, end } of comments) {
    code += text.slice(at, start) + text.slice(start, end).replace(/[^\n]/g, ' ');
    at = end;
  }
  return code + text.slice(at);
}

function importsOf(path: string, { module }: Parsed, lineOf: LineOf): Import[] {
  const out: Import[] = [];
  const add = (target: string, start: number, typesOnly: boolean): void => {
    const own = /^@tieng-loa\/(.+)$/.exec(target)?.[1];
    const ours = own !== undefined || target.startsWith('.');
    const file = own ?? (ours ? normalize(join(dirname(path), target)) : target);
    out.push({ target: file, ours, typesOnly, line: lineOf(start) });
  };
  for (const { moduleRequest, entries, start } of module.staticImports)
    add(moduleRequest.value, start, entries.length > 0 && entries.every(({ isType }) => isType));
  for (const { entries } of module.staticExports)
    for (const { moduleRequest, isType, start } of entries) if (moduleRequest) add(moduleRequest.value, start, isType);
  for (const { moduleRequest, start } of module.dynamicImports) {
    const target = /^['"](.+)['"]$/.exec(readText(path, moduleRequest.start, moduleRequest.end))?.[1];
    if (target !== undefined) add(target, start, false);
  }
  return out;
}
const readText = (path: string, start: number, end: number): string => readFileSync(join(ROOT, path), 'utf8').slice(start, end);

function functionsOf(program: Parsed['program'], lineOf: LineOf): Func[] {
  const done: Func[] = [];
  const open: { from: number; inner: number }[] = [];
  const enter = ({ start }: { start: number }): void => {
    open.push({ from: lineOf(start), inner: 0 });
  };
  const leave = ({ end }: { end: number }): void => {
    const { from, inner } = open.pop()!;
    const whole = lineOf(end) - from + 1;
    done.push({ line: from, lines: whole - inner });
    const outer = open.at(-1);
    // a function on one line takes no line away from the one around it
    if (outer) outer.inner += Math.max(0, whole - 1);
  };
  new Visitor({
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
  }).visit(program);
  return done;
}

function topLevelOf(program: Parsed['program'], lineOf: LineOf): Source['topLevel'] {
  return program.body.flatMap((node): Source['topLevel'] => {
    const statement = node.type === 'ExportNamedDeclaration' && node.declaration ? node.declaration : node;
    const line = lineOf(node.start);
    if (statement.type === 'VariableDeclaration')
      return statement.declarations.map(({ id }) => ({ kind: statement.kind, name: id.type === 'Identifier' ? id.name : '', line }));
    if ('id' in statement && statement.id && 'name' in statement.id)
      return [{ kind: statement.type, name: String(statement.id.name), line }];
    return [{ kind: node.type, name: '', line }];
  });
}
