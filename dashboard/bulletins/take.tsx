/** One recording inside a part: on its way, being made ready, to hear, or refused. */
import { ActionIcon, Button } from '@mantine/core';
import { useAnswer } from '../api/hub.ts';
import { RecordingBody } from '../recordings/recording-item.tsx';
import { UploadRow } from '../recordings/upload-row.tsx';
import { useUploads } from '../recordings/uploads.ts';
import { Icon } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/page.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './bulletins.module.css';

interface TakeProps {
  id: string;
  onRemove?: () => void;
  onEarlier?: () => void;
  onLater?: () => void;
  onHeard?: () => void;
}

export function Take({ id, onRemove, onEarlier, onLater, onHeard }: TakeProps) {
  const words = useWords();
  const { formatDuration } = useFormat();
  const uploads = useUploads();
  const underWay = uploads.list.find(({ upload }) => upload.id === id);
  const answer = useAnswer('GET /api/recordings/:recording', { params: { recording: id } }, { enabled: !underWay });
  if (underWay) {
    const forget = () => {
      uploads.forget(underWay.upload);
      onRemove?.();
    };
    return <UploadRow one={underWay} uploads={{ ...uploads, forget }} />;
  }
  const recording = answer.data;
  const name = recording?.name ?? words.recordings.notThere;
  return (
    <li className={css.take}>
      <div className={css.takeHead}>
        <strong>{name}</strong>
        <span className={css.buttons}>
          {onEarlier && (
            <ActionIcon variant="default" aria-label={words.bulletins.earlier(name)} onClick={onEarlier}>
              <Icon name="up" />
            </ActionIcon>
          )}
          {onLater && (
            <ActionIcon variant="default" aria-label={words.bulletins.later(name)} onClick={onLater}>
              <Icon name="down" />
            </ActionIcon>
          )}
          {onRemove && (
            <Button variant="subtle" aria-label={words.bulletins.takeOut(name)} onClick={onRemove}>
              {words.bulletins.takeOutShort}
            </Button>
          )}
        </span>
      </div>
      {recording && <RecordingBody recording={recording} open {...(onHeard ? { onHeard } : {})} />}
      {answer.error && answer.error.code !== 'not-found' && <ProblemNote problem={answer.error} retry={() => void answer.refetch()} />}
      {recording?.state === 'rendering' && recording.durationMs !== null && (
        <span className={css.dim}>{formatDuration(recording.durationMs)}</span>
      )}
    </li>
  );
}
