/** A player as a process of its own with a real mpv, enrolled at a hub, that a test can kill and start again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@tieng-loa/player/clock.ts';
import { localDisk } from '@tieng-loa/player/disk.ts';
import { enrol } from '@tieng-loa/player/enrol.ts';
import { keepIdentity } from '@tieng-loa/player/identity.ts';
import { ROOT } from '../house/sources.ts';
import { childrenOf, type Running, run } from './processes.ts';

export interface PlayerProcess {
  id: string;
  /** where its files lie */
  folder: string;
  pid(): number;
  /** what it logged since its last start */
  said(): string;
  /** as when the power goes; its mpv dies with it */
  kill(): Promise<void>;
  stop(): Promise<void>;
  start(): void;
  close(): Promise<void>;
}

export interface PlayerOptions {
  hub: string;
  code: string;
  /** where it sounds: a horn's sink, or nothing at all */
  sound?: Record<string, string>;
  /** a proxy in place of the broker's own port */
  brokerPort?: number;
  /** runs the bundle that a Pi runs, rather than the sources */
  bundled?: boolean;
}

/** Enrols a player and starts it. */
export async function openPlayerProcess({ hub, code, sound, brokerPort, bundled = false }: PlayerOptions): Promise<PlayerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'tl-player-'));
  const disk = localDisk({ durable: false });
  const identity = await enrol({ hub, code, folder, clock: systemClock, disk, tongue: 'en' });
  if (brokerPort !== undefined) await keepIdentity(folder, { ...identity, brokerPort }, disk);
  const entry = join(ROOT, bundled ? 'player/dist/player.mjs' : 'player/main.ts');
  let player: Running | undefined;
  const start = (): void => {
    const env = { ...process.env, ...soundSettings(sound) };
    player = run(process.execPath, ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=1', entry, '--data', folder], { env });
  };
  start();
  return {
    id: identity.player,
    folder,
    pid: () => player?.process.pid ?? 0,
    said: () => player?.said() ?? '',
    async kill() {
      if (player?.process.pid !== undefined) killAll(player.process.pid);
      await player?.ended;
    },
    stop: async () => player?.close('SIGTERM'),
    start,
    async close() {
      await player?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const soundSettings = (sound: Record<string, string> | undefined): Record<string, string> =>
  sound ? { ...sound, TIENGLOA_AUDIO: `pulse:${sound.PULSE_SINK}` } : { TIENGLOA_AUDIO: 'null' };

/** A power cut takes all of them at once. */
function killAll(pid: number): void {
  for (const child of childrenOf(pid)) killAll(child);
  process.kill(pid, 'SIGKILL');
}
