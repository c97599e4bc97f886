/** What an approver has heard of one revision of a bulletin: kept over a reload, void with the next revision. */
import type { Bulletin, BulletinPart } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { useDraft } from '../ui/draft.ts';

export interface Hearing {
  /** a recording was played to its end */
  heard(recording: string): void;
  /** the approver says so, having heard it elsewhere */
  tick(part: BulletinPart, ticked: boolean): void;
  ticked(part: BulletinPart): boolean;
  playedWhole(part: BulletinPart): boolean;
  /** parts with sound that were neither played whole nor ticked */
  left: number;
  /** it was to be approved before all was heard */
  asked: boolean;
  ask(): void;
  forget(): void;
}

export function useHearing(bulletin: Bulletin): Hearing {
  const [marks, setMarks, forget] = useDraft<readonly string[]>(`heard.1.${bulletin.id}.${bulletin.revision}`, []);
  const [asked, setAsked] = useState(false);
  const mark = (what: string, on: boolean) =>
    setMarks((before) => (on ? [...new Set([...before, what])] : before.filter((one) => one !== what)));
  const ticked = (part: BulletinPart) => marks.includes(part.language);
  const playedWhole = (part: BulletinPart) => part.recordings.length > 0 && part.recordings.every((id) => marks.includes(id));
  return {
    heard: (recording) => mark(recording, true),
    tick: (part, on) => mark(part.language, on),
    ticked,
    playedWhole,
    left: bulletin.parts.filter((part) => part.recordings.length > 0 && !ticked(part) && !playedWhole(part)).length,
    asked,
    ask: () => setAsked(true),
    forget,
  };
}
