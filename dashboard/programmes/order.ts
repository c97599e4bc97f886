/** A running order: made around a bulletin, changed, and how long it is. Pure. */
import type { Bulletin, Programme, ProgrammeItem } from '@tieng-loa/protocol/views.ts';

/** One line of the order while it is written; `key` tells lines of the same content apart. */
export interface Line {
  key: string;
  item: ProgrammeItem;
}
export interface ProgrammeDraft {
  /** something was entered: until then the form shows what the hub has */
  touched: boolean;
  /** the revision it began from; 0 for a new one */
  revision: number;
  title: string;
  lines: Line[];
}

/** @returns signature tune – bulletin – closing tune; an emergency begins with the attention chime and ends with nothing. */
export const itemsAround = ({ id, class: highest }: Pick<Bulletin, 'id' | 'class'>): ProgrammeItem[] =>
  highest === 'emergency'
    ? [
        { kind: 'chime', chime: 'attention' },
        { kind: 'bulletin', bulletin: id },
      ]
    : [
        { kind: 'chime', chime: 'signature' },
        { kind: 'bulletin', bulletin: id },
        { kind: 'chime', chime: 'closing' },
      ];

/** @returns the draft that begins from what the hub has; without it, an order of the two tunes to fill. */
export const draftOf = (programme: Programme | null): ProgrammeDraft => ({
  touched: false,
  revision: programme?.revision ?? 0,
  title: programme?.title ?? '',
  lines: (
    programme?.items ?? [
      { kind: 'chime' as const, chime: 'signature' as const },
      { kind: 'chime' as const, chime: 'closing' as const },
    ]
  ).map((item, index) => ({ key: `kept-${index}`, item })),
});

/** @returns the order with one more line at its end; what is said or sung goes before a closing tune that stands there. */
export function withLine(lines: readonly Line[], line: Line): Line[] {
  const last = lines.at(-1)?.item;
  const closed = last?.kind === 'chime' && last.chime === 'closing' && line.item.kind !== 'chime';
  const at = closed ? lines.length - 1 : lines.length;
  return [...lines.slice(0, at), line, ...lines.slice(at)];
}

/** @returns the length of the bulletins and pauses; the hub adds the tunes when it is saved. */
export const lengthMs = (lines: readonly Line[], bulletins: ReadonlyMap<string, Pick<Bulletin, 'durationMs'>>): number =>
  lines.reduce((sum, { item }) => {
    if (item.kind === 'pause') return sum + item.durationMs;
    return item.kind === 'bulletin' ? sum + (bulletins.get(item.bulletin)?.durationMs ?? 0) : sum;
  }, 0);
