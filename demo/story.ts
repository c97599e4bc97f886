/** The main job by the public API: people, places, players, recordings, a bulletin, its approval, and the schedule. */

import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { factWords } from '@tieng-loa/protocol/fact-words.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { problemSentences, type Tongue, worded } from '@tieng-loa/protocol/sentences.ts';
import type { Broadcast, Recording } from '@tieng-loa/protocol/views.ts';
import { type Caller, signInBy } from './caller.ts';
import { now, until } from './clock.ts';
import type { DemoConfig } from './config.ts';
import type { Programs } from './programs.ts';
import type { Words } from './words.ts';

export interface Stage {
  config: DemoConfig;
  words: Words;
  programs: Programs;
  /** a folder for what the demo makes */
  folder: string;
  /** says that a step is done */
  say(line: string): void;
}

export const LOGIN = 'lo.thi.mai';
const PASSWORD = 'tiếng loa vọng bản làng';
const AHEAD_MS = 30_000;
const RENDERING_WITHIN_MS = 120_000;
const CONNECT_WITHIN_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

const PLACES = [
  { name: 'Bản Huổi Khương', kind: 'village', player: 'cluster', languages: ['hmn', 'vi'] },
  { name: 'Bản Nậm Chẩn', kind: 'village', player: 'cluster', languages: ['vi', 'hmn'] },
  { name: 'Chợ Quảng Lâm', kind: 'market', player: 'cart', languages: ['hmn', 'vi'] },
] as const;

/** What is spoken where the user gives no file: how one knows a scam, and what to do. The Hmong is in RPA. */
const TEXTS = {
  vi: 'Kính thưa bà con. Bộ đội biên phòng không bao giờ gọi điện thoại để đòi tiền. Ai gọi điện bảo chuyển tiền là lừa đảo. Bà con hãy tắt máy và báo cho trưởng bản. Xin cảm ơn bà con.',
  hmn: 'Nyob zoo txhua tus. Yog muaj neeg hu xov tooj thov nyiaj, tsis txhob ntseeg. Muab kaw thiab qhia rau tus thawj zos. Ua tsaug.',
} as const;
const PARTS = ['vi', 'hmn'] as const;
type Part = (typeof PARTS)[number];

/** Places and players: each player is a process of its own and enrols with a one-time code. */
export async function setUpPlaces({ config, words, programs, folder, say }: Stage, owner: Caller, hub: string): Promise<void> {
  const station = owner.me.stations[0]!;
  const quiet = isNight(now());
  for (const [index, { name, kind, player: playerKind, languages }] of PLACES.entries()) {
    const [zone, player] = [newId(), newId()];
    await owner.call('PUT /api/stations/:station/zones/:zone', {
      params: { station: station.id, zone },
      body: { name, kind, languages: [...languages], quietHours: quiet ? null : { from: '21:00', to: '05:30' } },
    });
    await owner.call('PUT /api/stations/:station/players/:player', {
      params: { station: station.id, player },
      body: { name, kind: playerKind, zones: [zone], volume: 70, loudestVolume: 90, amplifierLeadMs: 0 },
    });
    const { code } = await owner.call('POST /api/players/:player/code', { params: { player } });
    const args = ['--hub', hub, '--code', code, '--data', join(folder, `player-${index + 1}`)];
    const { ended } = programs.start(`player-${index + 1}`, 'player/dist/player.mjs', args, config.sound ? {} : { TIENGLOA_AUDIO: 'null' });
    await Promise.race([
      ended,
      until(`${words.waits.player}: ${name}`, CONNECT_WITHIN_MS, async () => ((await isHere(owner, player)) ? true : null)),
    ]);
    say(words.player(name));
  }
  say(config.sound ? words.sound : words.silent);
  if (quiet) say(words.night);
}

async function isHere(owner: Caller, id: string): Promise<boolean> {
  const players = await owner.call('GET /api/stations/:station/players', { params: { station: owner.me.stations[0]!.id } });
  return players.find((player) => player.id === id)?.state === 'here';
}

/** The border post's account and the commune's approver, each by an invitation. */
export async function invite(
  owner: Caller,
  name: string,
  organisation: string,
  role: 'contributor' | 'approver',
  login: string,
  language: string,
): Promise<Caller> {
  const station = owner.me.stations[0]!.id;
  const person = newId();
  await owner.call('PUT /api/stations/:station/people/:person', {
    params: { station, person },
    body: { name, organisation, grants: [{ station, role }], disabled: false },
  });
  const { link } = await owner.call('POST /api/stations/:station/people/:person/link', { params: { station, person } });
  return signInBy(link, { login, password: PASSWORD }, language);
}

/** Uses the hub's first link: the first administrator names the station. */
export const firstPerson = (link: string, language: string): Promise<Caller> =>
  signInBy(link, { name: 'Lò Thị Mai', login: LOGIN, password: PASSWORD, stationName: 'xã Quảng Lâm' }, language);

