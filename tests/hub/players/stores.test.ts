/** The rooms for players on both databases: one road through everything they write. */
import { newId } from '@tieng-loa/protocol/ids.ts';
import type { Player } from '@tieng-loa/protocol/views.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Postgres, startPostgres } from '../../support/postgres.ts';
import { playerKeys } from './support/crypto.ts';
import { report, sealed, sealedUnchecked, startLongAgo, status } from './support/reports.ts';
import { dateBack, ears, openWorld, say, schedule, settled, until, type World } from './support/world.ts';

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  let postgres: Postgres | null = null;
  let world: World;
  beforeAll(async () => {
    if (kind === 'postgres') postgres = await startPostgres();
    world = await openWorld(postgres ? { store: { kind: 'postgres', url: postgres.url } } : {});
  });
  afterAll(async () => {
    await world.close();
    await postgres?.close();
  });

  test('a player enrols, is told its plan, says how it is, reports, and is revoked', async () => {
    const who = await world.enrolled();
    const client = world.connect(who);
    const heard = ears(client, { player: who.player, station: world.station });
    expect(await settled(client)).toBe('connected');
    await heard.ready;
    const audio = await world.addRendering(Buffer.from('audio'));
    const broadcast = await schedule(world, audio, { kind: 'once', at: Date.now() + 3_600_000 });
    await until('its plan', () => heard.of('pointer').length > 1);
    await say(client, 'presence', who.player, { player: who.player, boot: newId(), online: true });
    const revision = (await world.database.selectFrom('pointers').select('revision').executeTakeFirstOrThrow()).revision;
    const plan = { revision, body: 'ab'.repeat(32), hardExpiresAt: 1 };
    for (const volume of [40, 50]) await say(client, 'status', who.player, status(who.player, { volume, plan }));
    const view = async (): Promise<Player> =>
      (
        (await world.room.handlers['GET /api/stations/:station/players']({
          ...world.asked,
          params: { station: world.station },
        } as never)) as Player[]
      )[0]!;
    await until('its status', async () => (await view()).status?.volume === 50);
    expect(await view()).toMatchObject({ id: who.player, state: 'here', plan: { revision, followed: true }, zones: [world.zones[0]] });
    await dateBack(world, broadcast);
    const one = report({ player: who.player, station: world.station, broadcast });
    for (const result of ['aired', 'missed'] as const) {
      const count = heard.of('receipt').length;
      await say(client, 'report', who.player, sealed({ ...one, result }, who.sealKey));
      await until('the receipt', () => heard.of('receipt').length > count);
    }
    const rows = await world.database.selectFrom('airings').select(['id', 'result', 'plannedAt']).execute();
    expect(rows).toEqual([{ id: one.id, result: 'aired', plannedAt: one.plannedAt }]);
    const forged = {
      ...report({ player: who.player, station: world.station, broadcast }, { plannedAt: startLongAgo(1) }),
      title: 'a\u0000b',
    };
    const next = report({ player: who.player, station: world.station, broadcast }, { plannedAt: startLongAgo(2) });
    const before = heard.of('receipt').length;
    await say(client, 'report', who.player, sealedUnchecked(forged, who.sealKey));
    await say(client, 'report', who.player, sealed(next, who.sealKey));
    await until('a NUL in one report does not stop the next', async () => {
      const stored = await world.database.selectFrom('airings').select('id').where('id', '=', next.id).executeTakeFirst();
      return stored !== undefined && heard.of('receipt').length > before;
    });
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    await world.room.handlers['DELETE /api/players/:player']({ ...world.asked, params: { player: who.player } } as never);
    await closed;
    await world.room.planner.idle();
    expect(await world.database.selectFrom('pointers').selectAll().execute()).toEqual([]);
    expect(await view()).toMatchObject({ state: 'revoked' });
  });

  test('wrong codes are counted, the right one is good once', async () => {
    const code = await world.codeFor(await world.makePlayer());
    const keys = await playerKeys();
    await expect(world.enrol(`0${code.slice(1)}`.replace(/^(....)-..../, '$1-0000'), keys)).rejects.toThrow(/code-wrong/);
    await world.enrol(code, keys);
    await expect(world.enrol(code, keys)).rejects.toThrow(/code-spent/);
  });
});
