import { changeStream } from '@tieng-loa/hub/changes.ts';
import type { Actor } from '@tieng-loa/hub/http/handler.ts';
import { LINK_MS, LOCK_MS, SESSION_IDLE_MS, SESSION_LONGEST_MS, SESSIONS_PER_PERSON } from '@tieng-loa/hub/limits.ts';
import { jsonLog } from '@tieng-loa/hub/log.ts';
import { openAccounts } from '@tieng-loa/hub/people/accounts.ts';
import { attemptCounter } from '@tieng-loa/hub/people/attempts.ts';
import { makeLink, openLinks } from '@tieng-loa/hub/people/links.ts';
import { passwordReckoner } from '@tieng-loa/hub/people/passwords.ts';
import { administersHub, can } from '@tieng-loa/hub/people/roles.ts';
import { openRoster } from '@tieng-loa/hub/people/roster.ts';
import { openSessions, type Session } from '@tieng-loa/hub/people/sessions.ts';
import { meView } from '@tieng-loa/hub/people/views.ts';
import type { Database } from '@tieng-loa/hub/store/database.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';
import { MINUTE } from '@tieng-loa/protocol/limits.ts';
import type { Grant } from '@tieng-loa/protocol/people.ts';
import { expect, test } from 'vitest';
import { handClock } from '../clock.ts';
import { onEachStore } from '../stores.ts';

const PASSWORD = 'bốn mùa ở bản';

function openPeople(database: Database) {
  const clock = handClock();
  const changes = changeStream();
  const sessions = openSessions({ database, clock });
  const used: string[] = [];
  const needs = {
    database,
    clock,
    changes,
    sessions,
    passwords: passwordReckoner(),
    attempts: attemptCounter(clock),
    log: jsonLog('silent', clock, () => {}),
    firstUsed: async () => void used.push('first'),
  };
  return { clock, changes, sessions, used, accounts: openAccounts(needs), links: openLinks(needs), roster: openRoster(needs) };
}
type People = ReturnType<typeof openPeople>;

const code = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (problem) => problem.code ?? problem,
  );
const actorOf = (session: Session): Actor => ({
  id: session.person,
  name: session.name,
  session: session.id,
  may: (verb, station) => can(session.grants, verb, station),
  administersHub: administersHub(session.grants),
});

/** The stores keep what tests before left: each test begins without people. */
async function empty(database: Database): Promise<People> {
  for (const table of ['people', 'grants', 'sessions', 'links', 'stations', 'audit'] as const) await database.deleteFrom(table).execute();
  return openPeople(database);
}

async function begin(database: Database) {
  const people = await empty(database);
  const { token } = await makeLink(database, 'first', null, people.clock.now());
  const first = await people.links.use(token, { name: 'Mai', login: 'mai', password: PASSWORD, stationName: 'xã Quảng Lâm' });
  const session = (await people.sessions.find(first))!;
  const station = (await database.selectFrom('stations').select('id').executeTakeFirstOrThrow()).id;
  const mai = actorOf(session);
  const join = async (login: string, grants: Grant[], by: Actor = mai, at = station) => {
    const person = newId();
    await people.roster.put({ station: at, person, actor: by, edit: { name: login, organisation: '', grants, disabled: false } });
    const link = await people.roster.link({ station: at, person, actor: by });
    const joined = await people.links.use(link.token, { login, password: PASSWORD });
    return { person, token: joined, actor: actorOf((await people.sessions.find(joined))!) };
  };
  return { ...people, station, mai, first, session, firstLink: token, join };
}

