/** Times, lengths, numbers, languages and refusals as people read them. Pure: the tongue is given. */

import type { ApiProblem } from '@tieng-loa/protocol/client.ts';
import { factWords, languageNames } from '@tieng-loa/protocol/fact-words.ts';
import type { Reason } from '@tieng-loa/protocol/problems.ts';
import { problemSentences, reasonSentences, type Tongue, worded } from '@tieng-loa/protocol/sentences.ts';

/** All stations are in Vietnam; there is no daylight saving. */
export const TIME_ZONE = 'Asia/Ho_Chi_Minh';
export const ZONE_OFFSET_MS = 7 * 3_600_000;
export const DAY_MS = 86_400_000;

const weekdays: Readonly<Record<Tongue, readonly string[]>> = {
  vi: ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};
/** Languages to choose from, in the order of the demo's commune. */
export const LANGUAGES = Object.keys(languageNames).filter((tag) => tag !== 'zxx');

const local = (ms: number): Date => new Date(ms + ZONE_OFFSET_MS);
const two = (n: number): string => String(n).padStart(2, '0');

/** @returns the instant at which the local day of `ms` begins. */
export const startOfDay = (ms: number): number => Math.floor((ms + ZONE_OFFSET_MS) / DAY_MS) * DAY_MS - ZONE_OFFSET_MS;
/** @returns `YYYY-MM-DD` of the local day, as date inputs and the contract write it. */
export const dayKey = (ms: number): string => local(ms).toISOString().slice(0, 10);
/** @returns the instant of a local day and time of day (`YYYY-MM-DD`, `HH:MM`). */
export const instantOf = (day: string, time = '00:00'): number => Date.parse(`${day}T${time}:00Z`) - ZONE_OFFSET_MS;

/** `06:05`, 24-hour clock. */
export const formatTime = (ms: number): string => `${two(local(ms).getUTCHours())}:${two(local(ms).getUTCMinutes())}`;
/** @returns `HH:MM` from what people type (`5:30`, `530`, `17h30`), or null where it is no time of day. */
export function timeOfDay(text: string): string | null {
  const match = /^\s*(\d{1,2})[:.hg ]?(\d{2})?\s*$/i.exec(text);
  const [hours, minutes] = [Number(match?.[1]), Number(match?.[2] ?? 0)];
  return match && hours < 24 && minutes < 60 ? `${two(hours)}:${two(minutes)}` : null;
}
/** `06:05:09`. */
export const formatTimeWithSeconds = (ms: number): string => `${formatTime(ms)}:${two(local(ms).getUTCSeconds())}`;
/** `2:10`, or `1:02:10` from an hour on. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

export interface Format {
  /** `06:05` */
  formatTime(ms: number): string;
  formatTimeWithSeconds(ms: number): string;
  /** `thứ Ba 24/11`; with its year where that is not this one */
  formatDay(ms: number): string;
  /** `thứ Ba 24/11 06:05`; the time alone where it is today */
  formatMoment(ms: number, now: number): string;
  /** `2:10` */
  formatDuration(ms: number): string;
  /** a length in the largest unit that says it: `40 giây`, `5 phút`, `3 giờ`, `2 ngày` */
  formatSpan(ms: number): string;
  /** `1.234,5` */
  formatNumber(n: number, digits?: number): string;
  /** `1,2 MB` */
  formatBytes(bytes: number): string;
  /** `Mông` for `hmn` */
  languageName(tag: string): string;
  /** `Mông và Việt` */
  list(words: readonly string[]): string;
  problemText(problem: Pick<ApiProblem, 'code' | 'facts'>): string;
  reasonText(reason: Reason): string;
}

const units: Readonly<Record<Tongue, readonly (readonly [limitMs: number, unitMs: number, one: string, many: string])[]>> = {
  vi: [
    [60_000, 1000, 'giây', 'giây'],
    [3_600_000, 60_000, 'phút', 'phút'],
    [2 * DAY_MS, 3_600_000, 'giờ', 'giờ'],
    [Number.POSITIVE_INFINITY, DAY_MS, 'ngày', 'ngày'],
  ],
  en: [
    [60_000, 1000, 'second', 'seconds'],
    [3_600_000, 60_000, 'minute', 'minutes'],
    [2 * DAY_MS, 3_600_000, 'hour', 'hours'],
    [Number.POSITIVE_INFINITY, DAY_MS, 'day', 'days'],
  ],
};
const unreachable: Readonly<Record<Tongue, string>> = {
  vi: 'Không liên lạc được với máy chủ. Phần bạn đã nhập vẫn còn; hãy kiểm tra mạng rồi thử lại.',
  en: 'The server cannot be reached. What you entered is kept; check the network and try again.',
};

/** @returns the formats of a tongue; by `clock` a day of another year is told from one of this. */
export function formatsOf(tongue: Tongue, clock?: { now(): number }): Format {
  const locale = tongue === 'vi' ? 'vi-VN' : 'en-GB';
  const formatNumber = (n: number, digits = 0) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits, minimumFractionDigits: 0 }).format(n);
  const formatDay = (ms: number) => {
    const day = local(ms);
    const year = day.getUTCFullYear();
    const named = clock && year !== local(clock.now()).getUTCFullYear() ? `/${year}` : '';
    return `${weekdays[tongue][day.getUTCDay()]} ${day.getUTCDate()}/${day.getUTCMonth() + 1}${named}`;
  };
  const formatMomentOf = (ms: number) => `${formatTime(ms)} ${formatDay(ms)}`;
  return {
    formatTime,
    formatTimeWithSeconds,
    formatDuration,
    formatDay,
    formatNumber,
    formatMoment: (ms, now) => (dayKey(ms) === dayKey(now) ? formatTime(ms) : `${formatDay(ms)} ${formatTime(ms)}`),
    formatSpan: (ms) => {
      const [, unitMs, one, many] = units[tongue].find(([limitMs]) => ms < limitMs) ?? units[tongue].at(-1)!;
      const count = Math.max(1, Math.round(ms / unitMs));
      return `${formatNumber(count)} ${count === 1 ? one : many}`;
    },
    formatBytes: (bytes) =>
      bytes >= 1e9
        ? `${formatNumber(bytes / 1e9, 1)} GB`
        : bytes >= 1e6
          ? `${formatNumber(bytes / 1e6, 1)} MB`
          : `${formatNumber(Math.ceil(bytes / 1000))} KB`,
    languageName: (tag) => languageNames[tag]?.[tongue] ?? tag,
    list: (words) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(words),
    problemText: ({ code, facts }) =>
      code === 'unreachable'
        ? unreachable[tongue]
        : worded(problemSentences[code] ?? problemSentences.broken, tongue, factWords(code, facts, tongue, formatMomentOf)),
    reasonText: (reason) => worded(reasonSentences[reason], tongue),
  };
}
