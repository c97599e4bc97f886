/** A hub and its people on loopback, with places, players and approved bulletins made by the public API: what a journey starts from. */
import { newId } from '@tieng-loa/protocol/ids.ts';
import type { Role } from '@tieng-loa/protocol/people.ts';
import type { BroadcastClass, QuietHours } from '@tieng-loa/protocol/plan.ts';
import type { Airing, Broadcast, Player, ProgrammeItem, Recording, When } from '@tieng-loa/protocol/views.ts';
import { type Caller, signInBy } from '../../demo/caller.ts';
import { type HubProcess, openHubProcess } from './hub-process.ts';
import { until } from './processes.ts';
import { toneWav } from './tones.ts';

export const PASSWORD = 'một câu dài dễ nhớ';

/** One part of a bulletin as a tone, so that an ear can tell the parts apart. */
export interface Tone {
  language: string;
  hz: number;
  durationMs: number;
}

export interface World {
  hub: HubProcess;
  station: string;
  /** administrator, editor, approver and technician in one, as in a small commune */
  owner: Caller;
  /** invites a person with these roles and signs them in */
  person(roles: readonly Role[]): Promise<Caller>;
  zone(options?: { name?: string; languages?: string[]; quietHours?: QuietHours | null }): Promise<string>;
  /** makes a player's slot. @returns its id and a one-time code */
  slot(zones: string[], options?: { name?: string; amplifierLeadMs?: number }): Promise<{ player: string; code: string }>;
  recording(bytes: Uint8Array, language: string, fileName?: string): Promise<Recording>;
  /** records, submits and approves */
  bulletin(parts: readonly Tone[], options?: { class?: BroadcastClass; approve?: boolean }): Promise<string>;
  programme(items: ProgrammeItem[]): Promise<string>;
  broadcast(programme: string, zones: string[], when: When, kind?: BroadcastClass): Promise<Broadcast>;
  airings(broadcast: string): Promise<Airing[]>;
  /** waits until all of them fit */
  untilAirings(what: string, broadcast: string, fit: (airings: Airing[]) => boolean, withinMs?: number): Promise<Airing[]>;
  player(id: string): Promise<Player>;
  untilPlayer(what: string | (() => string), id: string, fit: (player: Player) => boolean, withinMs?: number): Promise<Player>;
  close(): Promise<void>;
}

/** Opens a world. @param env settings for its hub. */
export async function openWorld(env: NodeJS.ProcessEnv = {}): Promise<World> {
  const hub = await openHubProcess(env);
  try {
    return await peopled(hub);
  } catch (error) {
    const said = hub.said();
    await hub.close();
    throw new Error(`${(error as Error).message}\n${said}`);
  }
}

async function peopled(hub: HubProcess): Promise<World> {
  const owner = await signInBy(
    await hub.firstLink(),
    { name: 'Lò Thị Mai', login: 'mai', password: PASSWORD, stationName: 'xã Quảng Lâm' },
    'en',
  );
  const station = owner.me.stations[0]!.id;
  const { call } = owner;
  return {
    hub,
    station,
    owner,
    ...placesOf(owner, station),
    ...contentOf(owner, station),
    airings: (broadcast) => airingsOf(owner, station, broadcast),
    untilAirings: (what, broadcast, fit, withinMs = 30_000) =>
      settled(what, () => airingsOf(owner, station, broadcast), fit, withinMs, hub),
    player: (id) => playerOf(owner, station, id),
    untilPlayer: (what, id, fit, withinMs = 30_000) => settled(what, () => playerOf(owner, station, id), fit, withinMs, hub),
    async person(roles) {
      const person = newId();
      await call('PUT /api/stations/:station/people/:person', {
        params: { station, person },
        body: { name: roles.join(' '), organisation: '', grants: roles.map((role) => ({ station, role })), disabled: false },
      });
      const { link } = await call('POST /api/stations/:station/people/:person/link', { params: { station, person } });
      return signInBy(link, { login: `p${person}`, password: PASSWORD }, 'en');
    },
    close: () => hub.close(),
  };
}

