/** What the player says on the terminal, in Vietnamese and English: pure data. */
import type { Tongue } from '@tieng-loa/protocol/sentences.ts';

const vi = {
  usage: `Tiếng Loa – phần mềm trên loa

  npm run player -- --hub ĐỊA-CHỈ --code MÃ     ghi danh loa rồi chạy
  npm run player                                chạy loa đã ghi danh

  --data THƯ-MỤC     nơi lưu lịch, âm thanh, báo cáo   (TIENGLOA_PLAYER_DATA)
  --audio NGÕ-RA     auto | null | pulse:SINK[@SOCKET] | alsa:THIẾT-BỊ | pcm:TỆP | silent   (TIENGLOA_AUDIO)
  --amplifier        none | gpio:CHIP:LINE, ví dụ gpio:gpiochip0:17   (TIENGLOA_AMPLIFIER)
  --anew             ghi danh lại dù đã ghi danh
  --verbose          ghi mọi việc ra nhật ký`,
  badArguments: (why: string) => `Tham số chưa đúng: ${why}`,
  badSetting: (name: string, value: string, should: string) => `${name} = “${value}” chưa đúng; cần: ${should}`,
  hubAndCode: 'Cần cả --hub và --code: chép nguyên dòng lệnh trên trang Loa.',
  notEnrolled: (folder: string) =>
    `Loa này chưa ghi danh (trong ${folder}). Trên trang Loa, chọn “Thêm loa”, rồi chạy dòng lệnh hiện ra ở đó.`,
  damaged: (folder: string) =>
    `Tệp ${folder}/identity.json bị hỏng. Hãy lấy mã mới trên trang Loa rồi chạy lại với --hub, --code và --anew.`,
  already: (name: string) => `Loa này đã ghi danh là “${name}”; không cần mã nữa. Muốn ghi danh lại, thêm --anew.`,
  enrolling: (hub: string) => `Đang ghi danh với ${hub} …`,
  enrolled: (name: string) => `Đã ghi danh: “${name}”.`,
  notEnrolledBecause: (why: string) => `Chưa ghi danh được. ${why}`,
  unreachable: (hub: string, why: string) => `Không gọi được ${hub} (${why}). Hãy kiểm tra mạng và địa chỉ rồi chạy lại; mã vẫn dùng được.`,
  wrongAddress: {
    plain: (hub: string) =>
      `${hub} là địa chỉ không mã hóa; http:// chỉ dùng cho máy chủ trên chính máy này. Hãy dùng https://; mã vẫn dùng được.`,
    'not-tls': (hub: string) => `Máy chủ ở ${hub} không dùng https ở cổng này. Hãy kiểm tra địa chỉ và cổng; mã vẫn dùng được.`,
    stranger: (hub: string) =>
      `Chứng chỉ của ${hub} không được tin cậy công khai, cũng không phải của máy chủ đã tạo mã. Mã chưa được gửi đi. Hãy kiểm tra địa chỉ, và chép lại cả dòng lệnh trên trang Loa.`,
  },
  spent: 'Nếu chính loa này vừa dùng mã mà bị tắt giữa chừng, hãy lấy mã mới trên trang Loa: mã cũ không dùng lại được.',
  otherHub: 'Máy chủ trả lời không phải máy chủ đã tạo mã này. Không lưu gì cả. Hãy kiểm tra địa chỉ, rồi lấy mã mới.',
  running: (name: string, hub: string) => `Loa “${name}” đang chạy, máy chủ ${hub}. Ctrl-C để dừng.`,
  sharedFolder: (folder: string) => `Một phần mềm loa khác đang chạy với ${folder}. Hãy dừng nó, hoặc chọn --data khác.`,
  diskFull: (folder: string) => `Bộ nhớ chứa ${folder} đã đầy. Hãy xóa bớt tệp không cần rồi chạy lại.`,
  chimeDamaged: (file: string) => `Tệp nhạc hiệu ${file} thiếu hoặc bị hỏng; loa phát không có nhạc hiệu này.`,
  stopped: 'Loa đã dừng.',
};
export type Words = typeof vi;

const en: Words = {
  usage: `Tiếng Loa – the player

  npm run player -- --hub URL --code CODE     enrols this player, then runs it
  npm run player                              runs a player that is enrolled

  --data FOLDER      where plan, audio and reports lie   (TIENGLOA_PLAYER_DATA)
  --audio OUTPUT     auto | null | pulse:SINK[@SOCKET] | alsa:DEVICE | pcm:FILE | silent   (TIENGLOA_AUDIO)
  --amplifier        none | gpio:CHIP:LINE, for example gpio:gpiochip0:17   (TIENGLOA_AMPLIFIER)
  --anew             enrol although it is enrolled
  --verbose          log everything that happens`,
  badArguments: (why) => `The arguments are not right: ${why}`,
  badSetting: (name, value, should) => `${name} = “${value}” is not right; it should be: ${should}`,
  hubAndCode: 'Both --hub and --code are needed: copy the whole command from the page of players.',
  notEnrolled: (folder) =>
    `This player is not enrolled (in ${folder}). On the page of players choose “Add a player”, then run the command shown there.`,
  damaged: (folder) =>
    `${folder}/identity.json is damaged. Get a new code on the page of players and run again with --hub, --code and --anew.`,
  already: (name) => `This player is enrolled as “${name}” already and needs no code. To enrol it again, add --anew.`,
  enrolling: (hub) => `Enrolling at ${hub} …`,
  enrolled: (name) => `Enrolled: “${name}”.`,
  notEnrolledBecause: (why) => `Not enrolled. ${why}`,
  unreachable: (hub, why) =>
    `${hub} cannot be reached (${why}). Check the network and the address, then run again; the code is still good.`,
  wrongAddress: {
    plain: (hub) => `${hub} is not encrypted; http:// is for a hub on this very machine only. Use https; the code is still good.`,
    'not-tls': (hub) => `The hub at ${hub} does not speak https on this port. Check the address and the port; the code is still good.`,
    stranger: (hub) =>
      `The certificate of ${hub} is neither publicly trusted nor that of the hub which made the code. The code was not sent. Check the address, and copy the whole command from the page of players again.`,
  },
  spent: 'If this very player has just used it and was switched off midway, get a new code on the page of players: a code serves once.',
  otherHub: 'The hub that answered is not the one that made this code. Nothing was kept. Check the address, then get a new code.',
  running: (name, hub) => `The player “${name}” runs, its hub is ${hub}. Ctrl-C stops it.`,
  sharedFolder: (folder) => `Another player runs in ${folder}. Stop it, or choose another --data.`,
  diskFull: (folder) => `The disk that holds ${folder} is full. Delete what is not needed, then run again.`,
  chimeDamaged: (file) => `The chime ${file} is missing or damaged; it is left out.`,
  stopped: 'The player has stopped.',
};

export const words: Readonly<Record<Tongue, Words>> = { vi, en };
