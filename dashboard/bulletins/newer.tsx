/** Somebody else saved meanwhile: what is newer, and both ways on. */
import { Button } from '@mantine/core';
import { useNow } from '../api/hub.ts';
import { useFormat, useWords } from '../words/index.tsx';
import css from './bulletins.module.css';

interface NewerProps {
  title: string;
  updatedAt: number;
  /** goes on with what was entered here, from the newer version on */
  onKeep(): void;
  /** drops what was entered here */
  onTake(): void;
}

export function Newer({ title, updatedAt, onKeep, onTake }: NewerProps) {
  const words = useWords().bulletins;
  const { formatMoment } = useFormat();
  const now = useNow();
  return (
    <div className={css.note} role="alert">
      <p>{words.newerVersion(title, formatMoment(updatedAt, now))}</p>
      <p>{words.newerHelp}</p>
      <span className={css.buttons}>
        <Button onClick={onKeep}>{words.keepMine}</Button>
        <Button variant="default" onClick={onTake}>
          {words.takeNewer}
        </Button>
      </span>
    </div>
  );
}
