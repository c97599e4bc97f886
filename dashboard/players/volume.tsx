/** How loud a player sounds, and the volume that it never exceeds; what it says itself stands below. */

import { Slider } from '@mantine/core';
import type { Player } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { ProblemNote } from '../ui/page.tsx';
import { useWords } from '../words/index.tsx';
import { usePlayerEdit } from './edit.ts';
import css from './players.module.css';

export function Volume({ player, locked }: { player: Player; locked: boolean }) {
  const words = useWords().players.volume;
  const { edit, problem, clear } = usePlayerEdit(player);
  const [moved, setMoved] = useState<{ volume?: number; loudestVolume?: number }>({});
  const loudest = moved.loudestVolume ?? player.loudestVolume;
  const volume = Math.min(loudest, moved.volume ?? player.volume);
  const send = async (change: { volume?: number; loudestVolume?: number }) => {
    clear();
    await edit({ volume, loudestVolume: loudest, ...change });
    setMoved({});
  };
  const said = player.status?.volume;
  const slider = (label: string, value: number, key: 'volume' | 'loudestVolume', most: number) => (
    <div>
      <div className={css.sliderHead}>
        <span>{label}</span>
        <span>{words.percent(value)}</span>
      </div>
      <Slider
        size="xl"
        thumbSize={48}
        classNames={{ thumb: css.thumb ?? '' }}
        thumbLabel={label}
        label={null}
        max={100}
        disabled={locked}
        value={value}
        onChange={(next) => setMoved((before) => ({ ...before, [key]: Math.min(next, most) }))}
        onChangeEnd={(next) => void send({ [key]: Math.min(next, most) })}
      />
    </div>
  );
  return (
    <div className={css.sliders}>
      {slider(words.now, volume, 'volume', loudest)}
      <div>
        {slider(words.loudest, loudest, 'loudestVolume', 100)}
        <p className={css.hint}>{words.loudestHelp}</p>
      </div>
      <p className={css.hint} role="status">
        {player.state !== 'here' ? words.unheard : said === volume ? words.confirmed(volume) : words.sending}
      </p>
      <ProblemNote problem={problem} />
    </div>
  );
}
