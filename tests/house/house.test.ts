import { expect, test } from 'vitest';
import { BANNED, HOMES, MAY_IMPORT, SIZE } from './rules.ts';
import { type Source, sources } from './sources.ts';

const all = sources();
const program = all.filter(({ room }) => room !== 'tests' && room !== 'setup');
const at = (source: Source, line: number): string => `${source.path}:${line}`;
const lineOf = (source: Source, index: number): number => source.code.slice(0, index).split('\n').length;

test('the arrows between rooms point one way', () => {
  const wrong = all.flatMap((source) =>
    source.imports
      .filter(({ ours, target }) => ours && target.split('/')[0] !== source.room)
      .filter((entry) => !MAY_IMPORT[source.room](entry))
      .map(({ target, line }) => `${at(source, line)} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('what decides purely reaches neither disk, wire, database nor clock', () => {
  const pure = all.filter(({ path }) => /^(protocol|timetable|hub\/schedule)\//.test(path));
  const wrong = pure.flatMap((source) =>
    source.imports
      .filter(({ target, typesOnly }) => !typesOnly && /^(node:(?!crypto$)|mqtt|aedes|kysely|pg$|fastify)|^hub\/store\//.test(target))
      .map(({ target, line }) => `${at(source, line)} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('no file leads back to itself through its imports', () => {
  const graph = new Map(all.map((source) => [source.path, source.imports.filter((i) => i.ours && !i.typesOnly).map((i) => i.target)]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (path: string, trail: string[]): void => {
    if (trail.includes(path)) return void cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  expect(cycles).toEqual([]);
});

test('files and functions stay small', () => {
  const long = all.filter(({ lines }) => lines > SIZE.file).map(({ path, lines }) => `${path} has ${lines} lines (at most ${SIZE.file})`);
  const functions = program.flatMap((source) =>
    source.functions
      .filter(({ lines }) => lines > SIZE.function)
      .map(({ line, lines }) => `${at(source, line)} is a function of ${lines} lines (at most ${SIZE.function})`),
  );
  expect([...long, ...functions]).toEqual([]);
});

test('every file opens with one sentence of purpose', () => {
  const wrong = all
    .filter(({ path }) => !path.endsWith('.test.ts'))
    .filter(({ comments, code }) => {
      const first = comments.find(({ type, value }) => type === 'Block' && value.startsWith('*'));
      return !first || code.slice(0, first.start).trim().replace(/^#!.*/, '') !== '' || !/[.!?:`)]/.test(first.value);
    })
    .map(({ path }) => path);
  expect(wrong).toEqual([]);
});

test('each thing that reaches the world has its one home', () => {
  const wrong = HOMES.flatMap(({ what, pattern, imports, homes, rooms }) =>
    all
      .filter(({ room, path }) => rooms.includes(room) && !homes.some((home) => home.test(path)))
      .flatMap((source) => [
        ...(pattern ? [...source.code.matchAll(pattern)].map((match) => `${at(source, lineOf(source, match.index))} ${what}`) : []),
        ...source.imports
          .filter(({ target, typesOnly }) => !typesOnly && imports?.test(target))
          .map(({ line }) => `${at(source, line)} ${what}`),
      ]),
  );
  expect(wrong).toEqual([]);
});

test('no banned name, no barrel file, no state of a module, nothing left to do', () => {
  const wrong = all.flatMap((source) => [
    ...source.path
      .split(/[/.]/)
      .filter((word) => BANNED.words.test(word))
      .map((word) => `${source.path} is named “${word}”`),
    ...source.topLevel
      .filter(({ name }) => BANNED.declared.test(name))
      .map(({ name, line }) => `${at(source, line)} declares “${name}”: say what it does instead`),
    ...(source.path.endsWith('/index.ts') ? [`${source.path} is a barrel file`] : []),
    ...[...source.code.matchAll(/^export \*/gm)].map(
      (match) => `${at(source, lineOf(source, match.index))} exports everything of another file`,
    ),
    ...(source.room === 'tests' ? [] : source.topLevel)
      .filter(({ kind }) => kind === 'let' || kind === 'var')
      .map(({ name, line }) => `${at(source, line)} keeps state in the module: ${name}`),
    ...[...source.text.matchAll(BANNED.unfinished)].map((match) => `${at(source, lineOf(source, match.index))} is unfinished`),
  ]);
  expect(wrong).toEqual([]);
});

test('every whole number of the contract has a maximum, so that no store or page meets one it cannot hold', () => {
  const wrong = all
    .filter(({ room }) => room === 'protocol')
    .flatMap((source) =>
      [...source.code.matchAll(/Type\.Integer\(([^)]*)\)/g)]
        .filter(([, options]) => !options!.includes('maximum:'))
        .map((match) => `${at(source, lineOf(source, match.index))} has a whole number without maximum`),
    );
  expect(wrong).toEqual([]);
});
