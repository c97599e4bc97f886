/** All words of the page in English, loaded when they are asked for. */
import { bulletins } from './en/bulletins.ts';
import { emergency } from './en/emergency.ts';
import { ledger } from './en/ledger.ts';
import { players } from './en/players.ts';
import { programmes } from './en/programmes.ts';
import { recordings } from './en/recordings.ts';
import { schedule } from './en/schedule.ts';
import { session } from './en/session.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';
import { today } from './en/today.ts';
import type { Words } from './vi.ts';

export const en: Words = { shell, today, players, ledger, settings, session, recordings, bulletins, programmes, schedule, emergency };
