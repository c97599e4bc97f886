/**
 * The player's only loop: asks the deciding rule what should sound, makes the next airing ready, starts it on the
 * instant, ends it, and writes down what became of it. Callbacks write facts and nudge; they decide nothing.
 */
import type { Reason } from '@tieng-loa/protocol/problems.ts';
import type { Report, Result } from '@tieng-loa/protocol/report.ts';
import { type Decision, decide, type Facts, type OnAir, type Ready } from '@tieng-loa/timetable/decide.ts';
import type { Holding } from '@tieng-loa/timetable/playable.ts';
import { renderingsOf } from '@tieng-loa/timetable/steps.ts';
import type { Amplifier } from './amplifier.ts';
import type { Clock } from './clock.ts';
import { maySound, volumeOf } from './guard.ts';
import type { Journal } from './journal.ts';
import { COMMIT_LEAD_MS, PREPARE_LEAD_MS } from './limits.ts';
import type { Logger } from './log.ts';
import { powerOf } from './power.ts';
import type { Situation } from './situation.ts';
import { type Audio, missedReport, openSounding, reportParts, type Score, type Sounding, sameReady, scoreOf } from './sounding.ts';
import type { Cue, Speaker } from './speaker.ts';
import type { Timekeeper } from './timekeeper.ts';

export interface PlayoutParts {
  clock: Clock;
  timekeeper: Timekeeper;
  speaker: Speaker;
  amplifier: Amplifier;
  journal: Journal;
  /** null before the first plan: nothing sounds */
  situation: () => Situation | null;
  holding: (sha256: string) => Holding;
  /** hashes again what is about to sound; @returns what is damaged */
  verify: (sha256s: readonly string[]) => Promise<string[]>;
  audio: Audio;
  /** something to report, or a change that the status shows */
  changed: () => void;
  log: Logger;
}
export interface Playout {
  /** a fact changed: look again */
  nudge(): void;
  /** a new plan or board: airings looked at before may be others now */
  replanned(): void;
  /** whether the speaker failed the last airing that needed it, whatever it says of itself now */
  soundFails(): boolean;
  onAir(): (OnAir & { language: string | null; totalMs: number; sounding: boolean }) | null;
  close(): void;
}

/** An airing on its way to sound: verified, loaded, held until its instant. */
interface Coming {
  ready: Ready;
  /** by the monotonic clock */
  startMono: number;
  cancels: (() => void)[];
  over: boolean;
}

