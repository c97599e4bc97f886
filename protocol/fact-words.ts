/** How the facts of a problem are said: words of the contract and instants in the reader's language. Pure data, like sentences.ts. */
import type { ProblemCode } from './problems.ts';
import type { Tongue } from './sentences.ts';

type Said = Readonly<Record<string, Readonly<Record<Tongue, string>>>>;

const classes: Said = {
  routine: { vi: 'thông thường', en: 'routine' },
  priority: { vi: 'ưu tiên', en: 'priority' },
  emergency: { vi: 'khẩn cấp', en: 'emergency' },
};
const states: Said = {
  draft: { vi: 'bản nháp', en: 'draft' },
  submitted: { vi: 'chờ duyệt', en: 'waits for approval' },
  approved: { vi: 'đã duyệt', en: 'approved' },
  withdrawn: { vi: 'đã rút', en: 'withdrawn' },
  cancelled: { vi: 'đã hủy', en: 'cancelled' },
  ended: { vi: 'đã kết thúc', en: 'ended' },
  revoked: { vi: 'đã thu hồi', en: 'revoked' },
  disabled: { vi: 'đã khóa', en: 'disabled' },
  invited: { vi: 'đã mời, chưa nhận', en: 'invited' },
};
/** Languages of the region by BCP 47 tag; a tag that is not here is shown as it is. */
export const languageNames: Said = {
  vi: { vi: 'Việt', en: 'Vietnamese' },
  hmn: { vi: 'Mông', en: 'Hmong' },
  mww: { vi: 'Mông trắng', en: 'White Hmong' },
  hnj: { vi: 'Mông hoa', en: 'Green Hmong' },
  blt: { vi: 'Thái đen', en: 'Tai Dam' },
  twh: { vi: 'Thái trắng', en: 'Tai Dón' },
  tai: { vi: 'Thái', en: 'Tai' },
  ium: { vi: 'Dao', en: 'Dao' },
  hni: { vi: 'Hà Nhì', en: 'Hani' },
  kjg: { vi: 'Khơ Mú', en: 'Khmu' },
  lhu: { vi: 'La Hủ', en: 'Lahu' },
  zxx: { vi: 'không lời', en: 'no words' },
};
/** What a file that is not audio looks like. */
const fileKinds = {
  empty: { vi: 'tệp rỗng', en: 'an empty file' },
  playlist: { vi: 'danh sách phát', en: 'a playlist' },
  picture: { vi: 'ảnh', en: 'a picture' },
  pdf: { vi: 'tài liệu PDF', en: 'a PDF document' },
  office: { vi: 'tài liệu văn phòng', en: 'an office document' },
  archive: { vi: 'tệp nén', en: 'a compressed archive' },
  program: { vi: 'phần mềm', en: 'a program' },
  page: { vi: 'trang web', en: 'a web page' },
  text: { vi: 'văn bản', en: 'text' },
  midi: { vi: 'bản nhạc MIDI, không có tiếng ghi', en: 'MIDI notes without recorded sound' },
  silentFilm: { vi: 'phim không có tiếng', en: 'a video without sound' },
  rareSound: { vi: 'âm thanh kiểu hiếm', en: 'sound of a rare kind' },
  unknown: { vi: 'tệp không rõ loại', en: 'a file of unknown kind' },
} as const satisfies Said;
export type FileKind = keyof typeof fileKinds;

/** Facts whose values are words of the contract, by problem; all others are names that people gave, numbers and instants. */
const spoken: Partial<Record<ProblemCode, Readonly<Record<string, Said>>>> = {
  'not-audio': { found: fileKinds },
  'class-not-approved': { approved: classes },
  'wrong-state': { state: states },
  'missing-language': { languages: languageNames },
};

/** @returns the facts of a problem as its sentence shows them; `instant` says a time in the reader's language. */
export function factWords(
  code: ProblemCode,
  facts: Readonly<Record<string, unknown>>,
  tongue: Tongue,
  instant: (at: number) => string,
): Record<string, unknown> {
  const said = (name: string, value: unknown): unknown => {
    if (name === 'at' && typeof value === 'number') return instant(value);
    if (Array.isArray(value)) return value.map((one) => said(name, one));
    return typeof value === 'string' ? (spoken[code]?.[name]?.[value]?.[tongue] ?? value) : value;
  };
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, said(name, value)]));
}
