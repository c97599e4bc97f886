/** A real mosquitto on loopback, started for one test with the configuration it needs. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type Running, run, until } from './processes.ts';

export interface Mosquitto {
  port: number;
  url: string;
  /** what it logged */
  said(): string;
  close(): Promise<void>;
}

/** Starts it. @param settings lines after `listener`; the default lets anybody in. */
export async function openMosquitto(settings: readonly string[] = ['allow_anonymous true']): Promise<Mosquitto> {
  const folder = await mkdtemp(join(tmpdir(), 'tl-mosquitto-'));
  const port = await freePort();
  const file = join(folder, 'mosquitto.conf');
  // as root it would drop to its own user, who may not read the folder
  const user = process.getuid?.() === 0 ? ['user root'] : [];
  await writeFile(file, [`listener ${port} 127.0.0.1`, 'persistence false', ...user, ...settings, ''].join('\n'));
  const server: Running = run('/usr/sbin/mosquitto', ['-c', file]);
  const close = async (): Promise<void> => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await until('mosquitto takes connections', () => answers(port));
  } catch (error) {
    await close();
    throw new Error(`${(error as Error).message}\n${server.said()}`);
  }
  return { port, url: `mqtt://127.0.0.1:${port}`, said: server.said, close };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
