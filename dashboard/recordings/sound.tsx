/** One recording to hear: a button, its levelled waveform, where it stands; and whether it was heard to its end. */

import { Button } from '@mantine/core';
import { pathOf } from '@tieng-loa/protocol/client.ts';
import type { Recording } from '@tieng-loa/protocol/views.ts';
import { type KeyboardEvent, lazy, type RefObject, Suspense, useRef, useState } from 'react';
import { useAnswer } from '../api/hub.ts';
import { useFormat, useWords } from '../words/index.tsx';
import css from './recordings.module.css';

const Waveform = lazy(() => import('./waveform.tsx'));

/** So much of a sound counts as all of it: a browser's last time update comes a little before the end. */
const WHOLE = 0.97;
const STEP_S = 5;

interface SoundProps {
  recording: Recording;
  /** called once when all of it has sounded here, in whatever order */
  onHeard?: () => void;
  /** shows the waveform before the first press */
  open?: boolean;
}

export function Sound({ recording, onHeard, open = false }: SoundProps) {
  const words = useWords().recordings;
  const format = useFormat();
  const audio = useRef<HTMLAudioElement>(null);
  const sound = useSound(audio, recording.durationMs ?? 0, onHeard);
  const shown = open || sound.begun;
  const durationMs = recording.durationMs ?? 0;
  const named = sound.playing ? words.pauseNamed(recording.name) : words.playNamed(recording.name);
  return (
    <div>
      <audio
        ref={audio}
        preload="none"
        src={pathOf('GET /api/recordings/:recording/audio', { recording: recording.id })}
        {...sound.events}
      />
      <div className={css.sound} data-open={shown || undefined}>
        <Button miw={128} variant={sound.playing ? 'filled' : 'light'} onClick={sound.toggle} aria-label={named}>
          {sound.playing ? `❚❚ ${words.pause}` : `▶ ${words.play}`}
        </Button>
        {shown && (
          <div
            className={css.wave}
            role="slider"
            tabIndex={0}
            aria-label={words.position(recording.name)}
            aria-valuemin={0}
            aria-valuemax={Math.round(durationMs / 1000)}
            aria-valuenow={Math.round(sound.atMs / 1000)}
            aria-valuetext={format.formatDuration(sound.atMs)}
            onKeyDown={sound.key}
          >
            <Shape recording={recording} audio={audio} />
          </div>
        )}
        <span className={css.clock}>
          {sound.begun ? `${format.formatDuration(sound.atMs)} / ` : ''}
          {format.formatDuration(durationMs)}
        </span>
      </div>
      {sound.failed && (
        <p role="alert" className={css.hint}>
          {words.cannotPlay}
        </p>
      )}
    </div>
  );
}

/** The waveform, or a quiet strip of its height until it is there. */
function Shape({ recording, audio }: { recording: Recording; audio: RefObject<HTMLAudioElement | null> }) {
  const peaks = useAnswer('GET /api/recordings/:recording/peaks', { params: { recording: recording.id } }).data;
  const strip = <div className={css.strip} />;
  if (!peaks) return strip;
  return (
    <Suspense fallback={strip}>
      <Waveform audio={audio} peaks={peaks.peaks} durationMs={peaks.durationMs} />
    </Suspense>
  );
}

function useSound(audio: RefObject<HTMLAudioElement | null>, durationMs: number, onHeard?: () => void) {
  const [playing, setPlaying] = useState(false);
  const [begun, setBegun] = useState(false);
  const [atMs, setAtMs] = useState(0);
  const [failed, setFailed] = useState(false);
  const heard = useRef(false);
  const look = () => {
    const element = audio.current;
    if (!element) return;
    setAtMs(element.currentTime * 1000);
    if (!heard.current && durationMs > 0 && playedMs(element.played) >= durationMs * WHOLE) {
      heard.current = true;
      onHeard?.();
    }
  };
  return {
    playing,
    begun,
    atMs,
    failed,
    toggle: () => {
      const element = audio.current;
      if (!element) return;
      setBegun(true);
      if (element.paused) element.play().catch(() => setFailed(element.error !== null));
      else element.pause();
    },
    /** arrows move within the sound, as a slider does */
    key: (event: KeyboardEvent) => {
      const element = audio.current;
      const seconds = { ArrowRight: STEP_S, ArrowUp: STEP_S, ArrowLeft: -STEP_S, ArrowDown: -STEP_S }[event.key];
      if (!element || seconds === undefined) return;
      event.preventDefault();
      element.currentTime = Math.max(0, Math.min(durationMs / 1000, element.currentTime + seconds));
      setAtMs(element.currentTime * 1000);
    },
    events: {
      onPlay: () => {
        silenceOthers(audio.current);
        setPlaying(true);
        setFailed(false);
      },
      onPause: () => setPlaying(false),
      onEnded: () => {
        setPlaying(false);
        look();
      },
      onTimeUpdate: look,
      onError: () => setFailed(true),
    },
  };
}

/** @returns how much of a sound has been heard, each stretch once. */
function playedMs(played: TimeRanges): number {
  let sum = 0;
  for (let i = 0; i < played.length; i++) sum += played.end(i) - played.start(i);
  return sum * 1000;
}

/** Two voices at once are none: what else sounds on this page pauses. */
function silenceOthers(own: HTMLAudioElement | null): void {
  for (const other of document.querySelectorAll('audio')) if (other !== own) other.pause();
}
