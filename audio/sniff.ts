/** What the first bytes of a file look like, in words for the person who chose it. Only ffprobe decides what is audio. */

/** Vietnamese and English, since one sentence names it to both. */
type Words = `${string} / ${string}`;
const NAMES = {
  empty: 'tệp rỗng / an empty file',
  playlist: 'danh sách phát / a playlist',
  picture: 'ảnh / a picture',
  pdf: 'tài liệu PDF / a PDF document',
  office: 'tài liệu văn phòng / an office document',
  archive: 'tệp nén / a compressed archive',
  program: 'chương trình máy tính / a program',
  page: 'trang web / a web page',
  text: 'văn bản / text',
  midi: 'bản nhạc MIDI, không có tiếng ghi / MIDI notes without recorded sound',
  silentFilm: 'phim không có tiếng / a video without sound',
  rareSound: 'âm thanh kiểu hiếm / sound of a rare kind',
  unknown: 'tệp không rõ loại / a file of unknown kind',
} as const satisfies Record<string, Words>;
export type Kind = keyof typeof NAMES;

/** @returns the words for a kind, and what more is known in brackets. */
export const found = (kind: Kind, more = ''): string => (more ? `${NAMES[kind]} (${more})` : NAMES[kind]);

const starts = (head: Buffer, text: string, at = 0): boolean => head.toString('latin1', at, at + text.length) === text;

/** Formats we take, by the bytes that they begin with: where ffprobe cannot read one of these, it is damaged. */
export function claimsToBeSound(head: Buffer): boolean {
  if (starts(head, 'RIFF') || starts(head, 'RIFX')) return starts(head, 'WAVE', 8);
  if (starts(head, 'ftyp', 4)) return !starts(head, 'hei', 8) && !starts(head, 'mif1', 8) && !starts(head, 'avif', 8);
  // an MPEG frame; 0xfe and 0xff after it would be layer I, which nobody writes, and UTF-16 text, which people do
  const frameSync = head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0 && (head[1] ?? 0) < 0xfe;
  return frameSync || ['ID3', 'OggS', 'fLaC', '#!AMR', '\x1aE\xdf\xa3', 'FORM', 'caff'].some((magic) => starts(head, magic));
}

/** Beginnings that tell one kind alone, at their offsets. */
const MAGIC: readonly (readonly [Kind, number, string])[] = [
  ['playlist', 0, 'ffconcat'],
  ['playlist', 0, '#EXTM3U'],
  ['playlist', 0, '[playlist]'],
  ['picture', 0, '\xff\xd8\xff'],
  ['picture', 0, '\x89PNG'],
  ['picture', 0, 'GIF8'],
  ['picture', 0, 'BM'],
  ['picture', 0, 'II*\0'],
  ['picture', 0, 'MM\0*'],
  ['picture', 8, 'WEBP'],
  ['picture', 4, 'ftyphei'],
  ['picture', 4, 'ftypmif1'],
  ['picture', 4, 'ftypavif'],
  ['pdf', 0, '%PDF'],
  ['office', 0, '\xd0\xcf\x11\xe0'],
  ['office', 0, '{\\rtf'],
  ['archive', 0, 'Rar!'],
  ['archive', 0, '7z\xbc\xaf'],
  ['archive', 0, '\x1f\x8b'],
  ['program', 0, 'MZ'],
  ['program', 0, '\x7fELF'],
  ['midi', 0, 'MThd'],
];

/** @returns what a file is that is not audio. */
export function kindOf(head: Buffer): Kind {
  if (head.length === 0) return 'empty';
  for (const [kind, at, text] of MAGIC) if (starts(head, text, at)) return kind;
  if (starts(head, 'PK')) return /word\/|xl\/|ppt\/|Content_Types|opendocument/.test(head.toString('latin1')) ? 'office' : 'archive';
  return isText(head) ? kindOfText(head.toString('utf8')) : 'unknown';
}

/** Text has no NUL and next to no control characters. */
function isText(head: Buffer): boolean {
  const controls = head.filter((byte) => byte < 9 || (byte > 13 && byte < 32)).length;
  return !head.includes(0) && controls * 100 < head.length;
}

function kindOfText(text: string): Kind {
  const first = text.trimStart().toLowerCase();
  if (first.startsWith('<!doctype html') || first.startsWith('<html')) return 'page';
  if (/^ffconcat|^#extm3u|<playlist|<smil|^file\s+['"]?\S/m.test(first)) return 'playlist';
  return 'text';
}
