/** The speaker: one mpv kept running, its next sounds loaded and paused beforehand, started again when it dies. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import type { Clock } from './clock.ts';
import { AHEAD_MS, CUE_MS, OVERRUN_MS, PULSE_MS, SPEAKER_DEATHS, SPEAKER_FIRST_MS, SPEAKER_LONGEST_MS } from './limits.ts';
import type { Logger } from './log.ts';
import { mpvCommand, type Output } from './mpv-command.ts';
import { type MpvEvent, type MpvIpc, openIpc } from './mpv-ipc.ts';
import type { CueListener, Sound, Speaker, SpeakerState } from './speaker.ts';

/** mpv's volume is cubic: 60·log10(v/100) dB. @returns the volume that is `gainDb` louder. */
export const volumeWithGain = (volume: number, gainDb: number): number => Math.min(volume * 10 ** (gainDb / 60), 130);

const addressOf = (sound: Sound): string =>
  sound.kind === 'file' ? sound.path : `av://lavfi:anullsrc=r=48000:cl=mono:d=${sound.durationMs / 1000}`;

/** What is loaded or sounds: mpv's names of its files, in order. */
interface Loaded {
  entries: number[];
  volume: number;
  sounds: readonly Sound[];
  listener: CueListener;
  loaded: PromiseWithResolvers<void>;
  started: boolean;
  startMono: number;
  over: boolean;
}
export interface MpvParts {
  output: Output;
  clock: Clock;
  log: Logger;
  program?: string;
}

