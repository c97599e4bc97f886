/** Words of signing in, of one-time links and of one's own password. */
import type { Words } from '../vi.ts';

export const session: Words['session'] = {
  signIn: {
    title: 'Sign in',
    login: 'Sign-in name',
    password: 'Password',
    action: 'Sign in',
    help: 'Forgot the password? The administrator of your commune sends you a new sign-in link.',
  },
  link: {
    first: 'Welcome to Tiếng Loa',
    firstLead: 'You are the first administrator. Name the station and make your account.',
    invite: (name) => `Hello ${name}`,
    inviteLead: (station) => `You are invited to ${station}. Choose a sign-in name and a password.`,
    signIn: (name) => `Hello ${name}`,
    signInLead: 'This link works once. Press the button to enter.',
    stationName: 'Name of the station',
    stationExample: 'For example: Quảng Lâm commune radio',
    name: 'Full name',
    login: 'Sign-in name',
    loginHelp: 'Lower-case letters without marks, and digits, for example: lan.pham',
    loginFault: 'A sign-in name has only lower-case letters without marks, digits and dots (2–40).',
    password: 'Password',
    passwordHelp: 'A short sentence that you remember is best.',
    begin: 'Begin',
    enter: 'Enter',
    spent: 'This link cannot be used any more',
    toSignIn: 'To the sign-in page',
  },
};
