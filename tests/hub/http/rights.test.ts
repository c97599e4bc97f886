import { type Api, api, type RouteName, type Who } from '@tieng-loa/protocol/api.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { ROLES, type Role, type Verb } from '@tieng-loa/protocol/people.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onEachStore } from '../stores.ts';
import { type Door, openDoor, REACHED, type Visitor } from './door.ts';
import { thingsIn } from './things.ts';

/** trust.md, "People", written out once more: whoever changes the hub's table changes this one knowingly. */
const RIGHT: Readonly<Record<Verb, readonly Role[]>> = {
  see: ROLES,
  record: ['editor', 'contributor'],
  compose: ['editor'],
  approve: ['approver'],
  schedule: ['editor'],
  stop: ['editor', 'approver', 'keeper'],
  operate: ['technician'],
  administer: ['administrator'],
};
const rows = Object.entries(api) as Array<[RouteName, Api[RouteName]]>;
const isVerb = (who: Who): who is Verb => who !== 'anyone' && who !== 'signed-in';
const guarded = rows.filter(([, row]) => isVerb(row.who)).map(([name, row]) => [name, row.who as Verb] as const);

onEachStore('every route', (store) => {
  let door: Door;
  let station: string;
  let elsewhere: string;
  let things: Record<string, string>;
  const here = new Map<Role, Visitor>();
  const there = new Map<Role, Visitor>();
  let hubAdministrator: Visitor;
  let nobody: Visitor;

  beforeAll(async () => {
    door = await openDoor(store());
    station = await door.station();
    elsewhere = await door.station('xã Nà Hỳ');
    things = { station, person: newId(), link: 'x', ...(await thingsIn(store(), station)) };
    for (const role of ROLES) {
      here.set(role, await door.visitor(role, station));
      there.set(role, await door.visitor(role, elsewhere));
    }
    hubAdministrator = await door.visitor('administrator', '');
    nobody = await door.visitor(null, '');
  });
  afterAll(() => door.close());

  const pathOf = (name: string, ids = things): string => name.replace(/:(\w+)/g, (_, key: string) => ids[key]!);
  /** @returns the code of the answer; `passed` where the guard let the request through. */
  const codeOf = async (visitor: Visitor | null, name: string, ids = things): Promise<string> => {
    const stop = new AbortController();
    const [method] = name.split(' ');
    const body =
      method === 'GET' ? {} : name.includes('/recordings/') && method === 'PUT' ? { body: Buffer.from('sound') } : { body: '{}' };
    const answer = await door.ask(visitor, pathOf(name, ids), { ...body, signal: stop.signal });
    if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
      stop.abort();
      return 'passed';
    }
    const { code } = (await answer.json()) as { code: string };
    return code === REACHED || code === 'bad-input' ? 'passed' : code;
  };

  test.each(rows.map(([name, row]) => [name, row.who] as const))('%s asks a guest for the session (%s)', async (name, who) => {
    expect(await codeOf(null, name)).toBe(who === 'anyone' ? 'passed' : 'not-signed-in');
  });

  test.each(guarded)('%s is for the roles that may %s', async (name, verb) => {
    for (const role of ROLES)
      expect([role, await codeOf(here.get(role)!, name)]).toEqual([role, RIGHT[verb].includes(role) ? 'passed' : 'not-allowed']);
  });

  test.each(guarded)('%s of another station is not found, whatever the role there', async (name) => {
    for (const role of ROLES) expect([role, await codeOf(there.get(role)!, name)]).toEqual([role, 'not-found']);
    expect(await codeOf(nobody, name)).toBe('not-found');
  });

  test.each(guarded)('%s: who administers the hub sees and administers every station, and does nothing else there', async (name, verb) => {
    expect(await codeOf(hubAdministrator, name)).toBe(verb === 'see' || verb === 'administer' ? 'passed' : 'not-allowed');
  });

  test.each(guarded)('%s of a thing that is not there is not found', async (name) => {
    const unknown = Object.fromEntries(Object.keys(things).map((key) => [key, newId()]));
    const makesStation = name === 'PUT /api/stations/:station';
    expect(await codeOf(hubAdministrator, name, unknown)).toBe(makesStation ? 'passed' : 'not-found');
    expect(await codeOf(here.get('administrator')!, name, unknown)).toBe('not-found');
  });

  test.each(rows.filter(([name, row]) => row.who !== 'anyone' && !name.startsWith('GET')).map(([name]) => name))(
    '%s needs the CSRF token and the own origin',
    async (name) => {
      const { cookie } = nobody;
      const codes = [];
      for (const headers of [
        { cookie },
        { cookie, 'x-csrf': 'guessed' },
        { cookie, 'x-csrf': nobody.csrf, origin: 'https://evil.example' },
        { cookie, 'x-csrf': nobody.csrf, 'sec-fetch-site': 'cross-site' },
      ])
        codes.push(
          ((await (await door.ask(null, pathOf(name), { headers: headers as Record<string, string> })).json()) as { code: string }).code,
        );
      expect(codes).toEqual(Array(4).fill('wrong-origin'));
    },
  );
});
