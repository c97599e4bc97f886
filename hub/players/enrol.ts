/** Turns a one-time code into a player's certificate: the only way onto the list of those who may connect. */
import type { AnswerOf, BodyOf } from '@tieng-loa/protocol/api.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { publicKeyOf } from '@tieng-loa/protocol/seal.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import type { HubKeys } from '../keys.ts';
import { recordDeed } from '../people/audit.ts';
import type { Database } from '../store/database.ts';
import type { Authority } from './authority.ts';
import { isSameCode, type StoredCode, storedCode } from './codes.ts';
import { CODE_TRIES } from './limits.ts';

type Enrolment = BodyOf<'POST /api/enrol'>;
type Enrolled = AnswerOf<'POST /api/enrol'>;

export interface EnrolDependencies {
  database: Database;
  authority: Authority;
  keys: HubKeys;
  /** how players reach the broker; `host` null is the hub's own */
  broker: () => { host: string | null; port: number };
  /** ends what is connected under the player's old certificate */
  cut: (player: string) => Promise<void>;
  changes: Changes;
  clock: Clock;
}

/** @returns the enrolling. */
export function enrolment({ database, authority, keys, broker, cut, changes, clock }: EnrolDependencies) {
  /**
   * @throws Problem `code-wrong` alike for every code that is not right, known or not; `code-spent` for a right one that was used, has run
   * out or was tried too often; `bad-key` or `bad-input` for what the player sent with it, which leaves the code unspent.
   */
  return async function enrol({ code, csr, sealKey }: Enrolment): Promise<Enrolled> {
    const { player, codeHash } = await slotOf(database, code, clock.now());
    publicKeyOf(sealKey);
    const certificate = await authority.clientCertificate(csr, player);
    const row = await database.transaction().execute(async (transaction) => {
      const now = clock.now();
      const taken = await transaction
        .updateTable('players')
        .set({ certificate: certificate.fingerprint, certificateUntil: certificate.until, sealKey, codeExpiresAt: now })
        .where('id', '=', player)
        .where('codeHash', '=', codeHash)
        .where('codeExpiresAt', '>', now)
        .where('codeTries', '<', CODE_TRIES)
        .where('revokedAt', 'is', null)
        .returning(['station', 'name'])
        .executeTakeFirst();
      // of two that use the same code at the same time, one comes first
      if (!taken) throw new Problem('code-spent');
      await recordDeed(transaction, {
        at: now,
        person: null,
        station: taken.station,
        action: 'player.enrol',
        facts: { player, fingerprint: certificate.fingerprint },
      });
      return taken;
    });
    await cut(player);
    changes.tell({ subject: 'players', station: row.station, id: player });
    const { host, port } = broker();
    return {
      player,
      station: row.station,
      name: row.name,
      certificate: certificate.pem,
      authority: authority.certificate,
      brokerPort: port,
      brokerHost: host,
      scheduleKey: keys.schedule.publicKey,
      urgentKey: keys.urgent.publicKey,
    };
  };
}

/** @returns the slot whose code this is; a wrong one is counted at the slot that it names. */
async function slotOf(database: Database, code: string, now: number): Promise<{ player: string; codeHash: string }> {
  const asked = storedCode(code);
  if (!asked) throw new Problem('code-wrong');
  const rows = await database
    .selectFrom('players')
    .select(['id', 'codeHash', 'codeExpiresAt', 'codeTries'])
    .where('codeHash', 'like', `${asked.name}%`)
    .where('revokedAt', 'is', null)
    .execute();
  const slot = rows.find(({ codeHash }) => codeHash !== null && isSameCode(codeHash, asked.stored));
  if (!slot) {
    await countTry(database, asked);
    throw new Problem('code-wrong');
  }
  if (slot.codeTries >= CODE_TRIES || (slot.codeExpiresAt ?? 0) <= now) throw new Problem('code-spent');
  return { player: slot.id, codeHash: asked.stored };
}

async function countTry(database: Database, { name }: StoredCode): Promise<void> {
  await database
    .updateTable('players')
    .set((row) => ({ codeTries: row('codeTries', '+', 1) }))
    .where('codeHash', 'like', `${name}%`)
    .where('codeTries', '<', CODE_TRIES)
    .execute();
}
