/** Words of signing in, of one-time links and of one's own password. */
export const session = {
  signIn: {
    title: 'Đăng nhập',
    login: 'Tên đăng nhập',
    password: 'Mật khẩu',
    action: 'Đăng nhập',
    help: 'Quên mật khẩu? Người quản trị của xã gửi cho bạn một đường dẫn đăng nhập mới.',
  },
  link: {
    first: 'Chào mừng đến với Tiếng Loa',
    firstLead: 'Bạn là người quản trị đầu tiên. Đặt tên đài và tạo tài khoản của bạn.',
    invite: (name: string) => `Chào ${name}`,
    inviteLead: (station: string) =>
      `Bạn được mời vào ${/^đài /i.test(station) ? station : `đài ${station}`}. Chọn tên đăng nhập và mật khẩu.`,
    signIn: (name: string) => `Chào ${name}`,
    signInLead: 'Đường dẫn này dùng được một lần. Bấm nút để vào.',
    stationName: 'Tên đài',
    stationExample: 'Ví dụ: Đài truyền thanh xã Quảng Lâm',
    name: 'Họ và tên',
    login: 'Tên đăng nhập',
    loginHelp: 'Chữ thường không dấu và số, ví dụ: lan.pham',
    loginFault: 'Tên đăng nhập chỉ gồm chữ thường không dấu, số và dấu chấm (2–40 ký tự).',
    password: 'Mật khẩu',
    passwordHelp: 'Một câu ngắn dễ nhớ là tốt nhất.',
    begin: 'Bắt đầu',
    enter: 'Vào',
    spent: 'Đường dẫn không dùng được nữa',
    toSignIn: 'Tới trang đăng nhập',
  },
};
