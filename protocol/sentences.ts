/**
 * What people read for each problem and each reason, in Vietnamese and English: pure data, so that page, hub and player share it.
 * `{name}` is filled from the problem's facts. Hmong (`hmn`) waits for a native reader.
 */
import type { ProblemCode, Reason } from './problems.ts';

export type Tongue = 'vi' | 'en';
type Sentence = Readonly<Record<Tongue, string>>;
const both = (vi: string, en: string): Sentence => ({ vi, en });

export const problemSentences: Readonly<Record<ProblemCode, Sentence>> = {
  'bad-input': both(
    'Mục “{field}” chưa đúng: {why}. Phần bạn đã nhập vẫn còn; hãy sửa mục này rồi gửi lại.',
    'The field “{field}” is not right: {why}. What you entered is kept; mend this field and send again.',
  ),
  'bad-document': both(
    'Dữ liệu không đúng mẫu ({field} {why}). Chưa có gì thay đổi.',
    'The data is not of the expected form ({field} {why}). Nothing was changed.',
  ),
  'bad-seal': both(
    'Chữ ký không đúng ({why}). Dữ liệu này bị từ chối, không có gì thay đổi.',
    'The seal does not hold ({why}). This data was refused, nothing was changed.',
  ),
  'bad-key': both(
    'Khóa không dùng được. Hãy tạo khóa mới trên loa rồi ghi danh lại.',
    'This key cannot be used. Make a new one on the player and enrol again.',
  ),
  'bad-file': both(
    'Tệp “{fileName}” bị hỏng hoặc thiếu. Bản ghi của bạn vẫn còn trên máy; hãy mở nghe thử rồi tải lên lại.',
    'The file “{fileName}” is damaged or incomplete. Your recording is still on your device; play it there, then upload again.',
  ),
  'not-audio': both(
    'Tệp “{fileName}” không phải âm thanh (đó là: {found}). Bản ghi của bạn vẫn còn trên máy. Hãy chọn tệp .mp3, .m4a, .wav hoặc .ogg.',
    'The file “{fileName}” is not audio (it is: {found}). Your recording is still on your device. Choose a .mp3, .m4a, .wav or .ogg file.',
  ),
  'no-sound': both(
    'Trong tệp “{fileName}” không nghe thấy tiếng. Hãy kiểm tra micrô rồi ghi lại.',
    'Nothing can be heard in “{fileName}”. Check the microphone and record again.',
  ),
  'too-long': both(
    'Tệp “{fileName}” dài hơn {limitMinutes} phút. Hãy chia thành các phần ngắn hơn.',
    'The file “{fileName}” is longer than {limitMinutes} minutes. Split it into shorter parts.',
  ),
  'too-large': both(
    'Tệp lớn hơn {limitMb} MB. Hãy lưu dưới dạng .mp3 hoặc .m4a rồi tải lên lại.',
    'The file is larger than {limitMb} MB. Save it as .mp3 or .m4a and upload again.',
  ),
  'too-long-form': both(
    'Nội dung gửi lên quá dài (hơn {limitMb} MB). Phần bạn đã nhập vẫn còn; hãy rút ngắn rồi gửi lại.',
    'What was sent is too long (over {limitMb} MB). What you entered is kept; shorten it and send again.',
  ),
  'upload-cut': both(
    'Đường truyền bị ngắt giữa chừng (nhận {receivedBytes} trên {expectedBytes} byte). Tệp vẫn còn trên máy bạn; hãy gửi lại.',
    'The upload broke off ({receivedBytes} of {expectedBytes} bytes arrived). The file is still on your device; send it again.',
  ),
  'too-many': both(
    'Có quá nhiều yêu cầu. Hãy đợi {retryAfterSeconds} giây rồi thử lại.',
    'Too many requests. Wait {retryAfterSeconds} seconds and try again.',
  ),
  'not-signed-in': both('Bạn cần đăng nhập. Phần bạn đã nhập vẫn còn.', 'You need to sign in. What you entered is kept.'),
  'wrong-credentials': both('Tên đăng nhập hoặc mật khẩu không đúng.', 'The sign-in name or the password is wrong.'),
  locked: both('Đã nhập sai nhiều lần. Hãy thử lại sau {minutes} phút.', 'Too many wrong tries. Try again in {minutes} minutes.'),
  'wrong-origin': both(
    'Yêu cầu này đến từ một trang khác nên bị từ chối. Hãy mở lại trang Tiếng Loa.',
    'This request came from another site and was refused. Open the Tiếng Loa page again.',
  ),
  'not-allowed': both(
    'Tài khoản của bạn không có quyền làm việc này. Hãy nhờ người quản trị của xã.',
    'Your account may not do this. Ask the administrator of your commune.',
  ),
  'link-spent': both(
    'Đường dẫn này đã dùng rồi hoặc đã hết hạn. Hãy xin đường dẫn mới.',
    'This link has been used or has expired. Ask for a new one.',
  ),
  'code-wrong': both(
    'Mã ghi danh không đúng. Hãy chép lại mã trên trang Loa.',
    'The enrolment code is wrong. Copy it again from the page of players.',
  ),
  'code-spent': both(
    'Mã ghi danh đã dùng rồi hoặc đã hết hạn. Hãy lấy mã mới trên trang Loa.',
    'The enrolment code has been used or has expired. Get a new one on the page of players.',
  ),
  'weak-password': both(
    'Mật khẩu cần ít nhất {minLength} ký tự. Một câu ngắn dễ nhớ là tốt nhất.',
    'The password needs at least {minLength} characters. A short sentence you remember is best.',
  ),
  'name-taken': both(
    'Tên đăng nhập “{login}” đã có người dùng. Hãy chọn tên khác.',
    'The sign-in name “{login}” is taken. Choose another.',
  ),
  'not-found': both('Không tìm thấy. Có thể mục này đã bị xóa.', 'Not found. It may have been removed.'),
  'changed-meanwhile': both(
    'Người khác vừa sửa mục này. Phần bạn nhập vẫn còn; hãy xem bản mới rồi lưu lại.',
    'Somebody else has just changed this. What you entered is kept; look at the new version and save again.',
  ),
  'in-use': both('Chưa xóa được vì đang dùng trong “{by}”.', 'It cannot be removed because “{by}” uses it.'),
  'wrong-state': both(
    'Không làm được lúc này (trạng thái: {state}). Hãy tải lại trang để xem tình trạng mới.',
    'This cannot be done now (state: {state}). Reload to see how things stand.',
  ),
  'recording-not-ready': both(
    'Bản ghi “{fileName}” chưa xử lý xong. Hãy đợi một chút.',
    'The recording “{fileName}” is still being prepared. Wait a moment.',
  ),
  'no-parts': both(
    'Bản tin chưa có phần nào để phát. Hãy thêm ít nhất một bản ghi.',
    'The bulletin has nothing to air yet. Add at least one recording.',
  ),
  'not-approved': both('“{title}” chưa được duyệt phát.', '“{title}” has not been approved for airing.'),
  'class-not-approved': both(
    '“{title}” chỉ được duyệt cho loại {approved}. Hãy chọn loại đó hoặc xin duyệt lại.',
    '“{title}” is approved only for the class {approved}. Choose that class or have it approved again.',
  ),
  'missing-language': both(
    'Còn thiếu tiếng {languages} cho {zones}. Hãy thêm phần đó, hoặc chọn “vẫn phát dù thiếu”.',
    'The language {languages} is missing for {zones}. Add that part, or choose “air it all the same”.',
  ),
  'quiet-hours': both(
    '{at} rơi vào giờ yên lặng của {zone} ({from}–{to}). Hãy chọn giờ khác; chỉ tin khẩn cấp được phát trong giờ này.',
    '{at} falls into the quiet hours of {zone} ({from}–{to}). Choose another time; only an emergency may sound then.',
  ),
  'past-time': both('Giờ phát {at} đã qua. Hãy chọn giờ khác.', 'The time {at} has passed. Choose another.'),
  'too-far': both('Ngày phát quá xa: chỉ lên lịch trước tối đa {days} ngày.', 'The date is too far ahead: at most {days} days.'),
  'no-starts': both(
    'Lịch này không có lượt phát nào. Hãy chọn ít nhất một ngày và một giờ.',
    'This schedule has no airing. Choose at least one day and one time.',
  ),
  'no-players': both(
    '{zone} chưa có loa nào đã ghi danh. Hãy ghi danh loa ở đó hoặc chọn nơi khác.',
    '{zone} has no enrolled player yet. Enrol one there or choose another place.',
  ),
  'not-sounding': both('Lượt phát này đã dừng rồi.', 'This airing has already ended.'),
  'last-administrator': both(
    'Đây là người quản trị cuối cùng, không thể bỏ quyền. Hãy giao quyền cho người khác trước.',
    'This is the last administrator. Give the role to somebody else first.',
  ),
  busy: both(
    'Máy chủ đang bận. Phần bạn nhập vẫn còn; hãy thử lại sau ít giây.',
    'The server is busy. What you entered is kept; try again in a few seconds.',
  ),
  'disk-full': both(
    'Máy chủ hết chỗ lưu. Tệp vẫn còn trên máy bạn; hãy báo người quản trị.',
    'The server has no space left. The file is still on your device; tell the administrator.',
  ),
  'not-ready': both(
    'Máy chủ chưa sẵn sàng ({what}). Hãy thử lại sau ít giây.',
    'The server is not ready ({what}). Try again in a few seconds.',
  ),
  broken: both(
    'Máy chủ gặp lỗi. Phần bạn nhập vẫn còn. Hãy thử lại; nếu vẫn lỗi, báo người quản trị số {reference}.',
    'Something broke on the server. What you entered is kept. Try again; if it stays, tell the administrator the number {reference}.',
  ),
};

