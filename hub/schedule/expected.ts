/** The airings that are to be: each start of each broadcast at each player that it reaches, with what it is at that place. */
import { airingId } from '@tieng-loa/protocol/ids.ts';
import { durationOf, missingLanguages, renderingsOf, stepsAt } from '@tieng-loa/timetable/steps.ts';
import { approvedStarts, type Composition, compositionOf, isAirable, plannedStarts } from './compose.ts';
import type { BroadcastFacts, PlayerFacts, StationFacts } from './facts.ts';
import { calledOff, type Span } from './plan-for.ts';

/** What a broadcast is at places that hear the same languages. */
export interface Place {
  /** languages that are heard, in the place's order */
  languages: string[];
  missingLanguages: string[];
  durationMs: number;
  /** renderings that it needs there, with their sizes */
  needs: ReadonlyMap<string, number>;
}
/** `not-approved`: players are not told of it · `called-off`: a person stopped it before it came. */
export type Standing = 'planned' | 'not-approved' | 'called-off';
export interface Expected {
  id: string;
  broadcast: BroadcastFacts;
  plannedAt: number;
  player: PlayerFacts;
  /** the first of the player's places that the broadcast is for */
  zone: string;
  place: Place;
  standing: Standing;
}

/** @returns the airings whose start lies in the span, in no particular order. */
export function expectedAirings(facts: StationFacts, span: Span): Expected[] {
  return facts.broadcasts.flatMap((broadcast) => {
    const starts = plannedStarts(broadcast, { ...span, timeZone: facts.station.timeZone });
    if (starts.length === 0) return [];
    const composition = compositionOf(broadcast, facts);
    const standings = standingsOf(broadcast, composition, facts, starts);
    const placeOf = places(composition);
    return facts.players.flatMap((player) => {
      const zone = player.zones.find((one) => broadcast.zones.includes(one));
      if (zone === undefined) return [];
      const place = placeOf(languagesOf(facts, player));
      return starts.map((plannedAt): Expected => {
        const id = airingId({ broadcast: broadcast.id, plannedAt, player: player.id, repeat: 0 });
        return { id, broadcast, plannedAt, player, zone, place, standing: standings.get(plannedAt)! };
      });
    });
  });
}

/** A player speaks the languages of its first place, wherever else it is heard. */
const languagesOf = (facts: StationFacts, player: PlayerFacts): readonly string[] =>
  facts.zones.get(player.zones[0] ?? '')?.languages ?? [];

function standingsOf(
  broadcast: BroadcastFacts,
  composition: Composition | null,
  facts: StationFacts,
  starts: readonly number[],
): Map<number, Standing> {
  const off = calledOff(facts.stops, broadcast.id);
  const approved = new Set(isAirable(broadcast, composition) ? approvedStarts(broadcast, composition, starts) : []);
  return new Map(starts.map((at) => [at, off.has(at) ? 'called-off' : approved.has(at) ? 'planned' : 'not-approved']));
}

/** Most places hear the same: each order of languages is composed once. */
function places(composition: Composition | null): (languages: readonly string[]) => Place {
  const known = new Map<string, Place>();
  return (languages) => {
    const key = languages.join(' ');
    const place = known.get(key) ?? placeFor(composition, languages);
    known.set(key, place);
    return place;
  };
}

function placeFor(composition: Composition | null, languages: readonly string[]): Place {
  if (composition === null) return { languages: [], missingLanguages: [], durationMs: 0, needs: new Map() };
  const heard = stepsAt(composition.intended, languages);
  const sounding = stepsAt(composition.steps, languages);
  return {
    languages: [...new Set(heard.flatMap((step) => (step.kind === 'part' ? [step.language] : [])))],
    missingLanguages: missingLanguages(composition.intended, languages),
    durationMs: durationOf(sounding, composition.renderings),
    needs: new Map(renderingsOf(sounding).map((sha256) => [sha256, composition.renderings.get(sha256)!.sizeBytes])),
  };
}
