/** The running order itself: each line with its length and state; moved by arrows, by keyboard or by dragging. */

import { Button, TextInput } from '@mantine/core';
import type { ProgrammeItem } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { Link } from 'wouter';
import { moved } from '../bulletins/draft.ts';
import { spokenLanguages } from '../bulletins/waits.tsx';
import { Icon } from '../ui/icons.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { Tags } from '../ui/tags.tsx';
import { useUndo } from '../ui/undo.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { useBulletinsById } from './bulletins-by-id.ts';
import type { Line } from './order.ts';
import css from './programmes.module.css';

/** The contract's bounds for a pause, in seconds. */
const PAUSE_S = { min: 1, max: 600 };

interface RunningOrderProps {
  lines: readonly Line[];
  readOnly: boolean;
  onChange(lines: Line[]): void;
}

export function RunningOrder({ lines, readOnly, onChange }: RunningOrderProps) {
  const words = useWords().programmes;
  const undo = useUndo();
  const name = useItemName();
  const [dragged, setDragged] = useState<string | null>(null);
  if (lines.length === 0) return <p className={css.dim}>{words.orderEmpty}</p>;
  const takeOut = (line: Line) => {
    onChange(lines.filter(({ key }) => key !== line.key));
    undo.offer({ text: words.takenOut(name(line.item)), undo: () => onChange([...lines]) });
  };
  const over = (index: number) => {
    const from = lines.findIndex(({ key }) => key === dragged);
    if (from >= 0 && from !== index) onChange(moved(lines, from, index));
  };
  return (
    <>
      <ol className={css.order}>
        {lines.map((line, index) => (
          <li
            key={line.key}
            className={css.line}
            draggable={!readOnly}
            data-dragged={line.key === dragged || undefined}
            onDragStart={() => setDragged(line.key)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => {
              event.preventDefault();
              over(index);
            }}
          >
            <Item
              item={line.item}
              readOnly={readOnly}
              onChange={(item) => onChange(lines.map((one) => (one.key === line.key ? { ...one, item } : one)))}
            />
            {!readOnly && (
              <span className={css.moves}>
                <Button
                  variant="default"
                  px="xs"
                  aria-label={words.up(name(line.item))}
                  disabled={index === 0}
                  onClick={() => onChange(moved(lines, index, index - 1))}
                >
                  <Icon name="up" /> {words.upShort}
                </Button>
                <Button
                  variant="default"
                  px="xs"
                  aria-label={words.down(name(line.item))}
                  disabled={index === lines.length - 1}
                  onClick={() => onChange(moved(lines, index, index + 1))}
                >
                  <Icon name="down" /> {words.downShort}
                </Button>
                <Button variant="default" px="xs" aria-label={words.takeOut(name(line.item))} onClick={() => takeOut(line)}>
                  <Icon name="cross" /> {words.takeOutShort}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
      {!readOnly && lines.length > 1 && <p className={css.dim}>{words.dragHint}</p>}
    </>
  );
}

/** @returns what names an item in a sentence. */
function useItemName(): (item: ProgrammeItem) => string {
  const words = useWords().programmes;
  const { formatNumber } = useFormat();
  const bulletins = useBulletinsById();
  return (item) => {
    if (item.kind === 'chime') return words.chimes[item.chime];
    if (item.kind === 'pause') return words.pause(formatNumber(item.durationMs / 1000, 1));
    return bulletins.get(item.bulletin)?.title ?? words.gone;
  };
}

function Item({ item, readOnly, onChange }: { item: ProgrammeItem; readOnly: boolean; onChange(item: ProgrammeItem): void }) {
  const words = useWords().programmes;
  const { formatDuration } = useFormat();
  const bulletins = useBulletinsById();
  const name = useItemName();
  if (item.kind === 'chime') return <span className={css.tune}>♪ {name(item)}</span>;
  if (item.kind === 'pause') {
    const set = (seconds: number) =>
      onChange({ kind: 'pause', durationMs: 1000 * Math.min(PAUSE_S.max, Math.max(PAUSE_S.min, Math.round(seconds) || PAUSE_S.min)) });
    return readOnly ? (
      <span className={css.tune}>{name(item)}</span>
    ) : (
      <TextInput
        className={css.pause ?? ''}
        type="number"
        label={words.pauseSeconds}
        {...PAUSE_S}
        value={item.durationMs / 1000}
        onChange={(event) => set(event.currentTarget.valueAsNumber)}
      />
    );
  }
  const bulletin = bulletins.get(item.bulletin);
  if (!bulletin) return <StateMark state="refused">{bulletins.size > 0 ? words.gone : '…'}</StateMark>;
  return (
    <span className={css.said}>
      <span className={css.saidHead}>
        <Link to={`/ban-tin/${bulletin.id}`} className={css.title}>
          {bulletin.title}
        </Link>
        <span className={css.length}>{formatDuration(bulletin.durationMs)}</span>
      </span>
      <span className={css.saidHead}>
        <Tags languages={spokenLanguages(bulletin)} />
        <StateMark state={bulletin.state} />
      </span>
    </span>
  );
}
