/** Changing one's own password; other devices are signed out. */
import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSend } from '../api/hub.ts';
import { useMe } from '../session/me.tsx';
import { useFaults } from '../ui/faults.ts';
import { ProblemNote, Section } from '../ui/page.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { useWords } from '../words/index.tsx';
import css from './settings.module.css';

export function OwnPassword() {
  const words = useWords().settings.password;
  const { person } = useMe();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [done, setDone] = useState(false);
  const { send, sending, problem } = useSend('PUT /api/me/password');
  // the hub speaks of the new password; a wrong old one is wrong credentials
  const faults = useFaults(problem, { password: words.new, new: words.new, old: words.old });
  const change = async (event: FormEvent) => {
    event.preventDefault();
    setDone(false);
    if (!(await send({ body: { old, new: next } }))) return;
    setOld('');
    setNext('');
    setDone(true);
  };
  return (
    <Section title={words.title}>
      <form ref={faults.form} className={css.form} onSubmit={change}>
        <input type="text" hidden readOnly autoComplete="username" value={person.login ?? ''} />
        <PasswordInput
          label={words.old}
          {...faults.at('old')}
          value={old}
          onChange={(event) => setOld(event.currentTarget.value)}
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={words.new}
          {...faults.at('password')}
          description={words.newHelp}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          autoComplete="new-password"
          required
          withAsterisk={false}
        />
        <ProblemNote problem={faults.rest} />
        <div role="status">{done && <StateMark state="aired">{words.done}</StateMark>}</div>
        <div className={css.buttons}>
          <Button type="submit" variant="default" loading={sending}>
            {words.action}
          </Button>
        </div>
      </form>
    </Section>
  );
}
