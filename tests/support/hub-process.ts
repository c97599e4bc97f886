/** A hub as a process of its own, with its own data, that a test can end, kill and start again at the same address. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../house/sources.ts';
import { freePort, type Running, run, until } from './processes.ts';

export interface HubProcess {
  url: string;
  /** where its files lie */
  data: string;
  brokerPort: number;
  pid(): number;
  /** the one-time link of the first administrator */
  firstLink(): Promise<string>;
  /** what it printed and logged since its last start */
  said(): string;
  /** as when the power goes: no goodbye */
  kill(): Promise<void>;
  /** gracefully */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a hub on loopback. @param env settings beside its address and folder. */
export async function openHubProcess(env: NodeJS.ProcessEnv = {}): Promise<HubProcess> {
  const data = await mkdtemp(join(tmpdir(), 'tl-hub-'));
  const [port, brokerPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    ...process.env,
    TIENGLOA_DATA: data,
    TIENGLOA_HOST: '127.0.0.1',
    TIENGLOA_PORT: String(port),
    TIENGLOA_BROKER_PORT: String(brokerPort),
    TIENGLOA_CHECK_ANSWERS: 'true',
    ...env,
  };
  let hub: Running | undefined;
  const start = async (): Promise<void> => {
    const started = run(process.execPath, ['--disable-warning=ExperimentalWarning', join(ROOT, 'hub/main.ts')], { env: settings });
    hub = started;
    let ended: number | null = null;
    void started.ended.then((code) => {
      ended = code;
    });
    const ready = async (): Promise<boolean> => {
      if (ended !== null) throw new Error(`the hub ended with ${ended}:\n${started.said()}`);
      return fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      );
    };
    await until(() => `the hub is ready\n${started.said()}`, ready, { withinMs: 20_000 });
  };
  const close = async (): Promise<void> => {
    await hub?.close();
    await rm(data, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url,
    data,
    brokerPort,
    pid: () => hub?.process.pid ?? 0,
    // it is written once the hub knows its address, a moment after it answers
    firstLink: () =>
      until('the first link is there', () =>
        readFile(join(data, 'first-link'), 'utf8').then(
          (text) => text.trim(),
          () => null,
        ),
      ),
    said: () => hub?.said() ?? '',
    kill: async () => hub?.close('SIGKILL'),
    stop: async () => hub?.close('SIGTERM'),
    start,
    close,
  };
}
