/** What a broadcast must satisfy before it is scheduled, asked in the order in which a person can mend it. */
import type { BodyOf } from '@tieng-loa/protocol/api.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { missingLanguages } from '@tieng-loa/timetable/steps.ts';
import { type Composition, compose, isAbove } from '../schedule/compose.ts';
import { refuseConflicts } from '../schedule/conflicts.ts';
import type { Content, ZoneFacts } from '../schedule/facts.ts';
import { ORDER_RENDERINGS } from '../schedule/limits.ts';
import { fitsAnOrder } from '../schedule/plan-for.ts';
import type { Database } from '../store/database.ts';

export interface Candidate {
  station: { id: string; timeZone: string };
  wish: BodyOf<'PUT /api/stations/:station/broadcasts/:broadcast'>;
  /** the places of the station */
  zones: ReadonlyMap<string, ZoneFacts>;
  content: Content;
  now: number;
}

/**
 * @returns the title of the programme, once nothing stands against it.
 * @throws Problem `not-found`, `no-players`, `class-not-approved`, `not-approved` (for "now" only: what is ahead may wait),
 * `missing-language`, `quiet-hours`, `past-time`, `too-far`, `no-starts`, `bad-input`.
 */
export async function refuseBroadcast(database: Database, candidate: Candidate): Promise<string> {
  const { station, wish, content, now } = candidate;
  const programme = content.programmes.get(wish.programme);
  const owner = await database.selectFrom('programmes').select('station').where('id', '=', wish.programme).executeTakeFirst();
  if (programme === undefined || owner?.station !== station.id) throw new Problem('not-found');
  const zones = wish.zones.map((zone) => candidate.zones.get(zone)!);
  await refuseEmptyPlaces(database, zones, wish.class === 'emergency');
  const composition = compose(programme.items, content);
  refuseClass(composition, wish.class);
  if (wish.when.kind === 'now') refuseUnready(composition, programme.title, now);
  if (wish.class !== 'emergency' && wish.acceptMissing !== true) refuseMissing(composition, zones);
  refuseConflicts({ when: wish.when, class: wish.class, zones, timeZone: station.timeZone, now });
  return programme.title;
}

/** A place whose players are not enrolled yet would stay silent; an emergency is not held back by it where another place hears. */
async function refuseEmptyPlaces(database: Database, zones: readonly ZoneFacts[], isEmergency: boolean): Promise<void> {
  const found = await database
    .selectFrom('playerZones')
    .innerJoin('players', 'players.id', 'playerZones.player')
    .select('playerZones.zone')
    .distinct()
    .where('players.certificate', 'is not', null)
    .where('players.revokedAt', 'is', null)
    .where(
      'playerZones.zone',
      'in',
      zones.map((zone) => zone.id),
    )
    .execute();
  const heard = new Set(found.map((row) => row.zone));
  const empty = zones.find((zone) => !heard.has(zone.id));
  if (empty !== undefined && !(isEmergency && heard.size > 0)) throw new Problem('no-players', { zone: empty.name });
}

function refuseClass(composition: Composition, wished: BodyOf<'PUT /api/stations/:station/broadcasts/:broadcast'>['class']): void {
  const lower = composition.bulletins.find((bulletin) => isAbove(wished, bulletin.class));
  if (lower !== undefined) throw new Problem('class-not-approved', { title: lower.title, approved: lower.class });
}

/** "Now" cannot wait: everything is approved, holds still, and fits into one order. */
function refuseUnready(composition: Composition, title: string, now: number): void {
  const unapproved = composition.unapproved ?? composition.bulletins.find(({ validUntil }) => validUntil !== null && validUntil <= now);
  if (unapproved != null) throw new Problem('not-approved', { title: unapproved.title });
  if (composition.steps.length === 0) throw new Problem('not-approved', { title });
  if (!fitsAnOrder(composition)) throw new Problem('bad-input', { field: 'programme', why: 'maxItems', limit: ORDER_RENDERINGS });
}

function refuseMissing(composition: Composition, zones: readonly ZoneFacts[]): void {
  const lacking = zones.map((zone) => ({ zone, languages: missingLanguages(composition.intended, zone.languages) }));
  const places = lacking.filter(({ languages }) => languages.length > 0);
  if (places.length === 0) return;
  const languages = [...new Set(places.flatMap((place) => place.languages))];
  throw new Problem('missing-language', { languages, zones: places.map(({ zone }) => zone.name) });
}
