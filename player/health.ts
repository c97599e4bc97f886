/** How the player is, as its status says it: on each change, a little spread, and at least every half minute. */
import { STATUS_EVERY_MS } from '@tieng-loa/protocol/limits.ts';
import { pointerKind } from '@tieng-loa/protocol/plan.ts';
import type { Status } from '@tieng-loa/protocol/status.ts';
import { boardKind } from '@tieng-loa/protocol/urgent.ts';
import type { CacheState } from './cache.ts';
import type { Clock } from './clock.ts';
import { LACKS_NAMED, STATUS_PAUSE_MS } from './limits.ts';
import type { Playout } from './playout.ts';
import type { Plan } from './shelf.ts';
import type { SpeakerState } from './speaker.ts';
import type { ClockTrust } from './timekeeper.ts';

/** Payload types that this program takes. */
const TAKES = [pointerKind.payloadType, boardKind.payloadType];

export interface Condition {
  player: string;
  boot: string;
  software: string;
  at: number;
  plan: Plan | null;
  refusals: Status['refusals'];
  cache: CacheState;
  freeBytes: number;
  onAir: ReturnType<Playout['onAir']>;
  volume: number;
  speaker: SpeakerState;
  clock: ClockTrust;
  unreported: number;
  uptimeMs: number;
}

/** @returns the status document of a condition. */
export function statusOf(condition: Condition): Status {
  const { player, boot, software, at, plan, refusals, cache, freeBytes, onAir, volume, speaker, clock, unreported, uptimeMs } = condition;
  return {
    player,
    boot,
    at,
    software,
    takes: TAKES,
    plan: plan && {
      revision: plan.pointer.revision,
      body: plan.pointer.body.sha256,
      hardExpiresAt: plan.pointer.hardExpiresAt,
    },
    refusals,
    holds: { renderings: cache.renderings, sizeBytes: cache.sizeBytes, freeBytes },
    lacks: cache.lacks.slice(0, LACKS_NAMED),
    lacksCount: cache.lacks.length,
    bytesPerSecond: cache.bytesPerSecond,
    onAir: onAir?.sounding
      ? {
          airing: onAir.id,
          broadcast: onAir.broadcast,
          class: onAir.class,
          plannedAt: onAir.plannedAt,
          startedAt: onAir.startedAt,
          language: onAir.language,
          elapsedMs: onAir.elapsedMs,
          totalMs: onAir.totalMs,
        }
      : null,
    volume,
    speaker,
    clock: { state: clock.state, errorMs: clock.errorMs },
    unreported,
    uptimeMs: Math.round(uptimeMs),
  };
}

export interface Herald {
  /** says the status now or, if it was just said, in a moment */
  changed(): void;
  /** says it at once: the birth */
  now(): void;
  close(): void;
}

/** @returns what says the status at its pace; `say` does nothing while there is no link. */
export function startHerald(clock: Clock, say: () => void): Herald {
  let saidMono = Number.NEGATIVE_INFINITY;
  let waits = false;
  let closed = false;
  let cancel = () => {};
  const now = (): void => {
    if (closed) return;
    cancel();
    waits = false;
    saidMono = clock.monotonic();
    say();
    cancel = clock.after(STATUS_EVERY_MS, now);
  };
  cancel = clock.after(STATUS_EVERY_MS, now);
  return {
    now,
    changed() {
      if (waits || closed) return;
      waits = true;
      cancel();
      cancel = clock.after(Math.max(saidMono + STATUS_PAUSE_MS - clock.monotonic(), 0), now);
    },
    close() {
      closed = true;
      cancel();
    },
  };
}
