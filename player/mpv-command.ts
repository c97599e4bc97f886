/** How mpv is started: where its sound goes, and what keeps it small. */

/** Where the sound goes. `server`: a PulseAudio socket other than the user's own. */
export type Output =
  | { kind: 'auto' }
  | { kind: 'null' }
  | { kind: 'pulse'; sink: string; server: string | null }
  | { kind: 'alsa'; device: string }
  | { kind: 'pcm'; path: string };

const outputArguments = (output: Output): string[] => {
  switch (output.kind) {
    case 'auto':
      return [];
    case 'null':
      return ['--ao=null'];
    case 'pulse':
      return ['--ao=pulse', `--audio-device=pulse/${output.sink}`, ...(output.server ? [`--pulse-host=${output.server}`] : [])];
    case 'alsa':
      return ['--ao=alsa', `--audio-device=alsa/${output.device}`];
    case 'pcm':
      return ['--ao=pcm', `--ao-pcm-file=${output.path}`];
  }
};

/** Scripts, OSC and ytdl off keep mpv at 72 MB after 40 files (looking ahead in the playlist costs 40 more); only files of ours are opened. */
const ALWAYS = [
  '--idle=yes',
  '--pause=yes',
  '--no-config',
  '--no-terminal',
  '--no-video',
  '--audio-display=no',
  '--load-scripts=no',
  '--osc=no',
  '--ytdl=no',
  '--input-default-bindings=no',
  '--sub-auto=no',
  '--audio-file-auto=no',
  '--gapless-audio=yes',
  '--volume-max=130',
];

/** What mpv frees goes back to the system, and its threads share one arena of glibc's: after 40 files 62 MB rather than 91. */
const THRIFTY = ['MALLOC_ARENA_MAX=1', 'MALLOC_TRIM_THRESHOLD_=65536', 'MALLOC_MMAP_THRESHOLD_=65536'];

/** @returns the program and its arguments; the socket it takes commands from is its file 3. */
export const mpvCommand = (program: string, output: Output): [string, string[]] => [
  'env',
  [...THRIFTY, program, ...ALWAYS, ...outputArguments(output), '--input-ipc-client=fd://3'],
];
