/** The first schema: see ../tables.ts for what each column means. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

type Columns = Record<string, string>;

/** `text!` is not null; `int8` holds instants and sizes on both databases. */
const tables: Record<string, { columns: Columns; key: string[]; indexes?: string[][]; unique?: string[][] }> = {
  facts: { columns: { name: 'text!', value: 'text!' }, key: ['name'] },
  stations: { columns: { id: 'text!', name: 'text!', time_zone: 'text!', created_at: 'int8!' }, key: ['id'] },
  zones: {
    columns: { id: 'text!', station: 'text!', name: 'text!', kind: 'text!', languages: 'text!', quiet_hours: 'text' },
    key: ['id'],
    indexes: [['station']],
  },
  people: {
    columns: {
      id: 'text!',
      login: 'text',
      name: 'text!',
      organisation: 'text!',
      password_hash: 'text',
      disabled: 'int4!',
      last_seen_at: 'int8',
      created_at: 'int8!',
    },
    key: ['id'],
    unique: [['login']],
  },
  grants: { columns: { person: 'text!', station: 'text!', role: 'text!' }, key: ['person', 'station', 'role'], indexes: [['station']] },
  sessions: {
    columns: { id: 'text!', person: 'text!', csrf: 'text!', created_at: 'int8!', seen_at: 'int8!', ends_at: 'int8!' },
    key: ['id'],
    indexes: [['person'], ['ends_at']],
  },
  links: {
    columns: { id: 'text!', person: 'text', purpose: 'text!', expires_at: 'int8!', used_at: 'int8' },
    key: ['id'],
    indexes: [['person']],
  },
  recordings: {
    columns: {
      id: 'text!',
      station: 'text!',
      language: 'text!',
      name: 'text!',
      file_name: 'text!',
      state: 'text!',
      problem: 'text',
      upload_sha256: 'text!',
      upload_bytes: 'int8!',
      rendering: 'text',
      loudness: 'text',
      created_by: 'text!',
      created_at: 'int8!',
      removed_at: 'int8',
    },
    key: ['id'],
    indexes: [['station', 'created_at'], ['rendering'], ['state']],
  },
  renderings: {
    columns: { sha256: 'text!', size_bytes: 'int8!', duration_ms: 'int8!', peaks: 'text!', created_at: 'int8!' },
    key: ['sha256'],
  },
  bulletins: {
    columns: {
      id: 'text!',
      station: 'text!',
      title: 'text!',
      subject: 'text!',
      class: 'text!',
      valid_until: 'int8',
      parts: 'text!',
      state: 'text!',
      revision: 'int4!',
      note: 'text',
      created_by: 'text!',
      approval: 'text',
      created_at: 'int8!',
      updated_at: 'int8!',
      search: 'text!',
    },
    key: ['id'],
    indexes: [['station', 'updated_at']],
  },
  programmes: {
    columns: {
      id: 'text!',
      station: 'text!',
      title: 'text!',
      items: 'text!',
      revision: 'int4!',
      created_by: 'text!',
      created_at: 'int8!',
      updated_at: 'int8!',
      search: 'text!',
    },
    key: ['id'],
    indexes: [['station', 'updated_at']],
  },
  broadcasts: {
    columns: {
      id: 'text!',
      station: 'text!',
      programme: 'text!',
      title: 'text!',
      class: 'text!',
      when_rule: 'text!',
      zones: 'text!',
      tolerance_ms: 'int8!',
      accept_missing: 'int4!',
      started_now_at: 'int8',
      cancelled_at: 'int8',
      created_by: 'text!',
      created_at: 'int8!',
    },
    key: ['id'],
    indexes: [['station', 'created_at'], ['programme']],
  },
  stops: {
    columns: {
      id: 'text!',
      station: 'text!',
      broadcast: 'text!',
      planned_at: 'int8',
      issued_by: 'text!',
      issued_at: 'int8!',
      expires_at: 'int8!',
    },
    key: ['id'],
    indexes: [['station', 'expires_at']],
  },
  players: {
    columns: {
      id: 'text!',
      station: 'text!',
      name: 'text!',
      kind: 'text!',
      volume: 'int4!',
      loudest_volume: 'int4!',
      amplifier_lead_ms: 'int4!',
      certificate: 'text',
      certificate_until: 'int8',
      seal_key: 'text',
      code_hash: 'text',
      code_expires_at: 'int8',
      code_tries: 'int4!',
      revoked_at: 'int8',
      created_at: 'int8!',
    },
    key: ['id'],
    indexes: [['station'], ['code_hash']],
  },
  player_zones: { columns: { player: 'text!', zone: 'text!', position: 'int4!' }, key: ['player', 'zone'], indexes: [['zone']] },
  pointers: {
    columns: { player: 'text!', revision: 'int8!', sha256: 'text!', facts: 'text!', envelope: 'text!', body: 'text!', issued_at: 'int8!' },
    key: ['player'],
    indexes: [['body']],
  },
  bodies: { columns: { sha256: 'text!', station: 'text!', zones: 'text!', content: 'text!', created_at: 'int8!' }, key: ['sha256'] },
  boards: { columns: { station: 'text!', envelope: 'text!', board: 'text!', updated_at: 'int8!' }, key: ['station'] },
  statuses: {
    columns: { player: 'text!', online: 'int4!', boot: 'text!', status: 'text', seen_at: 'int8!', since: 'int8!' },
    key: ['player'],
  },
  airings: {
    columns: {
      id: 'text!',
      station: 'text!',
      broadcast: 'text!',
      title: 'text!',
      class: 'text!',
      planned_at: 'int8!',
      duration_ms: 'int8!',
      player: 'text!',
      zone: 'text!',
      languages: 'text!',
      result: 'text',
      reason: 'text',
      started_at: 'int8',
      ended_at: 'int8',
      lateness_ms: 'int8',
      parts: 'text!',
      missing_languages: 'text!',
      reported_at: 'int8',
      envelope: 'text',
    },
    key: ['id'],
    indexes: [
      ['station', 'planned_at'],
      ['broadcast', 'planned_at'],
      ['player', 'planned_at'],
    ],
  },
  audit: {
    columns: { at: 'int8!', person: 'text', station: 'text', action: 'text!', facts: 'text!' },
    key: [],
    indexes: [['station', 'at']],
  },
};

export const first: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const [name, table] of Object.entries(tables)) {
      let create = db.schema.createTable(name);
      // the audit log counts its rows: the one table whose ids are the database's
      if (table.key.length === 0) {
        const postgres =
          db.getExecutor().adapter.supportsTransactionalDdl && db.getExecutor().adapter.constructor.name === 'PostgresAdapter';
        create = create.addColumn('id', postgres ? 'bigserial' : 'integer', (column) =>
          postgres ? column.primaryKey() : column.primaryKey().autoIncrement(),
        );
      }
      for (const [column, type] of Object.entries(table.columns)) {
        const notNull = type.endsWith('!');
        create = create.addColumn(column, sql.raw(notNull ? type.slice(0, -1) : type), (c) => (notNull ? c.notNull() : c));
      }
      if (table.key.length > 0) create = create.addPrimaryKeyConstraint(`${name}_key`, table.key as never);
      await create.execute();
      for (const columns of table.indexes ?? [])
        await db.schema
          .createIndex(`${name}_by_${columns.join('_')}`)
          .on(name)
          .columns(columns)
          .execute();
      for (const columns of table.unique ?? [])
        await db.schema
          .createIndex(`${name}_unique_${columns.join('_')}`)
          .unique()
          .on(name)
          .columns(columns)
          .execute();
    }
  },
};
