/** The language in which a request is answered, and how faults and times are written in it. */
import type { Tongue } from '@tieng-loa/protocol/sentences.ts';
import { TIME_ZONE } from '../stations/stations.ts';

type Words = Readonly<Record<string, Readonly<Record<Tongue, string>>>>;

/** @returns the first language of `Accept-Language` that the hub speaks; Vietnamese where it speaks none. */
export function tongueOf(acceptLanguage: string | undefined): Tongue {
  for (const tag of (acceptLanguage ?? '').toLowerCase().split(',')) {
    const language = tag.trim().slice(0, 2);
    if (language === 'vi' || language === 'en') return language;
  }
  return 'vi';
}

/** What is wrong with a field, by the rule of the schema that it breaks; `#` is the rule's number. */
const faults: Words = {
  required: { vi: 'còn thiếu', en: 'it is missing' },
  additionalProperties: { vi: 'mục này không có trong mẫu', en: 'there is no such field' },
  boolean: { vi: 'mục này không có trong mẫu', en: 'there is no such field' },
  type: { vi: 'không đúng kiểu dữ liệu', en: 'it is of the wrong kind' },
  enum: { vi: 'không phải là một trong các lựa chọn', en: 'it is not one of the choices' },
  anyOf: { vi: 'không đúng mẫu', en: 'it has none of the allowed forms' },
  pattern: { vi: 'viết không đúng mẫu', en: 'it is not written in the expected form' },
  minLength: { vi: 'cần ít nhất # ký tự', en: 'it needs at least # characters' },
  maxLength: { vi: 'dài quá # ký tự', en: 'it is longer than # characters' },
  minimum: { vi: 'nhỏ hơn #', en: 'it is less than #' },
  maximum: { vi: 'lớn hơn #', en: 'it is more than #' },
  minItems: { vi: 'cần ít nhất # mục', en: 'it needs at least # entries' },
  maxItems: { vi: 'nhiều hơn # mục', en: 'it has more than # entries' },
  uniqueItems: { vi: 'có mục bị lặp', en: 'an entry is there twice' },
};

/** @returns what is wrong with a field in words, or `rule` itself where it is a sentence already. */
export function faultWords(rule: string, limit: unknown, tongue: Tongue): string {
  return faults[rule]?.[tongue].replace('#', String(limit ?? '')) ?? rule;
}

const dateTime: Readonly<Record<Tongue, Intl.DateTimeFormat>> = {
  vi: new Intl.DateTimeFormat('vi-VN', { timeZone: TIME_ZONE, dateStyle: 'short', timeStyle: 'short' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: TIME_ZONE, dateStyle: 'short', timeStyle: 'short' }),
};

/** @returns an instant as a sentence shows it, in the hub's time zone. */
export const instantWords = (at: number, tongue: Tongue): string => dateTime[tongue].format(at);
