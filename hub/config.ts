/** The hub's settings: one schema, read from the environment once. Every default works; a wrong setting names itself. */
import { firstFault, OneOf } from '@tieng-loa/protocol/strict.ts';
import { type Static, type TSchema, Type } from 'typebox';
import { LOG_LEVELS } from './log.ts';

interface Setting<S extends TSchema = TSchema> {
  env: string;
  schema: S;
  /** what it is where nothing is set; null: not set */
  default: Static<S> | null;
  /** what it should be, for the person who got it wrong */
  says: string;
}
const setting = <S extends TSchema>(s: Setting<S>): Setting<S> => s;
const Text = Type.String({ minLength: 1, maxLength: 1000 });
const Port = Type.Integer({ minimum: 0, maximum: 65_535 });
const port = 'a port number (0 to 65535; 0 takes any free one)';

/** Every setting: README's table derives from this. */
export const settings = {
  dataDir: setting({ env: 'TIENGLOA_DATA', schema: Text, default: './data', says: 'the folder that holds everything the hub keeps' }),
  host: setting({ env: 'TIENGLOA_HOST', schema: Text, default: '127.0.0.1', says: 'the address to listen on' }),
  port: setting({ env: 'TIENGLOA_PORT', schema: Port, default: 8080, says: port }),
  publicUrl: setting({
    env: 'TIENGLOA_PUBLIC_URL',
    schema: Type.String({ pattern: '^https?://[^/\\s?#]+$' }),
    default: null,
    says: 'the address that people and players open, like https://loa.example.vn, without a path',
  }),
  tls: setting({
    env: 'TIENGLOA_TLS',
    schema: OneOf(['off', 'own', 'files'] as const),
    default: 'off',
    says: 'off, own (a certificate of the hub’s own authority) or files (with TIENGLOA_TLS_CERT and TIENGLOA_TLS_KEY)',
  }),
  tlsCert: setting({ env: 'TIENGLOA_TLS_CERT', schema: Text, default: null, says: 'the certificate chain, a PEM file' }),
  tlsKey: setting({ env: 'TIENGLOA_TLS_KEY', schema: Text, default: null, says: 'the private key, a PEM file' }),
  brokerPort: setting({ env: 'TIENGLOA_BROKER_PORT', schema: Port, default: 8883, says: port }),
  brokerListen: setting({
    env: 'TIENGLOA_BROKER_LISTEN',
    schema: Text,
    default: null,
    says: 'the address on which the broker listens, where it is not TIENGLOA_HOST (the broker has mutual TLS of its own)',
  }),
  brokerHost: setting({
    env: 'TIENGLOA_BROKER_HOST',
    schema: Text,
    default: null,
    says: 'the broker’s host name as players reach it, where it is not the hub’s own',
  }),
  mqttUrl: setting({
    env: 'MQTT_URL',
    schema: Type.String({ pattern: '^mqtts?://\\S+$' }),
    default: null,
    says: 'an external broker, like mqtts://broker.example.vn:8883, in place of the embedded one',
  }),
  mqttCert: setting({ env: 'MQTT_CERT', schema: Text, default: null, says: 'the hub’s client certificate for MQTT_URL, a PEM file' }),
  mqttKey: setting({ env: 'MQTT_KEY', schema: Text, default: null, says: 'its private key, a PEM file' }),
  mqttCa: setting({ env: 'MQTT_CA', schema: Text, default: null, says: 'the authority of the external broker, a PEM file' }),
  databaseUrl: setting({
    env: 'DATABASE_URL',
    schema: Type.String({ pattern: '^postgres(ql)?://\\S+$' }),
    default: null,
    says: 'a PostgreSQL address like postgres://user@host/name, in place of SQLite in the data folder',
  }),
  logLevel: setting({ env: 'TIENGLOA_LOG', schema: OneOf(LOG_LEVELS), default: 'info', says: `one of ${LOG_LEVELS.join(', ')}` }),
  checkAnswers: setting({
    env: 'TIENGLOA_CHECK_ANSWERS',
    schema: Type.Boolean(),
    default: false,
    says: 'true or false: whether every answer is checked against its schema (for development)',
  }),
};

type Settings = typeof settings;
type Value<S> = S extends { schema: infer T extends TSchema; default: infer D } ? Static<T> | Extract<D, null> : never;
type Optional =
  | 'publicUrl'
  | 'tlsCert'
  | 'tlsKey'
  | 'brokerListen'
  | 'brokerHost'
  | 'mqttUrl'
  | 'mqttCert'
  | 'mqttKey'
  | 'mqttCa'
  | 'databaseUrl';
export type Config = { [K in keyof Settings]: K extends Optional ? Value<Settings[K]> | null : Exclude<Value<Settings[K]>, null> };

/** Names of the player's, for a machine that runs both. */
const OTHERS = ['TIENGLOA_LANG', 'TIENGLOA_AUDIO', 'TIENGLOA_AMPLIFIER', 'TIENGLOA_PLAYER_DATA'];

/** A misspelt name would be a setting that silently does nothing. */
function unknownNames(environment: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set([...Object.values(settings).map(({ env }) => env), ...OTHERS]);
  return Object.keys(environment)
    .filter((name) => name.startsWith('TIENGLOA_') && !known.has(name))
    .map((name) => `${name} is not a setting: README lists those there are`);
}

/** Settings that cannot be worked with, all at once. */
export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(
      `Máy chủ không khởi động được với cài đặt này. / The hub cannot start with these settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** Text from the environment as the schema's kind of value, or as it is where it cannot be that. */
function parsed(schema: TSchema, text: string): unknown {
  const { type } = schema as { type?: string };
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** An address may carry a password; a terminal's scroll-back is no place for it. */
const withoutPassword = (text: string): string => text.replace(/:\/\/[^@\s]*@/, '://…@');

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** What single settings cannot say: which of them do not go together. */
function clashes(config: Config): string[] {
  const faults: string[] = [];
  if (config.tls === 'off' && !LOOPBACK.test(config.host)) {
    faults.push(
      `TIENGLOA_HOST=${config.host} would carry passwords unencrypted: set TIENGLOA_TLS=own (or files), or keep 127.0.0.1 behind a proxy that speaks HTTPS (and set TIENGLOA_BROKER_LISTEN for the players)`,
    );
  }
  if (config.tls === 'files' && (config.tlsCert === null || config.tlsKey === null)) {
    faults.push('TIENGLOA_TLS=files needs both TIENGLOA_TLS_CERT and TIENGLOA_TLS_KEY');
  }
  if (config.tls !== 'off' && config.publicUrl?.startsWith('http://')) {
    faults.push(`TIENGLOA_PUBLIC_URL=${config.publicUrl} should begin with https:// since TIENGLOA_TLS=${config.tls}`);
  }
  if ((config.mqttCert === null) !== (config.mqttKey === null)) faults.push('MQTT_CERT and MQTT_KEY go together: set both or neither');
  return faults;
}

/** @returns the settings in an environment. @throws ConfigError with every fault. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const faults: string[] = [];
  const entries = Object.entries(settings).map(([name, { env, schema, default: fallback, says }]) => {
    const text = environment[env];
    if (text === undefined || text === '') return [name, fallback];
    const value = parsed(schema, text);
    if (firstFault(schema, value)) faults.push(`${env}=${withoutPassword(text)} should be ${says}`);
    return [name, value];
  });
  const config = Object.fromEntries(entries) as Config;
  faults.push(...clashes(config), ...unknownNames(environment));
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}
