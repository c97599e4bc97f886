/** What each player may pull: the body that its pointer names, and the audio that this body or its station's board names. */

export interface Reach {
  /** The player's newest pointer names this body. */
  point(player: string, station: string, body: string): void;
  /** A body that stands, with the audio it names. */
  shelve(body: string, renderings: readonly string[]): void;
  /** The audio that the station's board names. */
  board(station: string, renderings: readonly string[]): void;
  /** A player that may pull nothing any more. */
  forget(player: string): void;
  /** @returns what the player may pull under this hash; null where it may not. */
  kindOf(player: string, sha256: string): 'body' | 'rendering' | null;
}

/** @returns what players may pull, empty; the planner fills it as it publishes. Bodies that no pointer names are let go. */
export function reachOfPlayers(): Reach {
  const pointers = new Map<string, { station: string; body: string }>();
  const bodies = new Map<string, { renderings: ReadonlySet<string>; pointers: number }>();
  const boards = new Map<string, ReadonlySet<string>>();

  const release = (body: string): void => {
    const held = bodies.get(body);
    if (held && --held.pointers === 0) bodies.delete(body);
  };
  return {
    shelve: (body, renderings) => {
      if (!bodies.has(body)) bodies.set(body, { renderings: new Set(renderings), pointers: 0 });
    },
    point: (player, station, body) => {
      const before = pointers.get(player);
      if (before?.body === body) return;
      pointers.set(player, { station, body });
      const held = bodies.get(body);
      if (held) held.pointers += 1;
      if (before) release(before.body);
    },
    board: (station, renderings) => void boards.set(station, new Set(renderings)),
    forget: (player) => {
      const before = pointers.get(player);
      pointers.delete(player);
      if (before) release(before.body);
    },
    kindOf: (player, sha256) => {
      const pointer = pointers.get(player);
      if (!pointer) return null;
      if (pointer.body === sha256) return 'body';
      const named = bodies.get(pointer.body)?.renderings.has(sha256) || boards.get(pointer.station)?.has(sha256);
      return named ? 'rendering' : null;
    },
  };
}
