/** Signing in with name and password. It stands in place of whatever page was asked for, and leads back there. */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { meKey, useSend } from '../api/hub.ts';
import { ProblemNote } from '../ui/page.tsx';
import { useWords } from '../words/index.tsx';
import { Door } from './door.tsx';

export function SignIn() {
  const words = useWords().session.signIn;
  const store = useQueryClient();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const { send, sending, problem } = useSend('POST /api/session');
  const signIn = async (event: FormEvent) => {
    event.preventDefault();
    const me = await send({ body: { login: login.trim().toLowerCase(), password } });
    if (!me) return;
    store.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });
    store.setQueryData(meKey, me);
  };
  return (
    <Door title={words.title}>
      <form onSubmit={signIn}>
        <TextInput
          label={words.login}
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
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <ProblemNote problem={problem} />
        <Button type="submit" fullWidth loading={sending}>
          {words.action}
        </Button>
      </form>
      <p>{words.help}</p>
    </Door>
  );
}
