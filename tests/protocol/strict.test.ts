import { newId } from '@tieng-loa/protocol/ids.ts';
import { DAY } from '@tieng-loa/protocol/limits.ts';
import { Report } from '@tieng-loa/protocol/report.ts';
import { firstFault } from '@tieng-loa/protocol/strict.ts';
import { Text, Title } from '@tieng-loa/protocol/views.ts';
import { expect, test } from 'vitest';
import { report } from '../hub/players/support/reports.ts';

const ruleOf = (schema: Parameters<typeof firstFault>[0], value: unknown) => firstFault(schema, value)?.rule ?? null;

test.each([
  ['a name in Vietnamese', 'Bản Huổi Lụ 😀', null, null],
  ['a NUL', 'a\u0000b', 'pattern', 'pattern'],
  ['an escape of a terminal', '\u001b[2J', 'pattern', 'pattern'],
  ['half of a surrogate pair', 'a\ud800b', 'pattern', 'pattern'],
  ['lines and tabs', 'một\n\thai', 'pattern', null],
  ['blanks only', '   ', 'pattern', null],
])('%s: what a title and a text say to it', (_, value, inTitle, inText) => {
  expect([ruleOf(Title, value), ruleOf(Text, value)]).toEqual([inTitle, inText]);
});

test.each([
  { latenessMs: 2 ** 60 },
  { latenessMs: DAY + 1 },
  { latenessMs: -DAY - 1 },
  { lackedBytes: 2 ** 60 },
  { endedAt: Number.MAX_SAFE_INTEGER },
  { title: 'a\u0000b' },
])('a report that no store or page could hold is no report: %o', (differs) => {
  const who = { player: newId(), station: newId(), broadcast: newId() };
  expect(firstFault(Report, report(who))).toBeNull();
  expect(firstFault(Report, report(who, differs))).not.toBeNull();
});