export function startPlayout(parts: PlayoutParts): Playout {
  const { clock, timekeeper, speaker, amplifier, journal, holding, log } = parts;
  const power = powerOf(amplifier, clock);
  let coming: Coming | null = null;
  let current: Sounding | null = null;
  let from = 0;
  let closed = false;
  let looking = false;
  let again = false;
  let cancelWake = () => {};
  let volume = -1;
  let soundFails = false;

  const leadOf = (situation: Situation): number => (amplifier.present ? situation.settings.amplifierLeadMs : 0);
  const factsOf = (situation: Situation): Facts => ({
    player: situation.player,
    place: situation.settings,
    sources: situation.sources,
    silences: situation.silences,
    holding,
    settled: journal.settled,
    brokenOff: journal.brokenOff,
    onAir: current ? current.onAir(clock.monotonic()) : null,
    clock: { ...timekeeper.trust(), doubtedUntil: timekeeper.doubtedUntil() },
    speakerReady: speaker.state === 'ready',
    since: situation.since,
    from,
  });

  const look = (): void => {
    if (looking || closed) {
      again = true;
      return;
    }
    looking = true;
    do {
      again = false;
      const situation = parts.situation();
      if (situation) act(situation, decide(factsOf(situation), clock.now()));
    } while (again);
    looking = false;
  };

  const act = (situation: Situation, decision: Decision): void => {
    const now = clock.now();
    from = decision.from;
    if (decision.ends.length > 0) settle(situation, decision, now);
    // what must end by itself ends first, whatever begins next; what is overridden ends when the other is ready
    if (decision.cut && decision.cut.result !== 'overridden') finish(decision.cut.result, decision.cut.reason);
    setVolume(situation);
    const prepareLeadMs = Math.max(PREPARE_LEAD_MS, leadOf(situation) + COMMIT_LEAD_MS);
    const soon = decision.next && decision.next.at - now <= prepareLeadMs ? decision.next : null;
    aim(situation, decision.begin ? { ...decision.begin, at: now } : soon);
    const wakeAt = Math.min(decision.wakeAt, decision.next && !soon ? decision.next.at - prepareLeadMs : Number.POSITIVE_INFINITY);
    cancelWake();
    cancelWake = clock.after(Math.max(wakeAt - now, 0), look);
  };

  const settle = (situation: Situation, decision: Decision, now: number): void => {
    const reports: Report[] = decision.ends.map(({ airing, reason, lacked }) => {
      const settings = { volume: volumeOf(situation.settings) };
      return missedReport(reportParts(situation, airing, settings, timekeeper.trust()), reason, { lacked, missingLanguages: [] }, now);
    });
    journal.end(reports);
    for (const { id, title, reason, plannedAt } of reports) log.info({ airing: id, title, reason, plannedAt }, 'an airing was missed');
    parts.changed();
  };

  const setVolume = ({ settings }: Situation): void => {
    const next = volumeOf(settings);
    if (next === volume) return;
    volume = next;
    speaker.setVolume(next);
    parts.changed();
  };

  /** Makes `target` the airing that comes; what came before it is let go. */
  const aim = (situation: Situation, target: (Ready & { at: number }) | null): void => {
    if (coming && target && sameReady(coming.ready, target)) return;
    if (coming) letGo(coming);
    if (!target) return;
    const mono = clock.monotonic();
    const mine: Coming = { ready: target, startMono: mono + Math.max(target.at - clock.now(), 0), cancels: [], over: false };
    coming = mine;
    const lead = leadOf(situation);
    mine.startMono = Math.max(mine.startMono, power.warmFrom(lead));
    mine.cancels.push(clock.after(Math.max(mine.startMono - mono - lead, 0), power.on));
    prepare(situation, mine).catch((error: unknown) => failed(mine, error));
  };
  const letGo = (mine: Coming): void => {
    mine.over = true;
    for (const cancel of mine.cancels) cancel();
    if (coming === mine) coming = null;
    if (!current) {
      speaker.stop();
      power.off();
    }
  };
  const failed = (mine: Coming, error: unknown): void => {
    if (mine.over || closed) return;
    log.error({ error, airing: mine.ready.airing.id }, 'an airing could not be made ready');
    soundFails = true;
    parts.changed();
    letGo(mine);
    // the speaker says when it is ready again; until then the decision waits within the tolerance
    cancelWake();
    cancelWake = clock.after(COMMIT_LEAD_MS, look);
  };

  const prepare = async (situation: Situation, mine: Coming): Promise<void> => {
    const bad = await parts.verify(renderingsOf(mine.ready.playable.steps));
    if (mine.over || closed) return;
    if (bad.length > 0) {
      letGo(mine);
      look();
      return;
    }
    const score = scoreOf(mine.ready, parts.audio);
    if (current) finish('overridden', 'outranked', true);
    const sounding = openSounding(
      mine.ready,
      score,
      reportParts(situation, mine.ready.airing, { volume: volumeOf(situation.settings) }, timekeeper.trust()),
      mine.ready.airing.plannedAt,
    );
    const cue = speaker.cue(score.sounds, volumeOf(situation.settings), {
      began: (index) => sounded(sounding, score, index),
      done: (how) => {
        if (current !== sounding) return;
        if (how === 'finished') finish('aired', null);
        else finish('cut', 'speaker');
      },
    });
    await cue.ready;
    if (mine.over || closed) return;
    const left = mine.startMono - clock.monotonic();
    if (left > COMMIT_LEAD_MS) mine.cancels.push(clock.after(left - COMMIT_LEAD_MS, () => commit(situation, mine, sounding, cue)));
    else commit(situation, mine, sounding, cue);
  };

  /** The last word is asked, the beginning is written down; then the sound may come. */
  const commit = (situation: Situation, mine: Coming, sounding: Sounding, cue: Cue): void => {
    const { airing } = mine.ready;
    // the monotonic clock has fractions, a report has none
    const startAt = Math.round(clock.now() + Math.max(mine.startMono - clock.monotonic(), 0));
    if (!maySound(airing.source.broadcast.class, startAt, situation.settings)) {
      letGo(mine);
      journal.end([sounding.report('missed', 'quiet-hours', clock.now())]);
      parts.changed();
      look();
      return;
    }
    journal.begin(sounding.report('cut', 'cut-short', startAt));
    coming = null;
    mine.over = true;
    current = sounding;
    const left = mine.startMono - clock.monotonic();
    const start = (): void => {
      if (current !== sounding) return;
      sounding.started(clock.now(), clock.monotonic());
      cue.start();
      log.info({ airing: airing.id, title: airing.source.broadcast.title, latenessMs: clock.now() - airing.plannedAt }, 'an airing began');
      parts.changed();
      nudge();
    };
    if (left > 0) clock.after(left, start);
    else start();
  };

  const sounded = (sounding: Sounding, score: Score, index: number): void => {
    if (current !== sounding) return;
    // a speaker says of its first sound that it begins before any of it is heard; the second says that the first was
    if (index > 0) soundFails = false;
    if (!sounding.began(index, clock.now())) return;
    if (score.partOf[index]) journal.progress(sounding.report('cut', 'cut-short', clock.now()));
    parts.changed();
  };

  /** Ends what is on air. `kept`: the speaker and the amplifier are taken over at once. */
  const finish = (result: Result, reason: Reason | null, kept = false): void => {
    const ended = current;
    if (!ended) return;
    current = null;
    if (reason === 'speaker') {
      soundFails = true;
      log.error({ airing: ended.ready.airing.id }, 'the speaker failed while an airing sounded: look at loudspeaker, cable, amplifier');
    } else if (result === 'aired') soundFails = false;
    if (!kept && result !== 'aired') speaker.stop();
    // what was stopped between its commit and its first sample never sounded
    const report = ended.startedAt === null ? ended.report('missed', reason, clock.now()) : ended.report(result, reason, clock.now());
    journal.end([report]);
    log.info({ airing: report.id, result: report.result, reason: report.reason }, 'an airing ended');
    if (!kept) power.off();
    parts.changed();
    nudge();
  };

  const nudge = (): void => {
    if (looking) again = true;
    else look();
  };

  speaker.watch(() => {
    // the speaker may still die when the journal is put down already
    if (closed) return;
    parts.changed();
    nudge();
  });
  return {
    nudge,
    replanned() {
      from = 0;
      nudge();
    },
    soundFails: () => soundFails,
    onAir: () =>
      current && {
        ...current.onAir(clock.monotonic()),
        language: current.language(),
        totalMs: current.totalMs,
        sounding: current.startedAt !== null,
      },
    close() {
      closed = true;
      cancelWake();
      if (coming) letGo(coming);
      if (current) {
        // an orderly end under way is a cut like any other, and known at once
        const report = current.report('cut', 'cut-short', clock.now());
        current = null;
        speaker.stop();
        journal.end([report]);
      }
      power.close();
    },
  };
}
