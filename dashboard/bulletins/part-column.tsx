/** One tongue of a bulletin while it is written: its script, and the recordings that are aired, in order. */

import { Button, NativeSelect, Textarea } from '@mantine/core';
import type { BulletinPart } from '@tieng-loa/protocol/views.ts';
import { useAnswer } from '../api/hub.ts';
import { newId } from '../api/ids.ts';
import { FileDrop } from '../recordings/file-drop.tsx';
import { useUploads } from '../recordings/uploads.ts';
import { useStation } from '../session/me.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './bulletins.module.css';
import { moved } from './draft.ts';
import { PartTitle } from './part-title.tsx';
import { Take } from './take.tsx';

/** The newest takes to choose from; older ones are found on the page of recordings. */
const CHOICES = 50;

interface PartColumnProps {
  /** of the bulletin, for the names of new takes */
  title: string;
  part: BulletinPart;
  /** it was to be handed in without a sound */
  silent: boolean;
  onChange(part: BulletinPart): void;
  onRemove(): void;
}

export function PartColumn({ title, part, silent, onChange, onRemove }: PartColumnProps) {
  const words = useWords().bulletins;
  const { languageName } = useFormat();
  const station = useStation();
  const uploads = useUploads();
  const { recordings } = part;
  const set = (next: string[]) => onChange({ ...part, recordings: next });
  const upload = (files: File[]) => {
    const ids = files.map(() => newId());
    files.forEach((file, i) => {
      const name = `${title.trim() || words.untitled} — ${languageName(part.language)}`.slice(0, 200);
      uploads.send({ id: ids[i]!, station: station.id, language: part.language, name, file });
    });
    set([...recordings, ...ids]);
  };
  return (
    <section className={css.column} data-empty={recordings.length === 0 || undefined}>
      <PartTitle language={part.language}>
        {recordings.length === 0 && (
          <Button variant="subtle" aria-label={words.removeLanguage(languageName(part.language))} onClick={onRemove}>
            {words.takeOutShort}
          </Button>
        )}
      </PartTitle>
      <Textarea
        label={words.script}
        placeholder={words.scriptExample}
        autosize
        minRows={4}
        maxRows={16}
        maxLength={20_000}
        value={part.text}
        onChange={(event) => onChange({ ...part, text: event.currentTarget.value })}
      />
      {recordings.length === 0 ? (
        <p className={silent ? css.lacks : css.dim} data-lacking={silent || undefined}>
          {silent ? words.needSound : words.noSound}
        </p>
      ) : (
        <ol className={css.takes} aria-label={words.sounds}>
          {recordings.map((id, index) => (
            <Take
              key={id}
              id={id}
              onRemove={() => set(recordings.filter((one) => one !== id))}
              {...(index > 0 ? { onEarlier: () => set(moved(recordings, index, index - 1)) } : {})}
              {...(index < recordings.length - 1 ? { onLater: () => set(moved(recordings, index, index + 1)) } : {})}
            />
          ))}
        </ol>
      )}
      <div className={css.buttons}>
        <FileDrop small label={words.uploadHere} onFiles={upload} />
      </div>
      <PickRecording part={part} onPick={(id) => set([...recordings, id])} />
    </section>
  );
}

/** Takes of this tongue that are at the hub already. */
function PickRecording({ part, onPick }: { part: BulletinPart; onPick(id: string): void }) {
  const words = useWords().bulletins;
  const { formatDuration, formatDay } = useFormat();
  const station = useStation();
  const { data = [] } = useAnswer('GET /api/stations/:station/recordings', {
    params: { station: station.id },
    query: { language: part.language },
  });
  const choices = data
    .filter(({ id, state, language }) => state !== 'refused' && language === part.language && !part.recordings.includes(id))
    .slice(0, CHOICES)
    .map(({ id, name, durationMs, createdAt }) => ({
      value: id,
      label: [name, ...(durationMs === null ? [] : [formatDuration(durationMs)]), formatDay(createdAt)].join(' · '),
    }));
  if (choices.length === 0) return null;
  return (
    <NativeSelect
      label={words.pickRecording}
      data={[{ value: '', label: '—' }, ...choices]}
      value=""
      onChange={(event) => event.currentTarget.value && onPick(event.currentTarget.value)}
    />
  );
}
