/** Installs the programs of the system that a command needs, where it may; otherwise says the one command that does. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Stop, step } from './steps.mjs';

/** On the path, or in the folders of system programs that a user's path may lack. */
const runs = (name) => (env) =>
  [...(env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/games'].some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
const folderHas = (folder, wanted) => existsSync(folder) && readdirSync(folder).some(wanted);

/** Debian's package, Homebrew's name, and how to see that it is there. */
const programs = {
  // what the pinned Node is linked to, and a small Debian lacks
  atomic: {
    debian: 'libatomic1',
    here: () =>
      process.platform !== 'linux' ||
      ['/lib', '/lib64', '/usr/lib', '/usr/lib64', ...readdirSafely('/usr/lib').map((triple) => `/usr/lib/${triple}`)].some((folder) =>
        existsSync(join(folder, 'libatomic.so.1')),
      ),
  },
  ffmpeg: { debian: 'ffmpeg', brew: 'ffmpeg', here: runs('ffmpeg') },
  mpv: { debian: 'mpv', brew: 'mpv', here: runs('mpv') },
  speech: { debian: 'espeak-ng', brew: 'espeak-ng', here: runs('espeak-ng') },
  postgres: {
    debian: 'postgresql',
    brew: 'postgresql',
    here: (env) =>
      runs('initdb')(env) || folderHas('/usr/lib/postgresql', (version) => existsSync(join('/usr/lib/postgresql', version, 'bin/initdb'))),
  },
  mosquitto: { debian: 'mosquitto', brew: 'mosquitto', here: runs('mosquitto') },
  chromium: { debian: 'chromium', brew: '--cask chromium', here: runs('chromium') },
  pulse: { debian: 'pulseaudio', brew: 'pulseaudio', here: runs('pulseaudio') },
  pulseTools: { debian: 'pulseaudio-utils', brew: 'pulseaudio', here: runs('parec') },
  sox: { debian: 'sox', brew: 'sox', here: runs('sox') },
  soxFormats: {
    debian: 'libsox-fmt-all',
    brew: 'sox',
    here: () => readdirSafely('/usr/lib').some((triple) => existsSync(`/usr/lib/${triple}/sox/libsox_fmt_amr_nb.so`)),
  },
};
const readdirSafely = (folder) => (existsSync(folder) ? readdirSync(folder) : []);

export const toRun = ['atomic'];
export const toAir = ['ffmpeg', 'speech'];
export const toPlay = ['mpv'];
export const toListen = ['pulse', 'pulseTools'];
export const toTest = ['postgres', 'mosquitto', 'chromium', 'sox', 'soxFormats'];

/** `sudo -n` answers at once where no password is asked. */
function installer() {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined;
}

/**
 * Debian starts the services of what it installs, and at every boot. The tests run their own, so those that come
 * with our packages neither start (policy-rc.d, for the length of this run) nor begin at boot.
 */
const SCRIPT = `set -e
export DEBIAN_FRONTEND=noninteractive
if [ ! -e /usr/sbin/policy-rc.d ]; then
  printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d
  chmod 755 /usr/sbin/policy-rc.d
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
fi
apt-get update -q
apt-get install -q -y --no-install-recommends "$@"
for package in "$@"; do
  case "$package" in
    postgresql|mosquitto) systemctl disable "$package" >/dev/null 2>&1 || true ;;
    pulseaudio) systemctl --global disable pulseaudio.service pulseaudio.socket >/dev/null 2>&1 || true ;;
  esac
done`;

/** Installs what is lacking of the named programs. @throws Stop after saying what a person has to run. */
export async function preparePrograms(names, words, env) {
  const lacking = names.map((name) => programs[name]).filter(({ here }) => !here(env));
  if (lacking.length === 0) return;
  if (process.platform === 'darwin') return ask(words, lacking, `brew install ${unique(lacking.map(({ brew }) => brew))}`);
  const packages = unique(lacking.map(({ debian }) => debian));
  if (!runs('apt-get')(env)) {
    console.error(words.unknownSystem(packages));
    throw new Stop();
  }
  const asRoot = installer();
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages}`;
  if (asRoot === undefined) return ask(words, lacking, `sudo sh -c '${command}'`);
  const [program, ...args] = [...asRoot, 'sh', '-c', SCRIPT, 'sh', ...packages.split(' ')];
  try {
    await step(words, words.programs(packages), program, args);
  } catch {
    console.error(`${words.installFailed}\n\n  ${command}\n`);
    throw new Stop();
  }
}

const unique = (names) => [...new Set(names)].join(' ');

function ask(words, lacking, command) {
  console.error(`${words.mayNotInstall(unique(lacking.map(({ debian }) => debian)))}\n\n  ${command}\n`);
  throw new Stop();
}
