/** The last word before sound: quiet hours and the loudest volume, whatever plan, board or decision say. */
import type { BroadcastClass, PlayerSettings } from '@tieng-loa/protocol/plan.ts';
import { mayBegin } from '@tieng-loa/timetable/quiet.ts';

/** @returns whether a sound of this class may begin here and now. */
export const maySound = (kind: BroadcastClass, now: number, settings: Pick<PlayerSettings, 'quietHours' | 'timeZone'>): boolean =>
  mayBegin(kind, now, settings.quietHours, settings.timeZone);

/** @returns the volume that is really set, in percent. */
export const volumeOf = (settings: Pick<PlayerSettings, 'volume' | 'loudestVolume'>): number =>
  Math.min(settings.volume, settings.loudestVolume);
