/** The rules of the house that a machine can check, as data. */
import type { Import, Room } from './sources.ts';

export const SIZE = { file: 300, function: 70 };

const rooms =
  (...names: Room[]) =>
  ({ target }: Import): boolean =>
    names.some((name) => target.startsWith(`${name}/`));

/** What a room may import of other rooms. */
export const MAY_IMPORT: Readonly<Record<Room, (entry: Import) => boolean>> = {
  protocol: () => false,
  timetable: rooms('protocol'),
  audio: rooms('protocol'),
  hub: rooms('protocol', 'timetable', 'audio'),
  player: rooms('protocol', 'timetable'),
  // the page would carry every schema: types only, but for the client and the sentences
  dashboard: ({ target, typesOnly }) =>
    target.startsWith('protocol/') && (typesOnly || ['client', 'sentences', 'fact-words'].some((file) => target === `protocol/${file}.ts`)),
  demo: rooms('protocol'),
  setup: () => false,
  tests: rooms('protocol', 'timetable', 'audio', 'hub', 'player', 'dashboard', 'demo', 'setup'),
};

interface Home {
  what: string;
  /** how the code that belongs there looks */
  pattern?: RegExp;
  /** the package that only its home may import; types of it may be named anywhere */
  imports?: RegExp;
  homes: readonly RegExp[];
  rooms: readonly Room[];
}
const ours: readonly Room[] = ['protocol', 'timetable', 'audio', 'hub', 'player', 'dashboard', 'demo'];
const servers: readonly Room[] = ['protocol', 'timetable', 'audio', 'hub', 'player', 'demo'];

export const HOMES: readonly Home[] = [
  {
    what: 'asks what time it is: take a clock',
    pattern: /\bDate\.now\(|\bnew Date\(\)|\bTemporal\.Now\b/g,
    homes: [/\/clock\.ts$/],
    rooms: servers,
  },
  {
    what: 'reads the environment: take a setting',
    pattern: /\bprocess\.env\b/g,
    homes: [/\/config\.ts$/],
    rooms: servers,
  },
  {
    what: 'starts a process',
    imports: /^node:child_process$/,
    homes: [/^audio\/ffmpeg\.ts$/, /^audio\/speech\//, /^player\/(mpv|amplifier)\.ts$/, /^demo\//],
    rooms: ours,
  },
  {
    what: 'sees MQTT bytes',
    imports: /^(mqtt|aedes)$/,
    homes: [/^hub\/players\/(link|broker)\.ts$/, /^player\/link\.ts$/],
    rooms: ours,
  },
  {
    what: 'writes a topic: use the table of channels',
    pattern: /['"`]tl\/(player|station)/g,
    homes: [/^protocol\/channels\.ts$/],
    rooms: ours,
  },
  {
    what: 'parses a message: use decode of the table of channels',
    pattern: /\bJSON\.parse\(/g,
    homes: [
      /^protocol\/strict\.ts$/,
      /^hub\/(?!players\/(link|broker)\.ts)/,
      /^player\/(?!link\.ts)/,
      /^dashboard\//,
      /^demo\//,
      /^audio\//,
    ],
    rooms: ours,
  },
  {
    what: 'names a database driver',
    imports: /^(pg|node:sqlite)$/,
    homes: [/^hub\/store\//, /^player\//],
    rooms: ours,
  },
  {
    what: 'names a foreign server',
    pattern: /['"`]https?:\/\/(?=\w)(?!localhost|127\.|[\w-]+\.example|www\.w3\.org)/g,
    homes: [],
    rooms: ['dashboard'],
  },
];

export const BANNED = {
  words: /^(utils?|helpers?|common|managers?|services?|misc)$/i,
  declared: /(Utils?|Helpers?|Manager|Service)$/,
  // spelled so that this line does not find itself
  unfinished: /\b(TO[D]O|FIX[M]E|XX[X]|HAC[K])\b|not implemente[d]/g,
};
