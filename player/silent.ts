/** A speaker that keeps time and makes no sound: for fleets on one machine, and for tests. */
import type { Clock } from './clock.ts';
import type { CueListener, Sound, Speaker } from './speaker.ts';

/** `heard` is told what would sound when, by the wall clock. */
export function silentSpeaker(clock: Clock, heard: (sound: Sound, at: number) => void = () => {}): Speaker {
  let cancel = () => {};
  const step = (sounds: readonly Sound[], index: number, listener: CueListener): void => {
    const sound = sounds[index];
    if (!sound) {
      cancel = () => {};
      listener.done('finished');
      return;
    }
    heard(sound, clock.now());
    listener.began(index);
    cancel = clock.after(sound.durationMs, () => step(sounds, index + 1, listener));
  };
  return {
    state: 'ready',
    cue(sounds, _volume, listener) {
      cancel();
      return { ready: Promise.resolve(), start: () => step(sounds, 0, listener) };
    },
    setVolume: () => {},
    stop: () => cancel(),
    watch: () => {},
    close: async () => cancel(),
  };
}