export const reasonSentences: Readonly<Record<Reason, Sentence>> = {
  'not-held': both('âm thanh chưa tải xong', 'the audio had not arrived'),
  'audio-damaged': both('tệp âm thanh trên loa bị hỏng', 'the audio file on the player is damaged'),
  'quiet-hours': both('giờ yên lặng', 'quiet hours'),
  late: both('loa tắt vào giờ phát', 'the player was off at that time'),
  clock: both('đồng hồ của loa không đáng tin', 'the clock of the player could not be trusted'),
  outranked: both('nhường tin có mức cao hơn', 'gave way to something of a higher class'),
  stopped: both('có người dừng', 'stopped by a person'),
  speaker: both('bộ phát âm thanh bị lỗi', 'the sound device failed'),
  'cut-short': both('mất điện hoặc khởi động lại giữa chừng', 'power or program ended under way'),
  longest: both('chạm thời lượng tối đa', 'reached the longest duration'),
  expired: both('kế hoạch trên loa đã hết hạn', 'the plan on the player had expired'),
  'not-approved': both('chưa được duyệt phát', 'not approved in time'),
  withdrawn: both('lịch đã hủy', 'the schedule was cancelled'),
  'damaged-report': both('báo cáo của loa bị hỏng', 'the report of the player could not be read'),
};

/** @returns the sentence with its facts filled in; an unknown fact becomes nothing. */
export function worded(sentence: Sentence, tongue: Tongue, facts: Readonly<Record<string, unknown>> = {}): string {
  return sentence[tongue].replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = facts[name];
    return Array.isArray(fact) ? fact.join(', ') : fact === undefined || fact === null ? '' : String(fact);
  });
}
