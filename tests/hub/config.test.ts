import { ConfigError, readConfig, settings } from '@tieng-loa/hub/config.ts';
import { expect, test } from 'vitest';

function faults(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

test('a hub needs no setting', () => {
  expect(readConfig({})).toMatchObject({ dataDir: './data', host: '127.0.0.1', port: 8080, tls: 'off', databaseUrl: null });
  expect(readConfig({ TIENGLOA_PORT: '' }).port).toBe(8080);
});

test('every wrong setting names itself, its value and what it should be, all at once', () => {
  const wrong = {
    TIENGLOA_PORT: '99999',
    TIENGLOA_TLS: 'yes',
    DATABASE_URL: 'mysql://x',
    TIENGLOA_LOG: 'loud',
    TIENGLOA_CHECK_ANSWERS: '1',
  };
  const found = faults(wrong);
  expect(found).toHaveLength(5);
  for (const [name, value] of Object.entries(wrong))
    expect(found.some((fault) => fault.startsWith(`${name}=${value} should be `))).toBe(true);
});

test('without HTTPS the hub listens on loopback only, and says what to do', () => {
  expect(faults({ TIENGLOA_HOST: '0.0.0.0' })[0]).toContain('TIENGLOA_TLS=own');
  expect(faults({ TIENGLOA_HOST: '0.0.0.0', TIENGLOA_TLS: 'own' })).toEqual([]);
  expect(faults({ TIENGLOA_TLS: 'files', TIENGLOA_TLS_CERT: 'a.pem' })[0]).toContain('TIENGLOA_TLS_KEY');
});

test('a misspelt setting is not silently ignored; a player’s own settings beside it are', () => {
  expect(faults({ TIENGLOA_PROT: '9' })).toEqual(['TIENGLOA_PROT is not a setting: README lists those there are']);
  expect(faults({ TIENGLOA_AUDIO: 'null', TIENGLOA_LANG: 'vi' })).toEqual([]);
});

test('a password in an address does not reach the terminal', () => {
  expect(faults({ DATABASE_URL: 'postgres2://hub:secret@db/x' })[0]).not.toContain('secret');
});

test('every setting has its own name', () => {
  const names = Object.values(settings).map(({ env }) => env);
  expect(new Set(names).size).toBe(names.length);
});
