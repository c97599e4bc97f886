/** What the set-up says, in Vietnamese where the terminal speaks it (TIENGLOA_LANG or LANG), else in English. */

const vi = {
  oldNode: (has, needs) => `Cần Node ${needs} trở lên để bắt đầu; máy này có ${has}. Tải tại https://nodejs.org rồi chạy lại lệnh này.`,
  noFittingNode: (needs) =>
    `Gói Node ${needs} đi kèm không chạy được trên máy này. Hãy cài Node ${needs} trở lên (https://nodejs.org) rồi chạy lại lệnh này.`,
  unknown: (name, known) => `Không có lệnh “${name}”. Các lệnh: ${known}.`,
  packages: 'Tải các gói npm theo package-lock.json',
  programs: (names) => `Cài chương trình của hệ điều hành: ${names}`,
  build: (what) => `Dựng ${what}`,
  dashboard: 'trang điều khiển',
  player: 'chương trình của loa',
  done: (seconds) => `xong, ${seconds} giây`,
  failed: 'không được:',
  mayNotInstall: (names) => `Máy này còn thiếu: ${names}. Lệnh sau cài đủ; chạy lệnh đó rồi thử lại:`,
  installFailed: 'Không cài được. Hãy tự chạy lệnh sau để xem lỗi, rồi thử lại:',
  unknownSystem: (names) => `Máy này còn thiếu: ${names}. Hãy cài chúng bằng trình quản lý gói của máy rồi thử lại.`,
};

const en = {
  oldNode: (has, needs) =>
    `Node ${needs} or later is needed to begin; this machine has ${has}. Get it from https://nodejs.org and run this again.`,
  noFittingNode: (needs) =>
    `The Node ${needs} that comes with this program does not run on this machine. Install Node ${needs} or later (https://nodejs.org) and run this again.`,
  unknown: (name, known) => `There is no command “${name}”. Commands: ${known}.`,
  packages: 'Fetching the npm packages of package-lock.json',
  programs: (names) => `Installing programs of the system: ${names}`,
  build: (what) => `Building ${what}`,
  dashboard: 'the dashboard',
  player: 'the player',
  done: (seconds) => `done, ${seconds} s`,
  failed: 'failed:',
  mayNotInstall: (names) => `This machine lacks: ${names}. The next command installs them; run it and try again:`,
  installFailed: 'The installation failed. Run the next command yourself to see why, then try again:',
  unknownSystem: (names) => `This machine lacks: ${names}. Install them with its package manager and try again.`,
};

/** @returns the sentences in the terminal's language. */
export function wordsFor(env) {
  const tongue = env.TIENGLOA_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return tongue.startsWith('vi') ? vi : en;
}
