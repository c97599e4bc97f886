/** Cài đặt: the station, its places, its people, and one's own password. */
import { Button, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useSend } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { useDraft } from '../ui/draft.ts';
import { useFaults } from '../ui/faults.ts';
import { Page, ProblemNote, Section } from '../ui/page.tsx';
import { useWords } from '../words/index.tsx';
import { OwnPassword } from './own-password.tsx';
import { People } from './people.tsx';
import css from './settings.module.css';
import { Zones } from './zones.tsx';

export function SettingsPage() {
  const words = useWords().settings;
  const administers = useStation().may('administer');
  return (
    <Page title={words.title}>
      {administers && (
        <>
          <Zones />
          <People />
          <StationName />
        </>
      )}
      <OwnPassword />
    </Page>
  );
}

function StationName() {
  const words = useWords();
  const station = useStation();
  const [name, setName, forget] = useDraft(`station.${station.id}`, station.name);
  const { send, sending, problem } = useSend('PUT /api/stations/:station');
  const faults = useFaults(problem, { name: words.settings.station.name });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (await send({ params: { station: station.id }, body: { name: name.trim() } })) forget();
  };
  return (
    <Section title={words.settings.station.title}>
      <form ref={faults.form} className={css.form} onSubmit={save}>
        <TextInput
          label={words.settings.station.name}
          {...faults.at('name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={120}
          required
          withAsterisk={false}
        />
        <ProblemNote problem={faults.rest} />
        <div className={css.buttons}>
          <Button type="submit" loading={sending} disabled={name.trim() === station.name}>
            {words.shell.save}
          </Button>
        </div>
      </form>
    </Section>
  );
}
