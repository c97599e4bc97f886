/** A one-time link: the first administrator with the station, an invitation, or a sign-in. Nothing is used up before the press. */

import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { Link as OneTimeLink } from '@tieng-loa/protocol/people.ts';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { useAnswer, useSend } from '../api/hub.ts';
import { useDraft } from '../ui/draft.ts';
import { useFaults } from '../ui/faults.ts';
import { Loading } from '../ui/loading.tsx';
import { ProblemNote } from '../ui/page.tsx';
import { useWords } from '../words/index.tsx';
import { Door } from './door.tsx';
import { useEntering } from './enter.ts';

export function LinkPage({ token }: { token: string }) {
  const words = useWords().session.link;
  const { data: link, error, refetch } = useAnswer('GET /api/links/:link', { params: { link: token } });
  if (link) return <Form link={link} token={token} />;
  if (!error) return <Loading />;
  return (
    <Door title={error.code === 'unreachable' ? words.enter : words.spent}>
      <ProblemNote problem={error} {...(error.code === 'unreachable' ? { retry: () => void refetch() } : {})} />
      <Button component={Link} to="/" variant="default">
        {words.toSignIn}
      </Button>
    </Door>
  );
}

const titleOf = (words: ReturnType<typeof useWords>['session']['link'], link: OneTimeLink) =>
  ({
    first: { title: words.first, lead: words.firstLead },
    invite: { title: words.invite(link.name ?? ''), lead: words.inviteLead(link.stationName ?? '') },
    'sign-in': { title: words.signIn(link.name ?? ''), lead: words.signInLead },
  })[link.purpose];

function Form({ link, token }: { link: OneTimeLink; token: string }) {
  const words = useWords().session.link;
  const enter = useEntering();
  const [draft, setDraft, forget] = useDraft(`link.${link.purpose}`, { stationName: '', name: link.name ?? '', login: link.login ?? '' });
  const [password, setPassword] = useState('');
  const { send, sending, problem } = useSend('POST /api/links/:link');
  const makes = link.purpose !== 'sign-in';

  const use = async (event: FormEvent) => {
    event.preventDefault();
    const me = await send({
      params: { link: token },
      body: {
        ...(makes ? { name: draft.name.trim(), login: draft.login.trim().toLowerCase() } : {}),
        ...(password === '' ? {} : { password }),
        ...(link.purpose === 'first' ? { stationName: draft.stationName.trim() } : {}),
      },
    });
    if (!me) return;
    forget();
    enter(me);
  };
  const { stationName, name, login, password: passwordLabel } = words;
  const faults = useFaults(problem, { stationName, name, login, password: passwordLabel }, { login: words.loginFault });
  const field = (key: keyof typeof draft) => ({
    value: draft[key],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setDraft((before) => ({ ...before, [key]: value }));
    },
    required: true,
    withAsterisk: false,
    ...faults.at(key),
  });
  return (
    <Door {...titleOf(words, link)}>
      <form ref={faults.form} onSubmit={use}>
        {link.purpose === 'first' && (
          <TextInput label={words.stationName} description={words.stationExample} maxLength={120} {...field('stationName')} />
        )}
        {makes && (
          <>
            <TextInput label={words.name} autoComplete="name" maxLength={120} {...field('name')} />
            <TextInput
              label={words.login}
              description={words.loginHelp}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={40}
              {...field('login')}
            />
            <PasswordInput
              label={words.password}
              {...faults.at('password')}
              description={words.passwordHelp}
              autoComplete="new-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              required
              withAsterisk={false}
            />
          </>
        )}
        <ProblemNote problem={faults.rest} />
        <Button type="submit" fullWidth loading={sending}>
          {link.purpose === 'first' ? words.begin : words.enter}
        </Button>
      </form>
    </Door>
  );
}
