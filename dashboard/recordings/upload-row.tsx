/** One upload on its way: how far it is, or why it did not arrive and how to send it again. */
import { Button } from '@mantine/core';
import type { ApiProblem } from '@tieng-loa/protocol/client.ts';
import { ProblemNote } from '../ui/page.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import css from './recordings.module.css';
import { type UnderWay, type Uploads, useSentBytes } from './uploads.ts';

/** Refused for what the file is: sending it again changes nothing. */
const LASTING: readonly ApiProblem['code'][] = ['not-audio', 'bad-file', 'no-sound', 'too-long', 'too-large'];

export function UploadRow({ one, uploads }: { one: UnderWay; uploads: Uploads }) {
  const words = useWords().recordings;
  const { formatNumber, formatBytes } = useFormat();
  const { upload, state, problem, failures } = one;
  const sentBytes = Math.min(useSentBytes(upload), upload.file.size);
  const percent = upload.file.size > 0 ? Math.floor((100 * sentBytes) / upload.file.size) : 100;
  const mayHelp = problem === null || !LASTING.includes(problem.code);
  const said =
    state === 'offline'
      ? words.waitingForNetwork
      : failures > 0 && sentBytes === 0
        ? words.brokenOff
        : percent >= 100
          ? words.waitingForAnswer
          : words.uploading(formatNumber(percent));
  return (
    <li className={css.item}>
      <div className={css.line}>
        <p className={css.name}>{upload.name}</p>
        <span>{formatBytes(upload.file.size)}</span>
      </div>
      {state === 'failed' ? (
        <>
          <StateMark state="refused">{words.failed}</StateMark>
          <ProblemNote problem={problem} />
          {mayHelp && <p className={css.hint}>{words.kept}</p>}
          <div className={css.buttons}>
            {mayHelp && <Button onClick={() => uploads.again(upload)}>{words.again}</Button>}
            <Button variant="default" onClick={() => uploads.forget(upload)}>
              {words.forget}
            </Button>
          </div>
        </>
      ) : (
        <>
          <progress className={css.bar} value={percent} max={100} aria-label={upload.name} />
          <div className={css.line}>
            <span role="status">{said}</span>
            <Button variant="subtle" onClick={() => uploads.forget(upload)}>
              {words.cancel}
            </Button>
          </div>
        </>
      )}
    </li>
  );
}
