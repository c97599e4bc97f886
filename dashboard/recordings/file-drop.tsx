/** Where an audio file is picked or dropped: one large button on a phone, also a field to drop on at a desk. */
import { Button, FileButton } from '@mantine/core';
import { type DragEvent, useState } from 'react';
import { Icon } from '../ui/icons.tsx';
import { useWords } from '../words/index.tsx';
import css from './recordings.module.css';

/** A hint for the picker only: the hub looks at the content, whatever the name says. */
const ACCEPT = 'audio/*,.mp3,.m4a,.aac,.wav,.ogg,.oga,.opus,.flac,.3gp,.amr,.webm';

interface FileDropProps {
  onFiles(files: File[]): void;
  /** what the button says */
  label?: string;
  /** without the sentence about formats */
  small?: boolean;
}

export function FileDrop({ onFiles, label, small = false }: FileDropProps) {
  const words = useWords().recordings;
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer.files.length > 0) onFiles([...event.dataTransfer.files]);
  };
  const hold = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way to what the button inside does
    <div
      className={css.drop}
      data-over={over || undefined}
      data-small={small || undefined}
      onDragOver={hold}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileButton multiple accept={ACCEPT} onChange={(files) => files.length > 0 && onFiles(files)}>
        {(props) => (
          <Button {...props} size={small ? 'md' : 'lg'} variant={small ? 'light' : 'filled'} leftSection={<Icon name="add" />}>
            {label ?? words.pick}
          </Button>
        )}
      </FileButton>
      {!small && (
        <p className={css.hint}>
          <span className={css.dropHint}>{words.drop}. </span>
          {words.formats}
        </p>
      )}
    </div>
  );
}
