/** All words of the page in Vietnamese. Every other tongue has the same keys: a missing one is a type error. */
import { bulletins } from './vi/bulletins.ts';
import { emergency } from './vi/emergency.ts';
import { ledger } from './vi/ledger.ts';
import { players } from './vi/players.ts';
import { programmes } from './vi/programmes.ts';
import { recordings } from './vi/recordings.ts';
import { schedule } from './vi/schedule.ts';
import { session } from './vi/session.ts';
import { settings } from './vi/settings.ts';
import { shell } from './vi/shell.ts';
import { today } from './vi/today.ts';

export const vi = { shell, today, players, ledger, settings, session, recordings, bulletins, programmes, schedule, emergency };
export type Words = typeof vi;
