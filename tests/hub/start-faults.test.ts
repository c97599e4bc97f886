import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@tieng-loa/hub/clock.ts';
import { readConfig } from '@tieng-loa/hub/config.ts';
import { openHub } from '@tieng-loa/hub/hub.ts';
import { startFault } from '@tieng-loa/hub/start-faults.ts';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'tl-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const log = { info: () => {}, warn: () => {}, error: () => {} };

/** Starts a hub that cannot start. */
async function fault(environment: Record<string, string>): Promise<string | null> {
  const config = readConfig({ TIENGLOA_DATA: join(folder, 'data'), TIENGLOA_PORT: '0', TIENGLOA_BROKER_PORT: '0', ...environment });
  try {
    const hub = await openHub(config, { clock: systemClock, log });
    await hub.close();
    return 'it started';
  } catch (error) {
    return startFault(error, config);
  }
}

test('a setting that only the system can refuse names itself, and says why', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const notPem = join(folder, 'not.pem');
  writeFileSync(notPem, 'not a certificate');
  const files = { TIENGLOA_TLS: 'files', TIENGLOA_TLS_CERT: notPem, TIENGLOA_TLS_KEY: notPem };
  try {
    expect(await fault({ TIENGLOA_PORT: String(port) })).toBe(`TIENGLOA_PORT=${port}: another program listens there`);
    expect(await fault({ TIENGLOA_BROKER_PORT: String(port) })).toBe(`TIENGLOA_BROKER_PORT=${port}: another program listens there`);
    expect(await fault({ TIENGLOA_HOST: '192.0.2.1', TIENGLOA_TLS: 'own' })).toBe(
      'TIENGLOA_HOST=192.0.2.1: this machine has no such address',
    );
    expect(await fault({ ...files, TIENGLOA_TLS_CERT: '/nope.pem' })).toBe('TIENGLOA_TLS_CERT=/nope.pem: there is no such file');
    expect(await fault(files)).toContain('TIENGLOA_TLS_CERT=');
    expect(await fault({ TIENGLOA_DATA: notPem })).toBe(`TIENGLOA_DATA=${notPem}: it is a file, not a folder`);
    expect(await fault({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })).toBe('DATABASE_URL: nobody answers there');
  } finally {
    taken.close();
  }
});
