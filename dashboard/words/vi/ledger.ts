/** Words of Nhật ký. */
export const ledger = {
  title: 'Nhật ký',
  day: 'Ngày',
  span: 'Xem',
  spans: { day: 'Một ngày', week: 'Bảy ngày' },
  before: 'Trước đó',
  after: 'Sau đó',
  result: 'Kết quả',
  results: { all: 'Tất cả', aired: 'Đã phát', trouble: 'Có nơi không phát được' },
  player: 'Loa',
  allPlayers: 'Mọi loa',
  summary: (programmes: number, aired: number, all: number) => `${programmes} buổi, ${aired}/${all} lượt phát trọn.`,
  nothing: { title: 'Không có buổi nào', text: 'Chọn ngày khác, hoặc bỏ bớt điều kiện lọc.' },
  minutes: {
    title: 'Số phút theo tiếng',
    text: 'Mỗi buổi tính một lần, theo loa nghe được nhiều nhất.',
    line: (language: string, minutes: string) => `Tiếng ${language}: ${minutes} phút`,
    none: 'Chưa phát tiếng nào.',
  },
  reasons: {
    title: 'Vì sao không phát trọn',
    none: 'Mọi lượt đều phát trọn.',
    line: (reason: string, n: number) => `${reason}: ${n} lượt`,
    noNews: 'chưa có tin từ loa',
    noReason: 'không rõ lý do',
  },
};
