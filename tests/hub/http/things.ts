/** One row of each kind of thing that belongs to a station. */
import type { Database } from '@tieng-loa/hub/store/database.ts';
import { newId } from '@tieng-loa/protocol/ids.ts';

/** @returns the ids of new things in a station, by the names of the paths' parameters. */
export async function thingsIn(database: Database, station: string): Promise<Record<string, string>> {
  const ids = Object.fromEntries(
    ['zone', 'recording', 'bulletin', 'programme', 'broadcast', 'player'].map((name) => [name, newId()]),
  ) as Record<'zone' | 'recording' | 'bulletin' | 'programme' | 'broadcast' | 'player', string>;
  const made = { createdBy: newId(), createdAt: 0 };
  const content = { station, title: 'x', revision: 1, updatedAt: 0, search: 'x', ...made };
  await database
    .insertInto('zones')
    .values({ id: ids.zone, station, name: 'bản', kind: 'village', languages: '["vi"]', quietHours: null })
    .execute();
  await database
    .insertInto('recordings')
    .values({
      id: ids.recording,
      station,
      language: 'vi',
      name: 'x',
      fileName: 'x',
      state: 'ready',
      uploadSha256: '',
      uploadBytes: 1,
      ...made,
    })
    .execute();
  await database
    .insertInto('bulletins')
    .values({ id: ids.bulletin, subject: 'notice', class: 'routine', parts: '[]', state: 'draft', ...content })
    .execute();
  await database
    .insertInto('programmes')
    .values({ id: ids.programme, items: '[]', ...content })
    .execute();
  await database
    .insertInto('broadcasts')
    .values({
      id: ids.broadcast,
      station,
      programme: ids.programme,
      title: 'x',
      class: 'routine',
      whenRule: '{"kind":"now"}',
      zones: '[]',
      toleranceMs: 0,
      acceptMissing: 0,
      ...made,
    })
    .execute();
  await database
    .insertInto('players')
    .values({
      id: ids.player,
      station,
      name: 'loa',
      kind: 'cluster',
      volume: 50,
      loudestVolume: 80,
      amplifierLeadMs: 0,
      codeTries: 0,
      createdAt: 0,
    })
    .execute();
  return ids;
}
