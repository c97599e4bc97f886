import { noLog } from '@tieng-loa/player/log.ts';
import type { CueListener, Speaker } from '@tieng-loa/player/speaker.ts';
import { MINUTE, SECOND } from '@tieng-loa/protocol/limits.ts';
import { expect, test } from 'vitest';
import { broadcastOf, bulletinOf, soundOf } from './support/bodies.ts';
import { playerWorld } from './support/world.ts';

const six = Date.parse('2026-11-24T06:00:00+07:00');

test('a speaker that fails each airing is shown as failed until one sounds, and the player says so on its terminal', async () => {
  let works = false;
  let end: ((listener: CueListener) => void) | null = null;
  const speaker: Speaker = {
    state: 'ready',
    cue: (_sounds, _volume, listener) => ({
      ready: Promise.resolve(),
      start() {
        listener.began(0);
        end?.(listener);
      },
    }),
    setVolume: () => {},
    stop: () => {},
    watch: () => {},
    close: async () => {},
  };
  const said: string[] = [];
  const log = { ...noLog, error: (_: object, says: string) => void said.push(says) };
  const world = await playerWorld(six - MINUTE, { speaker, log });
  const { desk, clock } = world;
  end = (listener) => void clock.after(100, () => listener.done(works ? 'finished' : 'failed'));
  const news = bulletinOf({ vi: soundOf(10 * SECOND) });
  await world.planned([news], [broadcastOf([news], [six, six + 10 * MINUTE])]);
  expect(desk.statuses.at(-1)!.speaker).toBe('ready');
  await clock.passTo(six + 5 * MINUTE);
  await world.until(() => desk.reports.length === 1);
  expect(desk.reports[0]).toMatchObject({ result: 'cut', reason: 'speaker' });
  expect(desk.statuses.at(-1)!.speaker).toBe('failed');
  expect(said.some((says) => says.startsWith('the speaker failed'))).toBe(true);
  works = true;
  await clock.passTo(six + 11 * MINUTE);
  await world.until(() => desk.reports.length === 2);
  await world.until(() => desk.statuses.at(-1)!.speaker === 'ready');
});
