/** The levelled waveform over an audio element; loaded only where a sound is shown, since wavesurfer is not small. */
import { useComputedColorScheme } from '@mantine/core';
import { type RefObject, useEffect, useRef } from 'react';
import WaveSurfer from 'wavesurfer.js';

interface WaveformProps {
  /** the element that sounds; it outlives the waveform */
  audio: RefObject<HTMLAudioElement | null>;
  /** 0–100 */
  peaks: readonly number[];
  durationMs: number;
}

const HEIGHT = 56;

export default function Waveform({ audio, peaks, durationMs }: WaveformProps) {
  const container = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page's style, which the scheme changes
  useEffect(() => {
    if (!container.current || !audio.current) return;
    const style = getComputedStyle(container.current);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const wave = WaveSurfer.create({
      container: container.current,
      media: audio.current,
      // the very address that the element has: another would stop what sounds
      url: audio.current.src,
      peaks: [peaks.map((peak) => peak / 100)],
      duration: durationMs / 1000,
      height: HEIGHT,
      barWidth: 3,
      barGap: 2,
      barRadius: 2,
      barMinHeight: 2,
      normalize: true,
      hideScrollbar: true,
      dragToSeek: true,
      waveColor: colour('--tl-dim'),
      progressColor: colour('--tl-accent'),
      cursorColor: colour('--tl-accent'),
      cursorWidth: 2,
    });
    adoptStyle(wave);
    return () => wave.destroy();
  }, [audio, peaks, durationMs, scheme]);
  return <div ref={container} aria-hidden="true" style={{ height: HEIGHT, cursor: 'pointer' }} />;
}

/** The page's policy forbids style elements, and wavesurfer brings one in its shadow: the same rules are adopted as a sheet. */
function adoptStyle(wave: WaveSurfer): void {
  const shadow = wave.getWrapper().getRootNode();
  const rules = shadow instanceof ShadowRoot ? shadow.querySelector('style')?.textContent : null;
  if (!rules) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  (shadow as ShadowRoot).adoptedStyleSheets = [sheet];
}
