import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noAmplifier } from '@tieng-loa/player/amplifier.ts';
import { systemClock } from '@tieng-loa/player/clock.ts';
import { localDisk } from '@tieng-loa/player/disk.ts';
import { openPlayer } from '@tieng-loa/player/player.ts';
import { silentSpeaker } from '@tieng-loa/player/silent.ts';
import { expect, test } from 'vitest';
import { openDesk } from './support/desk.ts';

test('a player opens although its speaker becomes ready while the disk is slow to answer', async () => {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'tl-opening-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const desk = await openDesk(() => systemClock.now());
  opened.defer(() => desk.close());
  let ready = (): void => {};
  const speaker = {
    ...silentSpeaker(systemClock),
    watch(changed: () => void) {
      ready = changed;
    },
  };
  const local = localDisk({ durable: false });
  const disk = {
    ...local,
    async freeBytes(at: string) {
      const bytes = await local.freeBytes(at);
      ready();
      await new Promise((resolve) => setTimeout(resolve, 20));
      return bytes;
    },
  };
  const config = { folder, identity: desk.identity, software: 'test', builtAt: 0, chimes: new Map() };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const player = await openPlayer(config, { clock: systemClock, speaker, amplifier: noAmplifier, log, disk, connect: desk.connect });
  await expect.poll(() => desk.statuses.length).toBeGreaterThan(0);
  await player.close();
});
