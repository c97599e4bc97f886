/** Bounds of making audio ready, each with its reason. CPU, memory and file size of one process are in limited.sh. */
import { MINUTE, RECORDING_MS, SECOND } from '@tieng-loa/protocol/limits.ts';

/** One run of ffmpeg: two hours of audio take about a minute on a PC, a small board is ten times slower. */
export const RUN_MS = 15 * MINUTE;
/** Looking at a file's header takes 50 ms; a person waits for the answer. */
export const LOOK_MS = 20 * SECOND;
/** What a run decodes at most: one second more than may be, so that "longer" is seen without decoding all of it. */
export const DECODED_MS = RECORDING_MS + SECOND;
/** Lines of ffmpeg's log that are kept: five summaries of ebur128 are 60. */
export const LOG_LINES = 400;
/** Bytes of ffprobe's answer: about 1 KB for a phone's recording. */
export const LOOK_BYTES = 64 * 1024;
/** Bytes of a file that are read to tell what it is: longer than the header of any format named in sniff.ts. */
export const HEAD_BYTES = 4096;
/** Encodings of one recording: the first by measure, the others corrected by what the last one became. */
export const ENCODINGS = 3;
/** Stretches of a waveform: more than a screen has points. */
export const PEAKS = 1000;
/** One run of a speech engine: espeak-ng speaks an hour in two seconds. */
export const SPEECH_MS = MINUTE;
/** Characters spoken in one go: about 25 minutes. */
export const SPEECH_CHARACTERS = 20_000;
