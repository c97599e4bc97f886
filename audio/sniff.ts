/** What the first bytes of a file look like, in words for the person who chose it. Only ffprobe decides what is audio. */
import type { FileKind } from '@tieng-loa/protocol/fact-words.ts';

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
const MAGIC: readonly (readonly [FileKind, number, string])[] = [
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
export function kindOf(head: Buffer): FileKind {
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

function kindOfText(text: string): FileKind {
  const first = text.trimStart().toLowerCase();
  if (first.startsWith('<!doctype html') || first.startsWith('<html')) return 'page';
  if (/^ffconcat|^#extm3u|<playlist|<smil|^file\s+['"]?\S/m.test(first)) return 'playlist';
  return 'text';
}
