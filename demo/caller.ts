/** A person at the API: signs in through a one-time link and then calls routes of the table by name. */
import { type Client, client } from '@tieng-loa/protocol/client.ts';
import type { Me } from '@tieng-loa/protocol/people.ts';

export interface Caller {
  me: Me;
  call: Client;
}

export interface LinkAnswers {
  name?: string;
  login?: string;
  password?: string;
  stationName?: string;
}

/** Uses a one-time link up. @returns the person it signed in. */
export async function signInBy(link: string, answers: LinkAnswers, language: string): Promise<Caller> {
  const { origin, pathname } = new URL(link);
  const token = decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1));
  let cookie = '';
  let csrf = '';
  const call = client({
    base: origin,
    headers: () => ({ 'accept-language': language, ...(cookie ? { cookie } : {}), ...(csrf ? { 'x-csrf': csrf } : {}) }),
    fetch: async (url, init) => {
      const answer = await fetch(url, init);
      for (const line of answer.headers.getSetCookie()) cookie = line.slice(0, line.indexOf(';'));
      return answer;
    },
  });
  const me = await call('POST /api/links/:link', { params: { link: token }, body: answers });
  csrf = me.csrf;
  return { me, call };
}
