/** The language in which a request is answered, and how facts are written in it. */
import type { ProblemCode } from '@tieng-loa/protocol/problems.ts';
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

const words: Words = {
  routine: { vi: 'thông thường', en: 'routine' },
  priority: { vi: 'ưu tiên', en: 'priority' },
  emergency: { vi: 'khẩn cấp', en: 'emergency' },
  draft: { vi: 'bản nháp', en: 'draft' },
  submitted: { vi: 'chờ duyệt', en: 'waits for approval' },
  approved: { vi: 'đã duyệt', en: 'approved' },
  withdrawn: { vi: 'đã rút', en: 'withdrawn' },
  cancelled: { vi: 'đã hủy', en: 'cancelled' },
  ended: { vi: 'đã kết thúc', en: 'ended' },
  revoked: { vi: 'đã thu hồi', en: 'revoked' },
  disabled: { vi: 'đã khóa', en: 'disabled' },
  invited: { vi: 'đã mời, chưa nhận', en: 'invited' },
  vi: { vi: 'Việt', en: 'Vietnamese' },
  hmn: { vi: 'Mông', en: 'Hmong' },
};

const dateTime: Readonly<Record<Tongue, Intl.DateTimeFormat>> = {
  vi: new Intl.DateTimeFormat('vi-VN', { timeZone: TIME_ZONE, dateStyle: 'short', timeStyle: 'short' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: TIME_ZONE, dateStyle: 'short', timeStyle: 'short' }),
};

/** Facts whose values are words of the contract or instants, by problem; all others are names that people gave. */
const spoken: Partial<Record<ProblemCode, readonly string[]>> = {
  'class-not-approved': ['approved'],
  'wrong-state': ['state'],
  'missing-language': ['languages'],
};

/** @returns the facts of a problem as a sentence shows them. */
export function factWords(code: ProblemCode, facts: Readonly<Record<string, unknown>>, tongue: Tongue): Record<string, unknown> {
  const inWords = (value: unknown): unknown => (typeof value === 'string' ? (words[value]?.[tongue] ?? value) : value);
  const entries = Object.entries(facts).map(([name, value]) => {
    if (name === 'at' && typeof value === 'number') return [name, dateTime[tongue].format(value)];
    if (!spoken[code]?.includes(name)) return [name, value];
    return [name, Array.isArray(value) ? value.map(inWords) : inWords(value)];
  });
  return Object.fromEntries(entries);
}
