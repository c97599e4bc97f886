/** A hub that dies at the worst moment loses nothing and doubles nothing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { receiptKind } from '@tieng-loa/protocol/report.ts';
import { open, trustedKeys } from '@tieng-loa/protocol/seal.ts';
import mqtt from 'mqtt';
import { expect, test } from 'vitest';
import { report, sealed } from './support/reports.ts';
import { dateBack, ears, openWorld, say, schedule, settled, until } from './support/world.ts';

test('killed between storing a report and receipting it, the hub receipts the report when it comes again, and has it once', async () => {
  const before = await openWorld();
  const who = await before.enrolled();
  const audio = await before.addRendering(Buffer.from('audio'));
  const broadcast = await schedule(before, audio, { kind: 'once', at: Date.now() + 3_600_000 });
  await dateBack(before, broadcast);
  await before.room.planner.idle();
  await before.close({ keep: true });

  const child = spawn(process.execPath, [`${import.meta.dirname}/support/killed-hub.ts`, before.folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const client = mqtt.connect(`mqtts://localhost:${Number(line)}`, {
    ...{
      clientId: who.player,
      ca: before.authority.certificate,
      cert: who.certificate,
      key: who.tlsKey,
      reconnectPeriod: 0,
      keepalive: 30,
    },
  });
  const early = ears(client, { player: who.player, station: before.station });
  await settled(client);
  await early.ready;
  const one = sealed(report({ player: who.player, station: before.station, broadcast }), who.sealKey);
  const exited = once(child, 'exit');
  void say(client, 'report', who.player, one).catch(() => {});
  expect((await exited)[1]).toBe('SIGKILL');
  expect(early.of('receipt')).toEqual([]);
  await client.endAsync(true);

  const after = await openWorld({ folder: before.folder });
  const rows = () => after.database.selectFrom('airings').selectAll().where('player', '=', who.player).execute();
  const stored = await rows();
  expect(stored).toHaveLength(1);
  const again = after.connect(who);
  const heard = ears(again, { player: who.player, station: after.station });
  await settled(again);
  await heard.ready;
  await say(again, 'report', who.player, one);
  await until('the receipt', () => heard.of('receipt').length > 0);
  const receipt = open(receiptKind, heard.of('receipt')[0]!, trustedKeys(after.keys.schedule.publicKey)).document;
  expect(receipt.accepted).toEqual([stored[0]!.id]);
  expect(await rows()).toEqual(stored);
  await again.endAsync(true);
  await after.close();
}, 60_000);
