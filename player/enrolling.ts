/**
 * Enrols this player and words what went wrong: a program of its own beside the bundled player (see bundle.ts), so that what it
 * answers is plain data and no class of one is asked for in the other.
 */
import { ApiProblem } from '@tieng-loa/protocol/client.ts';
import { Problem } from '@tieng-loa/protocol/problems.ts';
import { problemSentences, worded } from '@tieng-loa/protocol/sentences.ts';
import { systemClock } from './clock.ts';
import type { Settings } from './config.ts';
import { isFull, localDisk } from './disk.ts';
import { enrol } from './enrol.ts';
import type { Identity } from './identity.ts';
import { AddressFault } from './pinned.ts';
import { words } from './words.ts';

/** @returns who the player is from now on, or the sentence that says why it was not enrolled. */
export async function enrolling(asked: {
  hub: string;
  code: string;
  folder: string;
  tongue: Settings['tongue'];
}): Promise<Identity | { refused: string }> {
  const { hub, folder, tongue } = asked;
  try {
    return await enrol({ ...asked, clock: systemClock, disk: localDisk() });
  } catch (error) {
    return { refused: isFull(error) ? words[tongue].diskFull(folder) : whyNotEnrolled(error, hub, tongue) };
  }
}

function whyNotEnrolled(error: unknown, hub: string, tongue: Settings['tongue']): string {
  const say = words[tongue];
  if (error instanceof ApiProblem) {
    if (error.cause instanceof AddressFault) return say.wrongAddress[error.cause.why](hub);
    if (error.code === 'unreachable') return say.unreachable(hub, causeOf(error));
    return `${say.notEnrolledBecause(error.message)}${error.code === 'code-spent' ? ` ${say.spent}` : ''}`;
  }
  if (error instanceof Problem && error.code === 'bad-seal') return say.otherHub;
  if (error instanceof Problem) return say.notEnrolledBecause(worded(problemSentences[error.code], tongue, error.facts));
  throw error;
}

/** What the network said; where each of several addresses failed, there is no message but a code. */
function causeOf({ cause, message }: Error): string {
  if (!(cause instanceof Error)) return message;
  return cause.message || (cause as NodeJS.ErrnoException).code || cause.name;
}
