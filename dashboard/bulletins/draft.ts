/** A bulletin while it is being written: what the form holds, and how it becomes what the hub takes. Pure. */
import type { BodyOf } from '@tieng-loa/protocol/api.ts';
import type { Bulletin, BulletinPart } from '@tieng-loa/protocol/views.ts';
import { DAY_MS, dayKey, instantOf } from '../words/format.ts';

export interface BulletinDraft {
  /** something was entered: until then the form shows what the hub has */
  touched: boolean;
  /** the revision it began from; 0 for a new one */
  revision: number;
  title: string;
  subject: Bulletin['subject'];
  class: Bulletin['class'];
  /** the last day, or empty */
  validDay: string;
  parts: BulletinPart[];
}

export const emptyPart = (language: string): BulletinPart => ({ language, text: '', recordings: [] });

/** @returns the draft of a new bulletin with one empty part for each language that the places hear. */
export const newDraft = (languages: readonly string[], kind: Bulletin['class'] = 'routine'): BulletinDraft => ({
  touched: false,
  revision: 0,
  title: '',
  subject: 'notice',
  class: kind,
  validDay: '',
  parts: (languages.length > 0 ? languages : ['vi', 'hmn']).map(emptyPart),
});

/** @returns the draft that begins from what the hub has, with an empty part for each language that is missing. */
export const draftOf = (bulletin: Bulletin, missing: readonly string[]): BulletinDraft => ({
  touched: false,
  revision: bulletin.revision,
  title: bulletin.title,
  subject: bulletin.subject,
  class: bulletin.class,
  validDay: bulletin.validUntil === null ? '' : dayKey(bulletin.validUntil),
  parts: [...bulletin.parts, ...missing.map(emptyPart)],
});

/** @returns what the hub takes: a column in which nothing was entered is no part. */
export const bodyOf = (draft: BulletinDraft): BodyOf<'PUT /api/stations/:station/bulletins/:bulletin'> => ({
  title: draft.title.trim(),
  subject: draft.subject,
  class: draft.class,
  validUntil: draft.validDay === '' ? null : instantOf(draft.validDay) + DAY_MS - 1,
  parts: draft.parts.filter(({ text, recordings }) => text.trim() !== '' || recordings.length > 0),
  revision: draft.revision,
});

/** @returns the list with the element at `from` moved to `to`; unchanged where there is no such place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  if (from < 0 || from >= list.length || to < 0 || to >= list.length) return next;
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

/** @returns the text without case and accents, as people type it in a hurry: `duong` finds `Đường`. */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