onEachStore('people', (store) => {
  test('the first administrator names a station and may do everything there, and nobody uses that link again', async () => {
    const { links, session, firstLink, used, station } = await begin(store());
    const me = await meView(store(), session);
    expect(me.stations).toEqual([
      { id: station, name: 'xã Quảng Lâm', may: ['see', 'record', 'compose', 'approve', 'schedule', 'stop', 'operate', 'administer'] },
    ]);
    expect(me.person.grants).toContainEqual({ station: null, role: 'administrator' });
    expect(used).toEqual(['first']);
    expect(await code(links.look(firstLink))).toBe('link-spent');
    const { token } = await makeLink(store(), 'first', null, Date.now());
    expect(await code(links.use(token, { name: 'x', login: 'xx', password: PASSWORD, stationName: 'x' }))).toBe('link-spent');
  });

  test('two presses on one link make one person', async () => {
    const { links, clock } = await empty(store());
    const { token } = await makeLink(store(), 'first', null, clock.now());
    const answers = { name: 'Mai', login: 'mai', password: PASSWORD, stationName: 'xã Quảng Lâm' };
    const both = await Promise.all([code(links.use(token, answers)), code(links.use(token, answers))]);
    expect(both.sort()).toEqual(['done', 'link-spent']);
    expect(await store().selectFrom('people').select('id').execute()).toHaveLength(1);
  });

  test('a link that asks for more names the field and stays good; an old one does not', async () => {
    const { links, clock } = await empty(store());
    const { token } = await makeLink(store(), 'first', null, clock.now());
    await expect(links.use(token, { name: 'Mai', login: 'mai', password: PASSWORD })).rejects.toMatchObject({
      code: 'bad-input',
      facts: { field: 'stationName' },
    });
    expect(await code(links.use(token, { name: 'Mai', login: 'mai', password: 'ngắn', stationName: 'x' }))).toBe('weak-password');
    expect((await links.look(token)).purpose).toBe('first');
    clock.pass(LINK_MS);
    expect(await code(links.look(token))).toBe('link-spent');
  });

  test('a person is invited, chooses a name and a password, and signs in with them however the signs are composed', async () => {
    const { join, accounts, station } = await begin(store());
    const { actor } = await join('vang.a.sua', [{ station, role: 'contributor' }]);
    expect(actor.may('record', station)).toBe(true);
    expect(actor.may('approve', station)).toBe(false);
    const signIn = (password: string) => accounts.signIn({ login: 'vang.a.sua', password, address: '::1' });
    expect(await code(signIn(PASSWORD.normalize('NFD')))).toBe('done');
    expect(await code(signIn(`${PASSWORD}.`))).toBe('wrong-credentials');
  });

  test('a new link makes the old one void, and a taken name is told', async () => {
    const { roster, links, mai, station } = await begin(store());
    const person = newId();
    await roster.put({
      station,
      person,
      actor: mai,
      edit: { name: 'Sùng', organisation: 'Đồn', grants: [{ station, role: 'auditor' }], disabled: false },
    });
    const [old, fresh] = [await roster.link({ station, person, actor: mai }), await roster.link({ station, person, actor: mai })];
    expect(await code(links.look(old.token))).toBe('link-spent');
    expect(await links.look(fresh.token)).toEqual({ purpose: 'invite', name: 'Sùng', login: null, stationName: 'xã Quảng Lâm' });
    expect(await code(links.use(fresh.token, { login: 'mai', password: PASSWORD }))).toBe('name-taken');
    expect(await code(links.use(fresh.token, { login: 'sung', password: PASSWORD }))).toBe('done');
  });

  test('a session ends after half an hour without use, and after twelve hours whatever is done', async () => {
    const { sessions, clock, first } = await begin(store());
    clock.pass(SESSION_IDLE_MS - MINUTE);
    expect(await sessions.find(first)).not.toBeNull();
    clock.pass(SESSION_IDLE_MS - MINUTE);
    expect(await sessions.find(first)).not.toBeNull();
    clock.pass(SESSION_IDLE_MS);
    expect(await sessions.find(first)).toBeNull();
    const token = await sessions.start((await store().selectFrom('people').select('id').executeTakeFirstOrThrow()).id);
    for (let passed = 0; passed < SESSION_LONGEST_MS - 20 * MINUTE; passed += 20 * MINUTE) {
      clock.pass(20 * MINUTE);
      expect(await sessions.find(token)).not.toBeNull();
    }
    clock.pass(20 * MINUTE);
    expect(await sessions.find(token)).toBeNull();
    await sessions.removeEnded();
    expect(await store().selectFrom('sessions').select('id').execute()).toEqual([]);
  });

  test('a disabled person’s session is gone at the next request, and what watches it is told', async () => {
    const { join, roster, sessions, mai, station } = await begin(store());
    const { person, token } = await join('sua', [{ station, role: 'editor' }]);
    const { id } = (await sessions.find(token))!;
    const told = new Promise<void>((resolve) => sessions.watch(id, resolve));
    await roster.put({
      station,
      person,
      actor: mai,
      edit: { name: 'sua', organisation: '', grants: [{ station, role: 'editor' }], disabled: true },
    });
    await told;
    expect(await sessions.find(token)).toBeNull();
  });

  test('only so many sessions of one person stay', async () => {
    const { sessions, mai, clock, first } = await begin(store());
    for (let i = 0; i < SESSIONS_PER_PERSON; i += 1) {
      clock.pass(1000);
      await sessions.start(mai.id);
    }
    expect(await sessions.find(first)).toBeNull();
    expect(await store().selectFrom('sessions').select('id').execute()).toHaveLength(SESSIONS_PER_PERSON);
  });

  test('a new password ends the other sessions and needs the old one', async () => {
    const { accounts, sessions, mai, first } = await begin(store());
    const other = await sessions.start(mai.id);
    const change = (old: string, next: string) =>
      accounts.changePassword({ person: mai.id, session: mai.session, old, new: next, address: '::1' });
    expect(await code(change('không phải thế', 'một câu khác hẳn'))).toBe('wrong-credentials');
    expect(await code(change(PASSWORD, 'ngắn'))).toBe('weak-password');
    expect(await code(change(PASSWORD, 'một câu khác hẳn'))).toBe('done');
    expect([await sessions.find(first), await sessions.find(other)].map(Boolean)).toEqual([true, false]);
  });

  test('too many wrong tries lock a name, whether it exists or not, with the same answer', async () => {
    const { accounts, clock } = await begin(store());
    const tries = async (login: string) => {
      const codes = [];
      for (let i = 0; i < 11; i += 1) codes.push(await code(accounts.signIn({ login, password: 'sai', address: `10.0.0.${i}` })));
      return codes;
    };
    const real = await tries('mai');
    expect(real).toEqual([...Array(10).fill('wrong-credentials'), 'locked']);
    expect(await tries('nobody')).toEqual(real);
    expect(await code(accounts.signIn({ login: 'mai', password: PASSWORD, address: '10.0.0.1' }))).toBe('locked');
    clock.pass(LOCK_MS);
    expect(await code(accounts.signIn({ login: 'mai', password: PASSWORD, address: '10.0.0.1' }))).toBe('done');
  });

  test('tries made at once count as many as tries made one by one', async () => {
    const { accounts } = await begin(store());
    const tries = Array.from({ length: 30 }, (_, i) => code(accounts.signIn({ login: 'mai', password: 'sai', address: `10.0.1.${i}` })));
    const codes = await Promise.all(tries);
    expect(codes.filter((it) => it === 'wrong-credentials')).toHaveLength(10);
    expect(codes.filter((it) => it === 'locked')).toHaveLength(20);
  });

  test('an address that tries many names is locked, and others are not', async () => {
    const { accounts } = await begin(store());
    const from = (address: string, login: string, password = 'sai') => code(accounts.signIn({ login, password, address }));
    for (let i = 0; i < 50; i += 1) await from('10.9.9.9', `name${i}`);
    expect(await from('10.9.9.9', 'mai', PASSWORD)).toBe('locked');
    expect(await from('10.9.9.8', 'mai', PASSWORD)).toBe('done');
  });

  test('a sign-in link opens a locked name again', async () => {
    const { accounts, links, clock, mai, sessions } = await begin(store());
    for (let i = 0; i < 10; i += 1) await code(accounts.signIn({ login: 'mai', password: 'sai', address: '::1' }));
    const { token } = await makeLink(store(), 'sign-in', mai.id, clock.now());
    expect((await sessions.find(await links.use(token, {})))?.person).toBe(mai.id);
    expect(await code(accounts.signIn({ login: 'mai', password: PASSWORD, address: '::1' }))).toBe('done');
  });

  test('the last administrator stays', async () => {
    const { roster, mai, station, join } = await begin(store());
    const edit = { name: 'Mai', organisation: '', grants: [] as Grant[], disabled: false };
    const put = (change: Partial<typeof edit>) => code(roster.put({ station, person: mai.id, actor: mai, edit: { ...edit, ...change } }));
    expect(await put({})).toBe('last-administrator');
    expect(await put({ grants: [{ station: null, role: 'administrator' }], disabled: true })).toBe('last-administrator');
    await join('lan', [{ station: null, role: 'administrator' }]);
    expect(await put({})).toBe('done');
  });

  test('an administrator of one station can neither raise nor become somebody beyond it', async () => {
    const { roster, join, mai, station } = await begin(store());
    const other = newId();
    await store().insertInto('stations').values({ id: other, name: 'xã Nà Hỳ', timeZone: 'Asia/Ho_Chi_Minh', createdAt: 0 }).execute();
    const { actor: local } = await join('local', [{ station, role: 'administrator' }]);
    const { person: both } = await join('both', [
      { station, role: 'editor' },
      { station: other, role: 'administrator' },
    ]);
    const put = (person: string, change: { grants: Grant[]; name?: string; disabled?: boolean }) =>
      code(
        roster.put({
          station,
          person,
          actor: local,
          edit: { name: person === both ? 'both' : 'Mai', organisation: '', disabled: false, ...change },
        }),
      );
    expect(await code(roster.link({ station, person: mai.id, actor: local }))).toBe('not-allowed');
    expect(await code(roster.link({ station, person: both, actor: local }))).toBe('not-allowed');
    expect(await put(local.id, { name: 'local', grants: [{ station: null, role: 'administrator' }] })).toBe('not-allowed');
    expect(await put(newId(), { grants: [{ station: other, role: 'editor' }] })).toBe('not-allowed');
    expect(await put(both, { grants: [], name: 'renamed' })).toBe('not-allowed');
    expect(await put(both, { grants: [], disabled: true })).toBe('not-allowed');
    // within the own station it may change what somebody does there, and what is held elsewhere stays
    expect(await put(both, { grants: [{ station, role: 'auditor' }] })).toBe('done');
    const held = await store().selectFrom('grants').select(['station', 'role']).where('person', '=', both).orderBy('role').execute();
    expect(held).toEqual([
      { station: other, role: 'administrator' },
      { station, role: 'auditor' },
    ]);
    expect((await roster.people(station, local)).find((person) => person.id === both)?.grants).toEqual([{ station, role: 'auditor' }]);
  });

  test('who did what is written down, without secrets', async () => {
    const { join, station } = await begin(store());
    await join('sua', [{ station, role: 'editor' }]);
    const deeds = await store().selectFrom('audit').selectAll().orderBy('id').execute();
    expect(deeds.map((deed) => deed.action)).toEqual(['link.first', 'person.invite', 'person.link', 'link.invite']);
    expect(JSON.stringify(deeds)).not.toContain(PASSWORD);
  });
});
