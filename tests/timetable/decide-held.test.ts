import { DAY, MINUTE } from '@tieng-loa/protocol/limits.ts';
import { expect, test } from 'vitest';
import { a, type Case, c, emergency, lacks, onAir, routine, shaOf, six, source, tried } from './place.ts';

const cases: Case[] = [
  {
    says: 'a bulletin that lacks a part waits for it',
    sources: [routine],
    now: six,
    facts: { holding: lacks(shaOf(a, 'hmn0')) },
    does: [],
  },
  {
    says: 'and is missed whole when it does not come',
    sources: [routine],
    now: six + 300_001,
    facts: { holding: lacks(shaOf(a, 'hmn0')) },
    does: [`end ${a} not-held`],
  },
  {
    says: 'a part that this place does not hear is not waited for',
    sources: [routine],
    now: six,
    facts: { holding: lacks(shaOf(a, 'hmn0')), place: { languages: ['vi'], timeZone: 'Asia/Ho_Chi_Minh', quietHours: null } },
    does: [`begin ${a}`],
  },
  {
    says: 'damaged audio is told from audio that never came',
    sources: [routine],
    now: six + 300_001,
    facts: { holding: () => 'damaged' },
    does: [`end ${a} audio-damaged`],
  },
  {
    says: 'an emergency airs the tongue it has, at once',
    sources: [emergency],
    now: six,
    facts: { holding: lacks(shaOf(c, 'hmn0')) },
    does: [`begin ${c}`],
  },
  { says: 'an emergency without any tongue waits', sources: [emergency], now: six, facts: { holding: () => 'lacked' }, does: [] },
  {
    says: 'a programme that lacks one bulletin waits for it',
    sources: [source([six], { id: a, items: [['vi'], ['vi']] })],
    now: six,
    facts: { holding: lacks(shaOf(a, 'vi1')) },
    does: [],
  },
  {
    says: 'and airs the other one rather than nothing',
    sources: [source([six], { id: a, items: [['vi'], ['vi']] })],
    now: six + 299_500,
    facts: { holding: lacks(shaOf(a, 'vi1')) },
    does: [`begin ${a}`],
  },

  {
    says: 'with an unset clock nothing begins and nothing is given up',
    sources: [routine, emergency],
    now: six + DAY,
    facts: { clock: { state: 'unset', errorMs: null, doubtedUntil: 0 } },
    does: [],
  },
  {
    says: 'an estimate that is wider than the tolerance holds an ordinary airing',
    sources: [routine],
    now: six,
    facts: { clock: { state: 'estimated', errorMs: 300_001, doubtedUntil: 0 } },
    does: [],
  },
  {
    says: 'and gives it up as a matter of the clock',
    sources: [routine],
    now: six + 300_001,
    facts: { clock: { state: 'estimated', errorMs: 300_001, doubtedUntil: 0 } },
    does: [`end ${a} clock`],
  },
  {
    says: 'a narrow estimate is good enough',
    sources: [routine],
    now: six,
    facts: { clock: { state: 'estimated', errorMs: 5000, doubtedUntil: 0 } },
    does: [`begin ${a}`],
  },
  {
    says: 'an emergency does not wait for the clock to be sure',
    sources: [emergency],
    now: six,
    facts: { clock: { state: 'estimated', errorMs: DAY, doubtedUntil: 0 } },
    does: [`begin ${c}`],
  },
  {
    says: 'what passed while the clock was of no use is put down to the clock',
    sources: [routine],
    now: six + DAY,
    facts: { clock: { state: 'trusted', errorMs: 100, doubtedUntil: six + MINUTE } },
    does: [`end ${a} clock`],
  },

  { says: 'nothing of a plan that has run out', sources: [source([six], { id: a, expiresAt: six })], now: six, does: [`end ${a} expired`] },
  {
    says: 'an order that has run out stays silent',
    sources: [source([six], { id: a, class: 'emergency', urgent: true, expiresAt: six + MINUTE })],
    now: six + MINUTE,
    does: [`end ${a} late`],
  },
  { says: 'an order is as urgent after its time', sources: [emergency], now: six + MINUTE, does: [`begin ${c}`] },
  {
    says: 'what was planned before this player was there is not its own',
    sources: [routine],
    now: six + DAY,
    facts: { since: six + 1 },
    does: [],
  },
  {
    says: 'audio that nobody approved is never aired',
    sources: [source([six], { id: a, approval: { parts: [] } })],
    now: six,
    does: [`end ${a} not-approved`],
  },
  {
    says: 'nor audio that was approved for a lower class',
    sources: [source([six], { id: a, class: 'priority', approval: { class: 'routine' } })],
    now: six,
    does: [`end ${a} not-approved`],
  },
  {
    says: 'nor after the approval has run out',
    sources: [source([six], { id: a, approval: { validUntil: six } })],
    now: six,
    does: [`end ${a} not-approved`],
  },
  {
    says: 'revoked audio is never aired',
    sources: [routine],
    now: six,
    facts: { holding: () => 'revoked' },
    does: [`end ${a} not-approved`],
  },
  {
    says: 'and stops where it sounds',
    sources: [routine],
    now: six,
    facts: { onAir: onAir(routine, six, six, { renderings: [shaOf(a, 'vi0')] }), holding: () => 'revoked' },
    does: ['cut stopped/not-approved'],
  },
  { says: 'a broken speaker is waited for', sources: [routine], now: six, facts: { speakerReady: false }, does: [] },
  {
    says: 'and named when it stays broken',
    sources: [routine],
    now: six + 300_001,
    facts: { speakerReady: false },
    does: [`end ${a} speaker`],
  },
];

test.for(cases)('$says', (one) => {
  expect(tried(one)).toEqual(one.does);
});
