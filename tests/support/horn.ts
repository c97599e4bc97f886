/**
 * The horn: a private PulseAudio with null sinks, whose monitors are recorded, so that a test hears what truly came out
 * and when. Fed with `PULSE_SERVER` and `PULSE_SINK`; no sound card is needed and the user's own daemon is left alone.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ear, openEar } from './ear.ts';
import { type Running, run, runToEnd, until } from './processes.ts';

export interface Horn {
  /** what a program needs in its environment to sound on a sink */
  env(sink: number): Record<string, string>;
  /** hears the sink from the horn's opening on */
  ear(sink: number): Ear;
  close(): Promise<void>;
}

const sinkName = (index: number): string => `horn${index}`;

/** Opens a horn with some sinks, all heard. */
export async function openHorn(sinks = 1): Promise<Horn> {
  const folder = await mkdtemp(join(tmpdir(), 'tl-horn-'));
  const socket = join(folder, 'native');
  const env = { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder, PULSE_RUNTIME_PATH: folder, PULSE_STATE_PATH: folder };
  await mkdir(join(folder, '.config'), { recursive: true });
  const modules = Array.from({ length: sinks }, (_, index) => [
    '-L',
    `module-null-sink sink_name=${sinkName(index)} rate=48000 channels=1 format=s16le`,
  ]);
  const server: Running = run(
    'pulseaudio',
    [
      '-n',
      '--daemonize=no',
      '--exit-idle-time=-1',
      '--use-pid-file=no',
      '--disable-shm=yes',
      '--realtime=no',
      '--log-level=error',
      ...['-L', `module-native-protocol-unix auth-anonymous=1 socket=${socket}`],
      ...modules.flat(),
    ],
    { env },
  );
  const address = `unix:${socket}`;
  const recorders: ChildProcess[] = [];
  const close = async (): Promise<void> => {
    for (const recorder of recorders) recorder.kill('SIGKILL');
    await server.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const info = (): Promise<boolean> =>
      runToEnd('pactl', ['--server', address, 'info'], { env }).then(
        () => true,
        () => false,
      );
    await until('PulseAudio answers', info);
    const ears = Array.from({ length: sinks }, (_, index) => {
      const source = `--device=${sinkName(index)}.monitor`;
      const args = ['--server', address, source, '--rate=48000', '--channels=1', '--format=s16le', '--latency-msec=5', '--raw'];
      const recorder = spawn('parec', args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
      recorders.push(recorder);
      return openEar(recorder.stdout!);
    });
    await until('every ear hears', () => ears.every((ear) => ear.heardMs() > 200));
    return {
      env: (sink) => ({ PULSE_SERVER: address, PULSE_SINK: sinkName(sink) }),
      ear: (sink) => ears[sink]!,
      close,
    };
  } catch (error) {
    await close();
    throw new Error(`${(error as Error).message}\n${server.said()}`);
  }
}