async function settled<T>(
  what: string | (() => string),
  look: () => Promise<T>,
  fit: (found: T) => boolean,
  withinMs: number,
  hub: HubProcess,
): Promise<T> {
  let last: T | undefined;
  const fitting = async (): Promise<{ found: T } | null> => {
    // a hub that is being started again answers in a moment
    last = await look().catch(() => last);
    return last !== undefined && fit(last) ? { found: last } : null;
  };
  try {
    return (await until(what, fitting, { withinMs, everyMs: 50 })).found;
  } catch (error) {
    throw new Error(`${(error as Error).message}\nlast: ${JSON.stringify(last, null, 1)}\nhub: ${hub.said().slice(-3000)}`);
  }
}

/** A day around now: journeys are short. */
const airingsOf = ({ call }: Caller, station: string, broadcast: string): Promise<Airing[]> =>
  call('GET /api/stations/:station/airings', {
    params: { station },
    query: { from: Date.now() - 43_200_000, to: Date.now() + 43_200_000, broadcast },
  });

async function playerOf({ call }: Caller, station: string, id: string): Promise<Player> {
  const players = await call('GET /api/stations/:station/players', { params: { station } });
  const found = players.find((player) => player.id === id);
  if (!found) throw new Error(`there is no player ${id}`);
  return found;
}

function placesOf({ call }: Caller, station: string): Pick<World, 'zone' | 'slot'> {
  return {
    async zone({ name = 'Bản Huổi Khương', languages = ['hmn', 'vi'], quietHours = null } = {}) {
      const zone = newId();
      await call('PUT /api/stations/:station/zones/:zone', {
        params: { station, zone },
        body: { name, kind: 'village', languages, quietHours },
      });
      return zone;
    },
    async slot(zones, { name = 'Loa', amplifierLeadMs = 0 } = {}) {
      const player = newId();
      await call('PUT /api/stations/:station/players/:player', {
        params: { station, player },
        body: { name, kind: 'cluster', zones, volume: 100, loudestVolume: 100, amplifierLeadMs },
      });
      const { code } = await call('POST /api/players/:player/code', { params: { player } });
      return { player, code };
    },
  };
}

function contentOf({ call }: Caller, station: string): Pick<World, 'recording' | 'bulletin' | 'programme' | 'broadcast'> {
  const recording: World['recording'] = async (bytes, language, fileName = 'tone.wav') => {
    const id = newId();
    await call('PUT /api/stations/:station/recordings/:recording', {
      params: { station, recording: id },
      query: { language, name: fileName, fileName },
      body: new Uint8Array(bytes),
    });
    const ready = async (): Promise<Recording | null> => {
      const made = await call('GET /api/recordings/:recording', { params: { recording: id } });
      return made.state === 'rendering' ? null : made;
    };
    return until('the recording is made ready', ready, { withinMs: 60_000, everyMs: 100 });
  };
  return {
    recording,
    async bulletin(parts, { class: kind = 'routine', approve = true } = {}) {
      const bulletin = newId();
      const made = [];
      for (const { language, hz, durationMs } of parts) {
        const { id } = await recording(toneWav(hz, durationMs), language);
        made.push({ language, text: '', recordings: [id] });
      }
      const { revision } = await call('PUT /api/stations/:station/bulletins/:bulletin', {
        params: { station, bulletin },
        body: { title: 'Bản tin', subject: 'notice', class: kind, validUntil: null, parts: made, revision: 0 },
      });
      const submitted = await call('POST /api/bulletins/:bulletin/submit', { params: { bulletin } });
      if (approve)
        await call('POST /api/bulletins/:bulletin/approve', {
          params: { bulletin },
          body: { revision: Math.max(revision, submitted.revision) },
        });
      return bulletin;
    },
    async programme(items) {
      const programme = newId();
      await call('PUT /api/stations/:station/programmes/:programme', {
        params: { station, programme },
        body: { title: 'Chương trình', items, revision: 0 },
      });
      return programme;
    },
    broadcast: (programme, zones, when, kind = 'routine') =>
      call('PUT /api/stations/:station/broadcasts/:broadcast', {
        params: { station, broadcast: newId() },
        body: { programme, class: kind, when, zones },
      }),
  };
}
