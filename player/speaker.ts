/** The port to whatever makes sound: told beforehand what comes, started at an instant, silent at once when asked. */

/** One thing to sound: a file (raised or lowered by `gainDb`), or silence. */
export type Sound = { kind: 'file'; path: string; durationMs: number; gainDb: number } | { kind: 'silence'; durationMs: number };

export interface CueListener {
  /** the sound at this position begins */
  began(index: number): void;
  /** all of it sounded, or the speaker failed; said once, and not after `stop` */
  done(how: 'finished' | 'failed'): void;
}
/** Sounds that are loaded and held at their beginning. */
export interface Cue {
  /** rejects where they cannot be loaded */
  ready: Promise<void>;
  start(): void;
}
export type SpeakerState = 'ready' | 'failed' | 'starting';

export interface Speaker {
  readonly state: SpeakerState;
  /** takes the place of whatever sounds or is loaded. `volume` in percent of full scale */
  cue(sounds: readonly Sound[], volume: number, listener: CueListener): Cue;
  setVolume(volume: number): void;
  /** silent at once */
  stop(): void;
  /** calls when `state` changes */
  watch(changed: () => void): void;
  close(): Promise<void>;
}
