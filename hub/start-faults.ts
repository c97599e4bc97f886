/** Why a hub did not start, by the setting that a person can change: what the system said, under the setting's name. */
import { resolve } from 'node:path';
import { type Config, settings } from './config.ts';
import { FolderTaken } from './store/lock.ts';

/** What Node, OpenSSL and PostgreSQL tell of a failure. */
interface SystemFault {
  code?: string;
  path?: string;
  port?: number;
  syscall?: string;
  message?: string;
  cause?: unknown;
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'a part of its path is not a folder',
  EEXIST: 'it is a file, not a folder',
  EROFS: 'it cannot be written',
  ENOSPC: 'the disk is full',
  EADDRINUSE: 'another program listens there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
  ECONNREFUSED: 'nobody answers there',
};
const why = ({ code = '', message = '' }: SystemFault): string => WHY[code] ?? message;

const FILES = ['tlsCert', 'tlsKey', 'mqttCert', 'mqttKey', 'mqttCa'] as const;

/** @returns the failure as the fault of a setting, or null where no setting is behind it. */
export function startFault(error: unknown, config: Config): string | null {
  if (error instanceof FolderTaken) return `TIENGLOA_DATA=${config.dataDir}: ${error.message}`;
  const fault = error as SystemFault;
  const cause = fault.cause as SystemFault | undefined;
  const file = FILES.find((name) => config[name] !== null && config[name] === fault.path);
  if (file) return `${settings[file].env}=${config[file]}: ${why(fault)}`;
  if (fault.code?.startsWith('ERR_OSSL') && config.tls === 'files')
    return `TIENGLOA_TLS_CERT=${config.tlsCert} and TIENGLOA_TLS_KEY=${config.tlsKey} are not a certificate chain and its private key in PEM (${fault.message})`;
  if (fault.syscall === 'listen') return listenFault(fault, config);
  if (config.databaseUrl !== null && cause !== undefined) return `DATABASE_URL: ${why(innermost(cause))}`;
  const folder = resolve(config.dataDir);
  if (fault.path !== undefined && (resolve(fault.path).startsWith(folder) || folder.startsWith(resolve(fault.path))))
    return `TIENGLOA_DATA=${config.dataDir}: ${why(fault)}`;
  return null;
}

function listenFault(fault: SystemFault, config: Config): string {
  if (fault.code === 'EADDRNOTAVAIL') return `TIENGLOA_HOST=${config.host}: ${why(fault)}`;
  const env = fault.port === config.port ? 'TIENGLOA_PORT' : 'TIENGLOA_BROKER_PORT';
  return `${env}=${fault.port}: ${why(fault)}`;
}

/** A failed connection may hide one failure for each address of a host. */
function innermost(fault: SystemFault): SystemFault {
  const first = (fault as { errors?: SystemFault[] }).errors?.[0];
  return first && fault.code === undefined ? first : fault;
}
