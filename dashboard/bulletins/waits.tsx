/** What a bulletin waits for, and for whom: one mark and one sentence. */
import type { Bulletin, Zone } from '@tieng-loa/protocol/views.ts';
import { useNow } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { missingLanguages } from './languages.tsx';

/** @returns the languages in which something can be heard. */
export const spokenLanguages = (bulletin: Pick<Bulletin, 'parts'>): string[] =>
  bulletin.parts.filter(({ recordings }) => recordings.length > 0).map(({ language }) => language);

export function Waits({ bulletin, zones }: { bulletin: Bulletin; zones: readonly Zone[] }) {
  const words = useWords().bulletins;
  const { formatMoment, formatDay, languageName, list } = useFormat();
  const station = useStation();
  const now = useNow();
  const spoken = spokenLanguages(bulletin);
  const missing = missingLanguages(zones, spoken).map(languageName);
  const lacks = missing.length > 0 ? `. ${words.waitsForLanguages(list(missing))}` : '';
  if (bulletin.validUntil !== null && bulletin.validUntil < now) {
    return <StateMark state="ended">{words.expired(formatDay(bulletin.validUntil))}</StateMark>;
  }
  switch (bulletin.state) {
    case 'approved': {
      const by = bulletin.approvedBy;
      return (
        <StateMark state="approved">
          {by ? words.approvedBy(by.name, formatMoment(by.at, now)) : undefined}
          {lacks}
        </StateMark>
      );
    }
    case 'submitted':
      return (
        <StateMark state="submitted">
          {station.may('approve') ? words.waitsForYou : words.waitsForApproval}
          {lacks}
        </StateMark>
      );
    case 'withdrawn':
      return <StateMark state="withdrawn">{bulletin.note ? words.withdrawnNote(bulletin.note) : undefined}</StateMark>;
    case 'draft':
      if (bulletin.note) return <StateMark state="waiting">{words.returned(bulletin.note)}</StateMark>;
      if (spoken.length === 0) return <StateMark state="draft">{words.waitsForParts}</StateMark>;
      if (missing.length > 0) return <StateMark state="draft">{words.waitsForLanguages(list(missing))}</StateMark>;
      if (!bulletin.ready) return <StateMark state="rendering">{words.waitsForRendering}</StateMark>;
      return <StateMark state="draft">{words.waitsForSubmit}</StateMark>;
  }
}
