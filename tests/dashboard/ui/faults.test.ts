/** Which field a refusal is about. */
import { fieldOf } from '@tieng-loa/dashboard/ui/faults.ts';
import { expect, test } from 'vitest';

test('a refusal that is about one field is shown there', () => {
  expect(fieldOf({ code: 'bad-input', facts: { field: 'login', why: 'pattern' } })).toBe('login');
  expect(fieldOf({ code: 'bad-input', facts: { field: 'quietHours.from', why: 'pattern' } })).toBe('quietHours');
  expect(fieldOf({ code: 'name-taken', facts: { login: 'mai' } })).toBe('login');
  expect(fieldOf({ code: 'weak-password', facts: { minLength: 10 } })).toBe('password');
});

test('a refusal of the whole belongs to no field', () => {
  expect(fieldOf({ code: 'busy', facts: {} })).toBeNull();
  expect(fieldOf({ code: 'unreachable', facts: {} })).toBeNull();
});
