/** What may be aired at once: approved items of the class emergency, each with the programme that carries it. Pure. */
import type { Bulletin, Programme } from '@tieng-loa/protocol/views.ts';

export interface Ready {
  /** of the bulletin or the programme */
  id: string;
  title: string;
  durationMs: number;
  languages: string[];
  /** the programme that airs it; null where a bulletin has none of its own yet */
  programme: string | null;
  /** every programme that airs just this */
  carriers: string[];
  /** the bulletin, where it is one alone */
  bulletin: Bulletin | null;
}

const bulletinsIn = (programme: Programme): string[] =>
  programme.items.flatMap((item) => (item.kind === 'bulletin' ? [item.bulletin] : []));

/** @returns the bulletins, then the programmes of several bulletins; what has expired is not among them. */
export function readyOf(bulletins: readonly Bulletin[], programmes: readonly Programme[], now: number): Ready[] {
  const valid = ({ validUntil }: Bulletin) => validUntil === null || validUntil > now;
  const alone = bulletins
    .filter((one) => one.state === 'approved' && one.class === 'emergency' && one.ready && valid(one))
    .map((bulletin) => ({ bulletin, carriers: programmes.filter((one) => bulletinsIn(one).join() === bulletin.id) }))
    .map(({ bulletin, carriers }) => ({
      id: bulletin.id,
      title: bulletin.title,
      durationMs: bulletin.durationMs,
      languages: bulletin.parts.map(({ language }) => language),
      programme: carriers.find(({ approved }) => approved)?.id ?? null,
      carriers: carriers.map(({ id }) => id),
      bulletin,
    }));
  const byId = new Map(bulletins.map((one) => [one.id, one]));
  const several = programmes
    .filter((one) => one.approved && one.class === 'emergency' && bulletinsIn(one).length > 1)
    .filter((one) => bulletinsIn(one).every((id) => valid(byId.get(id) ?? ({ validUntil: null } as Bulletin))))
    .map((one) => ({
      id: one.id,
      title: one.title,
      durationMs: one.durationMs,
      languages: [...new Set(bulletinsIn(one).flatMap((id) => byId.get(id)?.parts.map(({ language }) => language) ?? []))],
      programme: one.id,
      carriers: [one.id],
      bulletin: null,
    }));
  return [...alone, ...several];
}
