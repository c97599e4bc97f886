import { systemClock } from '@tieng-loa/hub/clock.ts';
import { AT, startHousekeeping } from '@tieng-loa/hub/housekeeping.ts';
import { validate } from 'node-cron';
import { expect, test } from 'vitest';

const EVERY_SECOND = '* * * * * *';

test('a chore that fails is reported and done again; one that still runs is not begun twice and is waited for', async () => {
  const said: string[] = [];
  const note = (_: object, says: string): void => void said.push(says);
  let tries = 0;
  const slow = { begun: 0, ended: 0, release: (): void => {} };
  const housekeeping = startHousekeeping(
    [
      {
        name: 'failing',
        at: EVERY_SECOND,
        run: async () => {
          tries += 1;
          throw new Error('no');
        },
      },
      {
        name: 'slow',
        at: EVERY_SECOND,
        run: async () => {
          slow.begun += 1;
          await new Promise<void>((resolve) => {
            slow.release = resolve;
          });
          slow.ended += 1;
        },
      },
    ],
    { clock: systemClock, log: { info: note, warn: note, error: note } },
  );
  await expect.poll(() => tries, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
  expect(slow).toMatchObject({ begun: 1, ended: 0 });
  expect(said).toContain('A chore failed; it is done again at its next time.');
  const closed = housekeeping.close();
  slow.release();
  await closed;
  expect(slow.ended).toBe(1);
  const after = tries;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(tries).toBe(after);
});

test('every time of a chore is one that node-cron reads', () => {
  for (const at of Object.values(AT)) expect(validate(at)).toBe(true);
});
