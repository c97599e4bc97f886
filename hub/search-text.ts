/** Text as it is searched: without accents, so that `duong` finds `Đường` on both databases. */

/** @returns the words of all texts, folded: lower case, no accents, `đ` as `d`. */
export const searchText = (...texts: readonly string[]): string =>
  texts.join(' ').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').replace(/\s+/g, ' ').trim();
