/** Shows how the airings go, player by player: a line that is drawn again on a terminal, a line for each change elsewhere. */
import type { Airing, Broadcast } from '@tieng-loa/protocol/views.ts';
import type { Caller } from './caller.ts';
import { now, wait } from './clock.ts';
import type { Words } from './words.ts';

const EVERY_MS = 300;
/** How long after its planned end an airing may still be waited for. */
const PATIENCE_MS = 60_000;
const DONE = ['aired', 'overridden', 'stopped', 'missed'];

/** Watches until every airing of the broadcast is reported, or patience ends. @returns them as they are then. */
export async function watch(owner: Caller, broadcast: Broadcast, at: number, words: Words, out: NodeJS.WriteStream): Promise<Airing[]> {
  const station = owner.me.stations[0]!.id;
  const screen = openScreen(out);
  const endsAt = at + broadcast.durationMs + PATIENCE_MS;
  for (;;) {
    const airings = await owner.call('GET /api/stations/:station/airings', {
      params: { station },
      query: { from: at - 60_000, to: at + 60_000, broadcast: broadcast.id },
    });
    airings.sort((a, b) => (a.player.name < b.player.name ? -1 : 1));
    screen.show(airings.map((airing) => line(airing, words)));
    const expected = broadcast.zones.length;
    if (airings.length >= expected && airings.every(({ state }) => DONE.includes(state))) return airings;
    if (now() > endsAt) return airings;
    await wait(EVERY_MS);
  }
}

/** @returns how one airing stands; `seconds` is what changes without being news. */
function line({ player, state, held, onAir, latenessMs, reason }: Airing, words: Words): { news: string; seconds: string } {
  const said = [`${player.name.padEnd(16)} ${words.states[state]}`];
  let seconds = '';
  if ((state === 'planned' || state === 'ready') && held !== null)
    said.push(words.held(held.totalBytes === 0 ? 100 : Math.floor((100 * held.heldBytes) / held.totalBytes)));
  if (onAir !== null) {
    // null: a chime, or the pause between two parts
    said.push(onAir.language === null ? '♪' : (words.languages[onAir.language] ?? onAir.language));
    seconds = ` · ${clock(onAir.elapsedMs + Math.max(0, now() - onAir.at))}/${clock(onAir.totalMs)}`;
  }
  if (latenessMs !== null) said.push(words.late(latenessMs));
  if (reason !== null) said.push(words.reason(reason));
  if (DONE.includes(state)) said.push(words.reported);
  return { news: said.join(' · '), seconds };
}

const clock = (ms: number): string => `${Math.floor(ms / 60_000)}:${String(Math.floor((ms % 60_000) / 1000)).padStart(2, '0')}`;

interface Screen {
  show(lines: { news: string; seconds: string }[]): void;
}

function openScreen(out: NodeJS.WriteStream): Screen {
  let drawn: string[] = [];
  return {
    show(lines) {
      if (out.isTTY) {
        if (drawn.length > 0) out.write(`\x1b[${drawn.length}A`);
        drawn = lines.map(({ news, seconds }) => news + seconds);
        out.write(drawn.map((text) => `\x1b[K  ${text}\n`).join(''));
        return;
      }
      for (const [index, { news }] of lines.entries()) if (drawn[index] !== news) out.write(`  ${news}\n`);
      drawn = lines.map(({ news }) => news);
    },
  };
}
