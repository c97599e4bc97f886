/** Vietnamese, spoken by espeak-ng's northern voice: the one that keeps all six tones apart (the central one merges four). */
import { plainText, refuseText, type Speech, type Spoken, speak } from './espeak.ts';

/** At full amplitude espeak-ng clips; 140 words a minute is the pace of somebody reading aloud outdoors. */
const OPTIONS = ['-v', 'vi', '-a', '85', '-s', '140'] as const;

/** Speaks Vietnamese text. It spells what it does not know, so no word is left out. @throws Problem `bad-input`. */
export async function speakVietnamese(speech: Speech): Promise<Spoken> {
  const text = plainText(speech.text);
  refuseText(text);
  await speak(OPTIONS, text, speech);
  return { unknown: [] };
}
