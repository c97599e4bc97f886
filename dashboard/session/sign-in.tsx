/** Signing in with name and password. It stands in place of whatever page was asked for, and leads back there. */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSend } from '../api/hub.ts';
import { useFaults } from '../ui/faults.ts';
import { ProblemNote } from '../ui/page.tsx';
import { useWords } from '../words/index.tsx';
import { Door } from './door.tsx';
import { useEntering } from './enter.ts';

export function SignIn() {
  const { signIn: words, link } = useWords().session;
  const enter = useEntering();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const { send, sending, problem } = useSend('POST /api/session');
  const signIn = async (event: FormEvent) => {
    event.preventDefault();
    const me = await send({ body: { login: login.trim().toLowerCase(), password } });
    if (me) enter(me);
  };
  const faults = useFaults(problem, { login: words.login, password: words.password }, { login: link.loginFault });
  return (
    <Door title={words.title}>
      <form ref={faults.form} onSubmit={signIn}>
        <TextInput
          label={words.login}
          {...faults.at('login')}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={words.password}
          {...faults.at('password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <ProblemNote problem={faults.rest} />
        <Button type="submit" fullWidth loading={sending}>
          {words.action}
        </Button>
      </form>
      <p>{words.help}</p>
    </Door>
  );
}
