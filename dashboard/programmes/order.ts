/** A running order: made around a bulletin, changed, and how long it is. Pure. */
import type { Bulletin, ProgrammeItem } from '@tieng-loa/protocol/views.ts';

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

/** @returns the length of the bulletins and pauses; the hub adds the tunes when it is saved. */
export const lengthMs = (items: readonly ProgrammeItem[], bulletins: ReadonlyMap<string, Pick<Bulletin, 'durationMs'>>): number =>
  items.reduce((sum, item) => {
    if (item.kind === 'pause') return sum + item.durationMs;
    return item.kind === 'bulletin' ? sum + (bulletins.get(item.bulletin)?.durationMs ?? 0) : sum;
  }, 0);

/** @returns whether two running orders are the same. */
export const sameItems = (a: readonly ProgrammeItem[], b: readonly ProgrammeItem[]): boolean => JSON.stringify(a) === JSON.stringify(b);
