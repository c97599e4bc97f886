/** What is said of a player, and what a person does next. */
import { healthOf, isIll, linesOf, needsAnEye, silentOf } from '@tieng-loa/dashboard/players/health.ts';
import { formatsOf } from '@tieng-loa/dashboard/words/format.ts';
import { vi } from '@tieng-loa/dashboard/words/vi.ts';
import type { Player } from '@tieng-loa/protocol/views.ts';
import { expect, test } from 'vitest';
import { airing } from '../airing.ts';

const NOW = Date.parse('2026-11-24T10:30:00Z');
const language = { words: vi.players, format: formatsOf('vi') };
const status: NonNullable<Player['status']> = {
  player: 'p',
  boot: 'b',
  at: NOW,
  software: '0.1.0',
  takes: [],
  plan: { revision: 3, body: 'a'.repeat(64), hardExpiresAt: NOW + 1e9 },
  refusals: [],
  holds: { renderings: 2, sizeBytes: 1e6, freeBytes: 1e9 },
  lacks: [],
  lacksCount: 0,
  bytesPerSecond: null,
  onAir: null,
  volume: 70,
  speaker: 'ready',
  clock: { state: 'trusted', errorMs: 5 },
  unreported: 0,
  uptimeMs: 1000,
};
const player = (change: Partial<Player> = {}): Player => ({
  id: 'p',
  station: 's',
  name: 'Loa chợ',
  kind: 'cluster',
  zones: [],
  state: 'here',
  since: NOW - 3_600_000,
  volume: 70,
  loudestVolume: 85,
  amplifierLeadMs: 0,
  status,
  plan: { revision: 3, followed: true },
  certificateUntil: null,
  ...change,
});
const health = (change: Partial<Player>) => healthOf(player(change), NOW, language);

test('a lost player has one line and one next step', () => {
  const since = NOW - 3 * 86_400_000;
  expect(health({ state: 'lost', since })).toMatchObject({
    line: 'Im lặng từ thứ Bảy 21/11 17:30',
    next: 'gọi trưởng bản xem điện và mạng',
  });
});

test('a player that has just enrolled is not called lost', () => {
  const unmet = health({ state: 'lost', since: null, status: null });
  expect(unmet.line).toBe('Đã ghi danh, chưa kết nối lần nào');
  expect(isIll(unmet)).toBe(false);
});

test('a download tells how much is left and when it will be done', () => {
  const lacks = [{ sha256: 'b'.repeat(64), sizeBytes: 1_000_000, heldBytes: 400_000 }];
  expect(health({ status: { ...status, lacks, lacksCount: 1, bytesPerSecond: 1000 } }).line).toBe(
    'Đang tải 1 tệp (600 KB), xong khoảng 17:40',
  );
});

test('a connected player whose loudspeaker fails needs an eye', () => {
  expect(needsAnEye(player({ status: { ...status, speaker: 'failed' } }), NOW)).toBe(true);
  expect(needsAnEye(player(), NOW)).toBe(false);
});

test('a player whose sound failed at its last airing is ill until it sounds again', () => {
  const own = { player: { id: 'p', name: 'Loa chợ' } };
  const failed = airing({ ...own, state: 'missed', reason: 'speaker', plannedAt: NOW - 3_600_000 });
  expect(needsAnEye(player(), NOW, silentOf([failed]))).toBe(true);
  expect(healthOf(player(), NOW, language, silentOf([failed])).line).toBe('Bộ phát âm thanh lỗi');
  const outranked = airing({ ...own, state: 'missed', reason: 'outranked', plannedAt: NOW - 1_800_000 });
  expect(needsAnEye(player(), NOW, silentOf([failed, outranked]))).toBe(true);
  const sounded = airing({ ...own, state: 'aired', plannedAt: NOW - 600_000 });
  expect(needsAnEye(player(), NOW, silentOf([failed, outranked, sounded]))).toBe(false);
});

test('a refusal is news for an hour', () => {
  const refused = (at: number) => health({ status: { ...status, refusals: [{ refusal: 'SIGNATURE', document: 'pointer', at }] } });
  expect(refused(NOW - 60_000).line).toBe('Đã từ chối: chữ ký không đúng');
  expect(refused(NOW - 7_200_000).cause).toBeNull();
});

test('twelve that are ill for one cause are one line, before the healthy', () => {
  const lost = Array.from({ length: 12 }, (_, i) => player({ id: `l${i}`, name: `Loa ${i}`, state: 'lost', since: NOW - i * 60_000 }));
  const lines = linesOf([player({ name: 'A' }), ...lost], NOW, language);
  expect(lines.map((wards) => wards.length)).toEqual([12, 1]);
});
