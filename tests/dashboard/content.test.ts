/** The page's side of content: drafts of bulletins and programmes, what may be aired at once, ids made in a browser. */
import { Id } from '@tieng-loa/protocol/ids.ts';
import type { Bulletin, Programme } from '@tieng-loa/protocol/views.ts';
import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { newId } from '../../dashboard/api/ids.ts';
import { bodyOf, draftOf, folded, moved, newDraft } from '../../dashboard/bulletins/draft.ts';
import { readyOf } from '../../dashboard/emergency/ready.ts';
import { itemsAround, type Line, lengthMs, withLine } from '../../dashboard/programmes/order.ts';
import { dayKey, instantOf } from '../../dashboard/words/format.ts';

const NOW = instantOf('2026-11-24', '10:00');
const bulletin = (part: Partial<Bulletin> = {}): Bulletin => ({
  id: newId(),
  station: newId(),
  title: 'Lũ quét',
  subject: 'flood',
  class: 'emergency',
  validUntil: null,
  parts: [{ language: 'vi', text: '', recordings: [newId()] }],
  state: 'approved',
  revision: 1,
  durationMs: 60_000,
  ready: true,
  note: null,
  by: { id: newId(), name: '' },
  approvedBy: null,
  updatedAt: 0,
  ...part,
});
const programme = (bulletins: Bulletin[], part: Partial<Programme> = {}): Programme => ({
  id: newId(),
  station: newId(),
  title: 'Chương trình',
  items: bulletins.flatMap(itemsAround),
  revision: 1,
  durationMs: 60_000,
  approved: true,
  class: 'emergency',
  updatedAt: 0,
  ...part,
});

test('an id that the page makes is one that the hub takes, and another each time', () => {
  const ids = Array.from({ length: 1000 }, () => newId());
  expect(ids.every((id) => Value.Check(Id, id))).toBe(true);
  expect(new Set(ids).size).toBe(1000);
});

describe('a bulletin that is written', () => {
  test('has a column for each tongue that the places hear, and no part where nothing was entered', () => {
    const draft = newDraft(['hmn', 'vi']);
    expect(draft.parts.map(({ language }) => language)).toEqual(['hmn', 'vi']);
    expect(bodyOf(draft).parts).toEqual([]);
  });
  test('airs through its last day and not beyond', () => {
    const { validUntil } = bodyOf({ ...newDraft([]), validDay: '2026-11-30' });
    expect(dayKey(validUntil!)).toBe('2026-11-30');
    expect(dayKey(validUntil! + 1)).toBe('2026-12-01');
    expect(draftOf(bulletin({ validUntil }), []).validDay).toBe('2026-11-30');
  });
  test('is sent with the revision it began from', () => {
    expect(bodyOf(draftOf(bulletin({ revision: 7 }), ['hmn'])).revision).toBe(7);
  });
  test('is found without accents', () => {
    expect(folded('Đường vào Huổi Po')).toBe('duong vao huoi po');
  });
});

describe('a running order', () => {
  const line = (item: Line['item']): Line => ({ key: newId(), item });

  test('around a bulletin is signature tune, bulletin, closing tune; around an emergency the attention chime comes first', () => {
    const chimes = (one: Bulletin) => itemsAround(one).map((item) => (item.kind === 'chime' ? item.chime : item.kind));
    expect(chimes(bulletin({ class: 'routine' }))).toEqual(['signature', 'bulletin', 'closing']);
    expect(chimes(bulletin())).toEqual(['attention', 'bulletin']);
  });
  test('takes what is said before the closing tune, and a tune after it', () => {
    const order = [line({ kind: 'chime', chime: 'signature' }), line({ kind: 'chime', chime: 'closing' })];
    const said = line({ kind: 'bulletin', bulletin: newId() });
    expect(withLine(order, said).indexOf(said)).toBe(1);
    const tune = line({ kind: 'chime', chime: 'attention' });
    expect(withLine(order, tune).indexOf(tune)).toBe(2);
  });
  test('moves a line to its new place, and stays as it is where there is none', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });
  test('is as long as its bulletins and pauses', () => {
    const said = bulletin({ durationMs: 90_000 });
    const lines = [line({ kind: 'bulletin', bulletin: said.id }), line({ kind: 'pause', durationMs: 2000 })];
    expect(lengthMs(lines, new Map([[said.id, said]]))).toBe(92_000);
  });
});

describe('what may be aired at once', () => {
  test('is approved, of the class emergency, ready and not expired', () => {
    const good = bulletin();
    const others = [
      bulletin({ state: 'submitted' }),
      bulletin({ class: 'priority' }),
      bulletin({ ready: false }),
      bulletin({ validUntil: NOW - 1 }),
    ];
    expect(readyOf([good, ...others], [], NOW).map(({ id }) => id)).toEqual([good.id]);
  });
  test('goes out by the programme that carries it alone; several bulletins together are an item of their own', () => {
    const [one, two] = [bulletin(), bulletin()];
    const alone = programme([one]);
    const both = programme([one, two]);
    const ready = readyOf([one, two], [alone, both], NOW);
    expect(ready.map(({ id, programme: by }) => [id, by])).toEqual([
      [one.id, alone.id],
      [two.id, null],
      [both.id, both.id],
    ]);
  });
  test('leaves out a programme of which a part has expired', () => {
    const [one, two] = [bulletin(), bulletin({ validUntil: NOW - 1 })];
    expect(readyOf([one, two], [programme([one, two])], NOW).map(({ id }) => id)).toEqual([one.id]);
  });
});
