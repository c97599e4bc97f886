/** Facts of a small commune, to decide on: two villages that hear Hmong and Vietnamese, one programme, whatever a test changes of it. */
import { newId } from '@tieng-loa/protocol/ids.ts';
import type { BulletinPart } from '@tieng-loa/protocol/views.ts';
import type { BroadcastFacts, BulletinFacts, RecordingFacts, StationFacts } from '../../../hub/schedule/facts.ts';

export const timeZone = 'Asia/Ho_Chi_Minh';
/** @returns the instant of a local time, as `2026-11-24 06:00`. */
export const local = (time: string): number => Date.parse(`${time.replace(' ', 'T')}:00+07:00`);

/** @returns a new id that begins with `name`, to tell things apart in a failing test. */
export const idOf = (name: string): string => `${name}${newId()}`.slice(0, 20);

export function recording(language: string, durationMs = 60_000): RecordingFacts {
  const rendering = {
    sha256: newId()
      .padEnd(64, '0')
      .replace(/[^0-9a-f]/g, 'a'),
    sizeBytes: durationMs * 3,
    durationMs,
  };
  return { id: newId(), language, fileName: `${language}.m4a`, state: 'ready', rendering };
}

/** An approved bulletin of these recordings, one part a language. */
export function bulletin(recordings: readonly RecordingFacts[], change: Partial<BulletinFacts> = {}): BulletinFacts {
  const parts = recordings.map((one): BulletinPart => ({ language: one.language, text: '', recordings: [one.id] }));
  const id = newId();
  const made: BulletinFacts = {
    id,
    title: 'Phòng chống lừa đảo',
    class: 'priority',
    validUntil: null,
    parts,
    state: 'approved',
    approval: null,
    ...change,
  };
  const approval = {
    bulletin: id,
    approver: newId(),
    approverName: 'Lò Văn An',
    approvedAt: local('2026-11-01 08:00'),
    class: made.class,
    validUntil: made.validUntil,
    parts: recordings.flatMap((one) => one.rendering?.sha256 ?? []),
    envelope: null,
  };
  return made.state === 'approved' ? { ...made, approval: change.approval ?? approval } : made;
}

export interface Commune {
  facts: StationFacts;
  village: string;
  market: string;
  bulletin: BulletinFacts;
  recordings: RecordingFacts[];
  programme: string;
}

/** @returns a commune with one approved bulletin in one programme, two places, and a player in each. */
export function commune(change: { bulletin?: Partial<BulletinFacts> } = {}): Commune {
  const recordings = [recording('vi', 60_000), recording('hmn', 90_000)];
  const one = bulletin(recordings, change.bulletin);
  const programme = newId();
  const [village, market] = [idOf('a'), idOf('b')];
  const zone = { languages: ['hmn', 'vi'], quietHours: { from: '21:00', to: '05:30' } };
  return {
    village,
    market,
    bulletin: one,
    recordings,
    programme,
    facts: {
      station: { id: newId(), name: 'Quảng Lâm', timeZone },
      zones: new Map([
        [village, { id: village, name: 'Bản Huổi Lụ', ...zone }],
        [market, { id: market, name: 'Chợ', ...zone, languages: ['vi'] }],
      ]),
      programmes: new Map([
        [
          programme,
          {
            id: programme,
            title: 'Bản tin sáng',
            items: [
              { kind: 'chime', chime: 'signature' },
              { kind: 'bulletin', bulletin: one.id },
              { kind: 'pause', durationMs: 2000 },
              { kind: 'chime', chime: 'closing' },
            ],
          },
        ],
      ]),
      bulletins: new Map([[one.id, one]]),
      recordings: new Map(recordings.map((each) => [each.id, each])),
      broadcasts: [],
      stops: [],
      players: [
        { id: idOf('p'), name: 'Cụm Huổi Lụ', zones: [village] },
        { id: idOf('q'), name: 'Loa kéo', zones: [market, village] },
      ],
    },
  };
}

/** A broadcast of the commune's programme, daily at 06:00 unless changed. */
export const broadcast = (of: Commune, change: Partial<BroadcastFacts> = {}): BroadcastFacts => ({
  id: newId(),
  programme: of.programme,
  title: 'Bản tin sáng',
  class: 'routine',
  when: { kind: 'weekly', weekdays: [1, 2, 3, 4, 5, 6, 7], times: ['06:00'], from: '2026-11-02', until: null },
  zones: [of.village],
  toleranceMs: 300_000,
  startedNowAt: null,
  cancelledAt: null,
  createdAt: local('2026-11-01 09:00'),
  ...change,
});
