/** Where each role begins after signing in. */
import { homeOf } from '@tieng-loa/dashboard/session/enter.ts';
import type { Verb } from '@tieng-loa/protocol/people.ts';
import { expect, test } from 'vitest';

const home = (...may: Verb[]): string => homeOf({ stations: [{ id: 's', name: 'xã Quảng Lâm', may }] });

test('the border post begins at the bulletins, the technician at the players, all others at the day', () => {
  expect(home('see', 'record')).toBe('/ban-tin');
  expect(home('see', 'operate')).toBe('/loa');
  expect(home('see', 'record', 'compose', 'schedule', 'stop')).toBe('/');
  expect(home('see', 'record', 'compose', 'approve', 'schedule', 'stop', 'operate', 'administer')).toBe('/');
  expect(home('see')).toBe('/');
});
