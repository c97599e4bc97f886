/** Words of the ledger. */
import type { Words } from '../vi.ts';

export const ledger: Words['ledger'] = {
  title: 'Ledger',
  day: 'Day',
  span: 'Show',
  spans: { day: 'One day', week: 'Seven days' },
  before: 'Earlier',
  after: 'Later',
  result: 'Result',
  results: { all: 'All', aired: 'Aired', trouble: 'Missed somewhere' },
  player: 'Player',
  allPlayers: 'All players',
  summary: (programmes, aired, all) => `${programmes} ${programmes === 1 ? 'programme' : 'programmes'}, ${aired} of ${all} airings whole.`,
  nothing: { title: 'Nothing here', text: 'Choose another day, or fewer filters.' },
  minutes: {
    title: 'Minutes by language',
    text: 'Each programme counts once, by the player where most was heard.',
    line: (language, minutes) => `${language}: ${minutes} min`,
    none: 'Nothing has been aired.',
  },
  reasons: {
    title: 'Why not whole',
    none: 'Every airing was whole.',
    line: (reason, n) => `${reason}: ${n}`,
    noNews: 'no news from the player',
    noReason: 'reason not known',
  },
};
