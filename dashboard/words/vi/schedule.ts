/** Words of the schedule: which programme when, where, in which class; and the sentence that says it back. */
import type { Broadcast } from '@tieng-loa/protocol/views.ts';

const weekday = ['', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'];
const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} và ${parts.at(-1)}`;

/** @returns “hằng ngày”, “từ thứ Hai đến thứ Sáu”, “vào thứ Ba và thứ Năm” … */
function days(weekdays: readonly number[]): string {
  const sorted = [...weekdays].sort((a, b) => a - b);
  if (sorted.length === 7) return 'hằng ngày';
  const [first, last] = [sorted[0] ?? 1, sorted.at(-1) ?? 1];
  if (sorted.length > 2 && last - first === sorted.length - 1) return `từ ${weekday[first]} đến ${weekday[last]}`;
  return `vào ${joined(sorted.map((day) => weekday[day] ?? ''))}`;
}

export const schedule = {
  title: 'Lịch phát thanh',
  make: 'Lên lịch phát',
  weekday,
  weekdayShort: ['', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'],
  week: (from: string, to: string) => `${from} – ${to}`,
  thisWeek: 'Tuần này',
  previousWeek: 'Tuần trước',
  nextWeek: 'Tuần sau',
  today: 'Hôm nay',
  nothingThatDay: 'Không có lượt phát',
  inLedger: 'Kết quả ở Nhật ký',
  pastDays: 'Những ngày đã qua nằm ở Nhật ký.',
  emptyTitle: 'Chưa có lịch phát nào',
  emptyText: 'Hãy chọn một buổi phát thanh, nơi phát và giờ phát. Loa sẽ tự phát đúng giờ, cả khi mất mạng.',
  allPlaces: 'tất cả các nơi',
  places: (count: string) => `${count} nơi`,
  clash: (other: string, at: string, places: string) =>
    `Trùng giờ với “${other}” (${at}) ở ${places}: mức cao hơn được phát, cái kia nhường.`,
  clashSame: (other: string, at: string, places: string) =>
    `Trùng giờ với “${other}” (${at}) ở ${places}: cùng mức, chỉ một cái được phát.`,
  lacks: (languages: string) => `Thiếu tiếng ${languages}`,
  cancel: 'Hủy lịch',
  cancelNamed: (title: string) => `Hủy lịch “${title}”`,
  cancelled: (title: string) => `Đã hủy lịch “${title}”`,
  rules: 'Các lịch đang có',
  // the form
  formTitle: 'Lên lịch phát',
  back: 'Lịch phát thanh',
  what: 'Phát gì',
  chooseProgramme: 'Chọn buổi phát thanh',
  noProgramme: 'Chưa có buổi phát thanh nào. Hãy lập một buổi phát thanh từ bản tin.',
  toProgrammes: 'Lập buổi phát thanh',
  notApprovedYet: 'Buổi phát thanh chưa được duyệt đủ. Vẫn lên lịch được; nếu đến giờ chưa duyệt thì lượt đó không phát.',
  notApprovedNow: 'Buổi phát thanh chưa được duyệt đủ nên chưa phát ngay được. Hãy chọn giờ khác hoặc nhờ duyệt trước.',
  where: 'Phát ở đâu',
  everywhere: (count: string) => `Tất cả ${count} nơi có loa`,
  somewhere: 'Chỉ một số nơi',
  noZones: 'Chưa có nơi phát nào. Người quản trị thêm nơi phát ở Cài đặt.',
  noPlayers: 'chưa có loa',
  players: (count: string) => `${count} loa`,
  acceptMissing: 'Vẫn phát dù thiếu',
  inWhichClass: 'Mức phát',
  classOnlyUpTo: (cls: string) => `Buổi phát thanh chỉ được duyệt đến mức ${cls}`,
  when: 'Phát khi nào',
  kinds: { now: 'Ngay bây giờ', once: 'Một lần', weekly: 'Hằng tuần' } satisfies Record<Broadcast['when']['kind'], string>,
  date: 'Ngày',
  time: 'Giờ',
  timeExample: '06:00',
  timeWrong: 'Giờ viết như 06:00 hoặc 17:30',
  times: 'Các giờ trong ngày',
  addTime: 'Thêm giờ',
  removeTime: (time: string) => `Bỏ giờ ${time}`,
  weekdays: 'Các ngày trong tuần',
  everyDay: 'Mọi ngày',
  from: 'Từ ngày',
  until: 'Đến hết ngày',
  untilCancelled: 'Cho đến khi hủy',
  clearUntil: 'Bỏ ngày',
  notAllowed: 'Tài khoản của bạn không lên lịch phát được. Hãy gọi người phụ trách đài của xã.',
  quietNow: (count: string, places: string) => `${count} nơi đang giờ yên lặng, sẽ không phát: ${places}.`,
  quietThen: (count: string, times: string, places: string) => `${count} nơi ở giờ yên lặng lúc ${times}, sẽ không phát lúc đó: ${places}.`,
  needProgramme: 'Hãy chọn buổi phát thanh.',
  needPlaces: 'Hãy chọn ít nhất một nơi.',
  needWhen: 'Hãy chọn ngày và giờ.',
  submit: 'Lên lịch',
  submitNow: 'Phát ngay bây giờ',
  done: (title: string) => `Đã lên lịch “${title}”`,
  doneNow: (title: string) => `Đã ra lệnh phát “${title}”`,
  // the sentence
  sayNow: (title: string, places: string) => `Phát “${title}” ngay bây giờ, ở ${places}.`,
  sayOnce: (title: string, time: string, day: string, places: string) => `Phát “${title}” lúc ${time}, ${day}, ở ${places}.`,
  sayWeekly: (title: string, times: readonly string[], weekdays: readonly number[], places: string) =>
    `Phát “${title}” ${days(weekdays)}, lúc ${joined(times)}, ở ${places}.`,
  sayFrom: (day: string) => `Bắt đầu từ ${day}.`,
  sayUntil: (day: string) => `Đến hết ${day}.`,
  sayClass: (cls: string) => `Mức ${cls.toLowerCase()}.`,
  sayNext: (starts: readonly string[]) => `Các lượt tới: ${starts.join('; ')}.`,
};