/** Starts mpv. The speaker is `starting` until mpv answers. */
export function mpvSpeaker({ output, clock, log, program = 'mpv' }: MpvParts): Speaker {
  let state: SpeakerState = 'starting';
  let ipc: MpvIpc | null = null;
  let child: ChildProcess | null = null;
  let now: Loaded | null = null;
  let files = 0;
  let sounding = 0;
  let deaths = 0;
  let closed = false;
  let changed = () => {};
  let cancelStart = () => {};
  let cancelPulse = () => {};

  const become = (next: SpeakerState): void => {
    if (state === next) return;
    state = next;
    changed();
  };
  const fail = (loaded: Loaded, error: Error): void => {
    if (loaded.over) return;
    loaded.over = true;
    if (now === loaded) now = null;
    loaded.loaded.reject(error);
    if (loaded.started) loaded.listener.done('failed');
  };
  const tell = (...words: readonly (string | number | boolean)[]): void => {
    ipc?.command(...words).catch((error: unknown) => log.warn({ error, words }, 'mpv refused a command'));
  };
  const heard = ({ event, playlist_entry_id: entry = -1, reason, file_error }: MpvEvent): void => {
    const loaded = now;
    if (!loaded) return;
    if (event === 'start-file') sounding = entry;
    if (event === 'playback-restart' && sounding === loaded.entries[0]) loaded.loaded.resolve();
    if (!loaded.entries.includes(entry)) return;
    const index = loaded.entries.indexOf(entry);
    if (event === 'start-file' && index > 0) whenHeard(loaded, index, () => begin(loaded, index));
    if (event !== 'end-file') return;
    if (reason === 'error') fail(loaded, new Error(`mpv: ${file_error ?? 'a file could not be played'}`));
    else if (reason === 'eof' && index === loaded.sounds.length - 1) whenHeard(loaded, index + 1, () => finish(loaded));
  };
  /** mpv decodes ahead, so that no gap is heard; what it says of file `index` is true when all before it was heard. */
  const whenHeard = (loaded: Loaded, index: number, act: () => void): void => {
    const heardMs = loaded.sounds.slice(0, index).reduce((sum, sound) => sum + sound.durationMs, 0);
    const aheadMs = Math.min(Math.max(loaded.startMono + heardMs - clock.monotonic(), 0), AHEAD_MS);
    clock.after(aheadMs, () => {
      if (!loaded.over) act();
    });
  };
  const finish = (loaded: Loaded): void => {
    loaded.over = true;
    if (now === loaded) now = null;
    loaded.listener.done('finished');
  };
  const begin = (loaded: Loaded, index: number): void => {
    const sound = loaded.sounds[index]!;
    if (sound.kind === 'file') tell('set_property', 'volume', volumeWithGain(loaded.volume, sound.gainDb));
    loaded.listener.began(index);
  };
  const load = async (loaded: Loaded): Promise<void> => {
    if (!ipc) throw new Error('mpv is not running');
    const mine = ipc;
    // mpv numbers its files from 1; known beforehand, since an event may come with the answer
    loaded.entries = loaded.sounds.map(() => ++files);
    const first = loaded.sounds[0];
    const gainDb = first?.kind === 'file' ? first.gainDb : 0;
    // one after another on one socket: mpv carries them out in this order
    await Promise.all([
      mine.command('set_property', 'pause', true),
      mine.command('set_property', 'volume', volumeWithGain(loaded.volume, gainDb)),
      ...loaded.sounds.map((sound, index) => mine.command('loadfile', addressOf(sound), index === 0 ? 'replace' : 'append')),
    ]);
    await loaded.loaded.promise;
  };
  const died = (why: object): void => {
    ipc = null;
    const mine = child;
    child = null;
    mine?.kill('SIGKILL');
    if (now) fail(now, new Error('mpv died'));
    if (closed) return;
    deaths += 1;
    log.error({ deaths, ...why }, 'mpv died');
    become(deaths >= SPEAKER_DEATHS ? 'failed' : 'starting');
    cancelStart();
    cancelStart = clock.after(Math.min(SPEAKER_FIRST_MS * 2 ** (deaths - 1), SPEAKER_LONGEST_MS), () => void launch());
  };
  /** Asks after it while it sounds, since an mpv that hangs says nothing; the link takes no answer for death. */
  const watchOver = (loaded: Loaded): void => {
    const lengthMs = loaded.sounds.reduce((sum, sound) => sum + sound.durationMs, 0);
    const ask = (): void => {
      if (loaded.over) return;
      if (clock.monotonic() - loaded.startMono > lengthMs + OVERRUN_MS) {
        fail(loaded, new Error('mpv does not come to an end'));
        died({ why: 'it does not come to an end' });
        return;
      }
      // it refuses between two files, which is an answer too
      ipc?.command('get_property', 'time-pos').catch(() => {});
      cancelPulse = clock.after(PULSE_MS, ask);
    };
    cancelPulse();
    cancelPulse = clock.after(PULSE_MS, ask);
  };
  const launch = async (): Promise<void> => {
    files = 0;
    // mpv ends when its end of this socket closes: a player that is killed leaves no voice behind
    // in a group of its own: a Ctrl-C is the player's to hear, which then silences it in order
    const [command, given] = mpvCommand(program, output);
    const mine = spawn(command, given, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true });
    child = mine;
    const gone = (why: string): void => {
      if (child === mine) died({ why });
    };
    mine.once('error', (error) => gone(error.message));
    mine.once('exit', (code, signal) => gone(`exit ${code ?? signal}`));
    ipc = openIpc(mine.stdio[3] as Duplex, clock, heard, gone);
    try {
      await ipc.command('get_property', 'pid');
      if (child === mine) become('ready');
    } catch (error) {
      gone((error as Error).message);
    }
  };
  void launch();

  return {
    get state() {
      return state;
    },
    cue(sounds, volume, listener) {
      if (now) now.over = true;
      const loaded: Loaded = {
        entries: [],
        volume,
        sounds,
        listener,
        loaded: Promise.withResolvers(),
        started: false,
        startMono: 0,
        over: false,
      };
      loaded.loaded.promise.catch(() => {});
      now = loaded;
      const cancel = clock.after(CUE_MS, () => {
        if (loaded.over || loaded.started) return;
        fail(loaded, new Error('mpv does not load'));
        died({ why: 'it does not load' });
      });
      const ready = load(loaded).finally(cancel);
      return {
        ready,
        start() {
          if (loaded.over || loaded !== now) return;
          loaded.started = true;
          loaded.startMono = clock.monotonic();
          deaths = 0;
          tell('set_property', 'pause', false);
          loaded.listener.began(0);
          watchOver(loaded);
        },
      };
    },
    setVolume(volume) {
      if (!now) return;
      now.volume = volume;
      tell('set_property', 'volume', volume);
    },
    stop() {
      if (now) now.over = true;
      now = null;
      tell('set_property', 'pause', true);
      tell('stop');
    },
    watch: (act) => {
      changed = act;
    },
    async close() {
      closed = true;
      cancelStart();
      cancelPulse();
      if (now) now.over = true;
      now = null;
      const mine = child;
      child = null;
      ipc?.close();
      if (!mine || mine.exitCode !== null) return;
      const ended = new Promise<void>((resolve) => mine.once('exit', () => resolve()));
      mine.kill('SIGKILL');
      await ended;
    },
  };
}