/** The two parts as files: the user's own, or spoken by machine. */
export async function speakParts({ config, words, programs, folder, say }: Stage): Promise<Record<Part, string>> {
  const files = {} as Record<Part, string>;
  for (const part of PARTS) {
    const own = config.files[part];
    files[part] = own ?? join(folder, `${part}.wav`);
    if (own !== null) continue;
    await programs.run('audio/speech/main.ts', ['--language', part, '--out', files[part]], { input: TEXTS[part] });
    say(words.spoken(words.languages[part]!) + (part === 'hmn' ? ` (${words.draftVoice})` : ''));
  }
  return files;
}

/** Uploads the parts and waits until they are made ready. */
export async function record({ config, words, say }: Stage, post: Caller, files: Record<Part, string>): Promise<Record<Part, Recording>> {
  const station = post.me.stations[0]!.id;
  const ids = {} as Record<Part, string>;
  for (const part of PARTS) {
    ids[part] = newId();
    const fileName = basename(files[part]);
    await post.call('PUT /api/stations/:station/recordings/:recording', {
      params: { station, recording: ids[part] },
      query: { language: part, name: `Cảnh báo lừa đảo (${part})`, fileName },
      body: new Uint8Array(await readFile(files[part])),
    });
    say(words.uploaded(fileName));
  }
  const made = {} as Record<Part, Recording>;
  for (const part of PARTS) {
    made[part] = await until(words.waits.rendering, RENDERING_WITHIN_MS, async () => {
      const recording = await post.call('GET /api/recordings/:recording', { params: { recording: ids[part] } });
      if (recording.state === 'refused') throw new Error(refusal(recording, config.tongue));
      return recording.state === 'ready' ? recording : null;
    });
    say(words.ready(made[part].fileName, String(made[part].loudness?.afterLufs.toFixed(1))));
  }
  return made;
}

/** Why a recording could not be made ready, as the page would say it. */
function refusal({ problem }: Recording, tongue: Tongue): string {
  const { code, facts } = problem ?? { code: 'broken', facts: {} };
  return worded(problemSentences[code], tongue, factWords(code, facts, tongue, String));
}

/** One bulletin of both parts, handed in by the border post and approved at the commune. @returns its id. */
export async function makeBulletin(
  { words, say }: Stage,
  post: Caller,
  approver: Caller,
  recordings: Record<Part, Recording>,
): Promise<string> {
  const station = post.me.stations[0]!.id;
  const bulletin = newId();
  const made = await post.call('PUT /api/stations/:station/bulletins/:bulletin', {
    params: { station, bulletin },
    body: {
      title: 'Cảnh báo lừa đảo qua điện thoại',
      subject: 'scam',
      class: 'routine',
      validUntil: now() + 30 * DAY_MS,
      parts: PARTS.map((part) => ({ language: part, text: TEXTS[part], recordings: [recordings[part].id] })),
      revision: 0,
    },
  });
  await post.call('POST /api/bulletins/:bulletin/submit', { params: { bulletin } });
  say(words.submitted);
  const submitted = await approver.call('GET /api/bulletins/:bulletin', { params: { bulletin } });
  await approver.call('POST /api/bulletins/:bulletin/approve', {
    params: { bulletin },
    body: { revision: Math.max(made.revision, submitted.revision) },
  });
  say(words.approved);
  return bulletin;
}

/** A programme around the bulletin, half a minute ahead, in all places. */
export async function schedule({ words, say }: Stage, owner: Caller, bulletin: string): Promise<{ broadcast: Broadcast; at: number }> {
  const station = owner.me.stations[0]!.id;
  const [programme, broadcast] = [newId(), newId()];
  await owner.call('PUT /api/stations/:station/programmes/:programme', {
    params: { station, programme },
    body: {
      title: 'Tiếng loa biên phòng',
      items: [
        { kind: 'chime', chime: 'signature' },
        { kind: 'bulletin', bulletin },
        { kind: 'chime', chime: 'closing' },
      ],
      revision: 0,
    },
  });
  const zones = await owner.call('GET /api/stations/:station/zones', { params: { station } });
  const at = Math.ceil((now() + AHEAD_MS) / 1000) * 1000;
  const made = await owner.call('PUT /api/stations/:station/broadcasts/:broadcast', {
    params: { station, broadcast },
    body: { programme, class: 'routine', when: { kind: 'once', at }, zones: zones.map(({ id }) => id) },
  });
  say(words.scheduled(at));
  return { broadcast: made, at };
}

/** Quiet hours in Viet Nam (UTC+7, no daylight saving), with two minutes for the demo itself. */
function isNight(at: number): boolean {
  const minuteOf = (ms: number): number => Math.floor((ms + 7 * 3_600_000) / 60_000) % 1440;
  return [at, at + 120_000].map(minuteOf).some((minute) => minute >= 21 * 60 || minute < 5 * 60 + 30);
}
