/** A bulletin that is read and heard: by the approver part for part, by anyone else for what it says. */

import { Button, Checkbox } from '@mantine/core';
import type { Bulletin } from '@tieng-loa/protocol/views.ts';
import { useNow } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { Approval } from './approval.tsx';
import css from './bulletins.module.css';
import { type Hearing, useHearing } from './hearing.ts';
import { NO_LANGUAGE, useZones } from './languages.tsx';
import { PartTitle } from './part-title.tsx';
import { ProgrammesOf } from './programmes-of.tsx';
import { Take } from './take.tsx';
import { Waits } from './waits.tsx';
import { Withdrawal } from './withdrawal.tsx';

export function BulletinReading({ bulletin, onEdit }: { bulletin: Bulletin; onEdit?: () => void }) {
  const words = useWords();
  const { formatDay, formatDuration, formatMoment } = useFormat();
  const station = useStation();
  const zones = useZones();
  const hearing = useHearing(bulletin);
  const now = useNow();
  const approves = bulletin.state === 'submitted' && station.may('approve');
  const facts = [
    words.bulletins.subjects[bulletin.subject],
    words.shell.classes[bulletin.class],
    ...(bulletin.durationMs > 0 ? [formatDuration(bulletin.durationMs)] : []),
    ...(bulletin.validUntil === null ? [] : [words.bulletins.validUntil(formatDay(bulletin.validUntil))]),
    words.bulletins.lastTouched(bulletin.by.name, formatMoment(bulletin.updatedAt, now)),
  ];
  return (
    <>
      <div className={css.head}>
        <Waits bulletin={bulletin} zones={zones} />
        <p className={css.dim}>{facts.join(' · ')}</p>
      </div>
      {bulletin.state === 'approved' && station.may('compose') && <ProgrammesOf bulletin={bulletin} />}
      {approves && (
        <div className={css.note}>
          <p>{words.bulletins.approveLead}</p>
          <p>{words.bulletins.approveAsk}</p>
        </div>
      )}
      <div className={css.columns}>
        {bulletin.parts.map((part) => (
          <PartReading key={part.language} part={part} {...(approves ? { hearing } : {})} />
        ))}
      </div>
      {approves && <Approval bulletin={bulletin} hearing={hearing} />}
      <div className={css.after}>
        {onEdit && (
          <Button variant="default" onClick={onEdit}>
            {bulletin.state === 'approved' ? words.bulletins.editApproved : words.bulletins.edit}
          </Button>
        )}
        {bulletin.state === 'approved' && station.may('approve') && <Withdrawal bulletin={bulletin} />}
      </div>
    </>
  );
}

/** One tongue: its words, its sound; for the approver also whether it was heard. */
function PartReading({ part, hearing }: { part: Bulletin['parts'][number]; hearing?: Hearing }) {
  const words = useWords().bulletins;
  const { languageName } = useFormat();
  const { language, recordings, text } = part;
  const wordless = language === NO_LANGUAGE;
  return (
    <section className={css.column} data-empty={recordings.length === 0 || undefined}>
      <PartTitle language={language} />
      {recordings.length === 0 && <p className={css.dim}>{words.noSound}</p>}
      <ol className={css.takes} aria-label={words.sounds}>
        {recordings.map((id) => (
          <Take key={id} id={id} {...(hearing ? { onHeard: () => hearing.heard(id) } : {})} />
        ))}
      </ol>
      {text.trim() === '' ? !wordless && <p className={css.dim}>{words.noScript}</p> : <p className={css.script}>{text}</p>}
      {hearing &&
        recordings.length > 0 &&
        (hearing.playedWhole(part) ? (
          <StateMark state="aired">{words.heardByPlaying}</StateMark>
        ) : (
          <Checkbox
            label={wordless ? words.heardWordless : words.heard(languageName(language))}
            checked={hearing.ticked(part)}
            data-unheard={!hearing.ticked(part) || undefined}
            error={hearing.asked && !hearing.ticked(part) ? words.hearFirst : undefined}
            onChange={(event) => hearing.tick(part, event.currentTarget.checked)}
          />
        ))}
    </section>
  );
}
