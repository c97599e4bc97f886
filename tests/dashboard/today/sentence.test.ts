/** What a person reads of a programme on Hôm nay. */
import { playerSentence, sentenceOf } from '@tieng-loa/dashboard/today/sentence.ts';
import { stripsOf } from '@tieng-loa/dashboard/today/strips.ts';
import { formatsOf } from '@tieng-loa/dashboard/words/format.ts';
import { vi } from '@tieng-loa/dashboard/words/vi.ts';
import type { Airing } from '@tieng-loa/protocol/views.ts';
import { expect, test } from 'vitest';
import { AT, airing } from '../airing.ts';

const MINUTE = 60_000;
const language = { words: vi.today, format: formatsOf('vi') };
const said = (airings: Airing[], now: number) => sentenceOf(stripsOf(airings, now)[0]!, now, language);
const ready = (name: string) => airing({ name, state: 'ready', held: { heldBytes: 10, totalBytes: 10, readyAt: AT - MINUTE } });
const aired = (name: string) => airing({ name, state: 'aired', result: 'aired', startedAt: AT, latenessMs: 12 });

test('a programme that everybody holds is ready everywhere', () => {
  expect(said([ready('Một'), ready('Hai')], AT - 10 * MINUTE)).toBe('Sẵn sàng ở cả 2 loa');
});

test('who still lacks how much, and that it will be late, is said before the time comes', () => {
  const lacking = airing({ state: 'planned', held: { heldBytes: 63, totalBytes: 100, readyAt: AT + 10 * MINUTE } });
  expect(said([ready('Một'), lacking], AT - 20 * MINUTE)).toBe('Sẵn sàng 1/2 loa — Huổi Khương còn thiếu 37 %, xong khoảng 17:40 (trễ)');
});

test('what the hub does not know is said as such', () => {
  expect(said([ready('Một'), airing({ name: 'Nậm Chẩn' })], AT - MINUTE)).toBe('Sẵn sàng 1/2 loa — chưa rõ ở Nậm Chẩn');
});

test('what sounds goes on between two words of the player, in the language that sounds', () => {
  const onAir = { elapsedMs: 100_000, totalMs: 240_000, language: 'hmn', at: AT + 100_000 };
  expect(said([airing({ state: 'on-air', onAir })], AT + 130_000)).toBe('Đang phát · 2:10/4:00 · phần tiếng Mông');
});

test('in the first minute silence is no news', () => {
  expect(said([airing({ state: 'unknown' })], AT + 5_000)).toBe('Đến giờ, đang chờ 1 loa báo');
  expect(said([airing({ state: 'unknown' })], AT + 2 * MINUTE)).toBe('Chưa có tin từ loa');
});

test('after it, where it did not sound stands with the reason', () => {
  const missed = airing({ name: 'Nậm Chẩn', state: 'missed', result: 'missed', reason: 'late' });
  expect(said([aired('Một'), aired('Hai'), missed], AT + 10 * MINUTE)).toBe(
    'Đã phát ở 2/3 loa. Không phát được ở Nậm Chẩn: loa tắt vào giờ phát',
  );
});

test('every sentence begins with a capital', () => {
  expect(said([{ ...aired('Một'), missingLanguages: ['vi'] }], AT + MINUTE)).toBe('Đã phát. Thiếu tiếng Việt');
});

test('what a person stopped and what broke off are told apart', () => {
  const stopped = airing({ name: 'Một', state: 'stopped', result: 'stopped', reason: 'stopped' });
  const cut = airing({ name: 'Hai', state: 'stopped', result: 'cut', reason: 'speaker' });
  expect(said([stopped, cut], AT + MINUTE)).toBe('Bị ngắt giữa chừng ở Hai: bộ phát âm thanh bị lỗi. Đã dừng ở Một');
});

test('many names are counted rather than read out', () => {
  const missed = ['Một', 'Hai', 'Ba', 'Bốn'].map((name) => airing({ name, state: 'missed', reason: 'clock' }));
  expect(said([aired('Năm'), ...missed], AT + MINUTE)).toContain('Không phát được ở Một, Hai và 2 loa nữa: đồng hồ');
});

test('a player tells how late it began', () => {
  const line = playerSentence({ ...aired('Một'), latenessMs: 4300 }, AT + MINUTE, language, vi.shell.states);
  expect(line).toBe('Đã phát · bắt đầu 17:30:00 · trễ 4,3 giây');
});
