/** What is needed seldom: the other pages (on a phone), the station, the tongue, the look, signing out. */
import { Button, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useMe, useStation, useStationChoice } from '../session/me.tsx';
import { useSignOut } from '../session/sign-out.ts';
import { useTongue } from '../words/index.tsx';
import css from './shell.module.css';

interface MoreMenuProps {
  open: boolean;
  close(): void;
  children: ReactNode;
}

export function MoreMenu({ open, close, children }: MoreMenuProps) {
  const { words, choices, tongue, speak } = useTongue();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const me = useMe();
  const station = useStation();
  const choose = useStationChoice();
  const signOut = useSignOut();
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && close();
    const onPress = (event: PointerEvent) => {
      const target = event.target as Element;
      if (!sheet.current?.contains(target) && !target.closest('[aria-controls="more"]')) close();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPress);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPress);
    };
  }, [open, close]);
  return (
    <div id="more" ref={sheet} className={css.sheet} hidden={!open}>
      <div className={css.sheetPages}>{children}</div>
      {me.stations.length > 1 && (
        <label className={css.field}>
          {words.shell.station}
          <select value={station.id} onChange={(event) => choose(event.currentTarget.value)}>
            {me.stations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className={css.field}>
        <span id="tongue">{words.shell.language}</span>
        <SegmentedControl
          fullWidth
          aria-labelledby="tongue"
          value={tongue}
          onChange={(value) => speak(value as typeof tongue)}
          data={choices.map(({ tongue: value, name }) => ({ value, label: name }))}
        />
      </div>
      <div className={css.field}>
        <span id="theme">{words.shell.theme}</span>
        <SegmentedControl
          fullWidth
          aria-labelledby="theme"
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
          data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: words.shell.themes[value] }))}
        />
      </div>
      <Button variant="default" fullWidth onClick={signOut}>
        {words.shell.signOut} · {me.person.name}
      </Button>
    </div>
  );
}
