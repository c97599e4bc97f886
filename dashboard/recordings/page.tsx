/** Recordings of the station: add some, see what became of them, hear them. */

import { Button, TextInput } from '@mantine/core';
import type { Recording } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { useAnswer } from '../api/hub.ts';
import { newId } from '../api/ids.ts';
import { ContentTabs } from '../bulletins/content-tabs.tsx';
import { heardLanguages, LanguageChoice, useZones } from '../bulletins/languages.tsx';
import { useStation } from '../session/me.tsx';
import { Loading } from '../ui/loading.tsx';
import { Empty, Page, ProblemNote } from '../ui/page.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { FileDrop } from './file-drop.tsx';
import { RecordingItem } from './recording-item.tsx';
import css from './recordings.module.css';
import { UploadRow } from './upload-row.tsx';
import { nameOfFile, useUploads } from './uploads.ts';

/** Shown at once; a station of two years has thousands. */
const PAGE = 20;

interface Picked {
  id: string;
  file: File;
  name: string;
  language: string;
}

export function RecordingsPage() {
  const words = useWords().recordings;
  const station = useStation();
  const [language, setLanguage] = useState('');
  const answer = useAnswer('GET /api/stations/:station/recordings', {
    params: { station: station.id },
    query: language ? { language } : {},
  });
  const recordings = answer.data;
  return (
    <Page title={words.title}>
      <ContentTabs />
      {station.may('record') && <Adding />}
      <ProblemNote problem={answer.data ? null : answer.error} retry={() => void answer.refetch()} />
      {!recordings && !answer.error && <Loading />}
      {recordings?.length === 0 && language === '' && <Empty title={words.emptyTitle} text={words.emptyText} />}
      {recordings && (recordings.length > 0 || language !== '') && (
        <>
          <LanguageFilter language={language} onChange={setLanguage} />
          <RecordingList recordings={recordings} />
        </>
      )}
    </Page>
  );
}

/** Picked files get a name and a language, then go out; what is under way is shown until the hub has it. */
function Adding() {
  const words = useWords().recordings;
  const station = useStation();
  const uploads = useUploads();
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const [first] = heardLanguages(useZones());
  const pick = (files: File[]) =>
    setPicked((before) => [
      ...before,
      ...files.map((file) => ({ id: newId(), file, name: nameOfFile(file), language: before.at(-1)?.language ?? first ?? 'vi' })),
    ]);
  const change = (id: string, part: Partial<Picked>) =>
    setPicked((before) => before.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const drop = (id: string) => setPicked((before) => before.filter((one) => one.id !== id));
  const send = (one: Picked) => {
    drop(one.id);
    uploads.send({ ...one, station: station.id });
  };
  return (
    <>
      <FileDrop onFiles={pick} />
      <ul className={css.list}>
        {picked.map((one) => (
          <li key={one.id} className={css.item}>
            <form
              className={css.fields}
              onSubmit={(event) => {
                event.preventDefault();
                send(one);
              }}
            >
              <TextInput
                label={words.name}
                value={one.name}
                maxLength={200}
                required
                onChange={(event) => change(one.id, { name: event.currentTarget.value })}
              />
              <LanguageChoice label={words.language} value={one.language} onChange={(tag) => change(one.id, { language: tag })} />
              <div className={css.buttons}>
                <Button type="submit">{words.upload}</Button>
                <Button variant="default" onClick={() => drop(one.id)}>
                  {words.forget}
                </Button>
              </div>
            </form>
          </li>
        ))}
        {uploads.list.map((one) => (
          <UploadRow key={one.upload.id} one={one} uploads={uploads} />
        ))}
      </ul>
      {uploads.list.some(({ state }) => state !== 'failed') && <p className={css.hint}>{words.keepOpen}</p>}
    </>
  );
}

function LanguageFilter({ language, onChange }: { language: string; onChange(language: string): void }) {
  const words = useWords().recordings;
  const { languageName } = useFormat();
  const tags = ['', ...heardLanguages(useZones())];
  if (tags.length < 3) return null;
  return (
    <fieldset className={css.filter}>
      <legend className={css.legend}>{words.language}</legend>
      {tags.map((tag) => (
        <Button key={tag} variant={tag === language ? 'filled' : 'default'} aria-pressed={tag === language} onClick={() => onChange(tag)}>
          {tag === '' ? words.allLanguages : languageName(tag)}
        </Button>
      ))}
    </fieldset>
  );
}

function RecordingList({ recordings }: { recordings: readonly Recording[] }) {
  const words = useWords().recordings;
  const [shown, setShown] = useState(PAGE);
  return (
    <>
      <ul className={css.list}>
        {recordings.slice(0, shown).map((recording) => (
          <RecordingItem key={recording.id} recording={recording} />
        ))}
      </ul>
      {recordings.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + PAGE)}>
          {words.more}
        </Button>
      )}
    </>
  );
}
