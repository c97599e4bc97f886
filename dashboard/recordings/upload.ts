/** Sends a recording's file with its progress: the one place that uses XMLHttpRequest, since fetch cannot say how much has gone out. */
import type { AnswerOf } from '@tieng-loa/protocol/api.ts';
import { ApiProblem, pathOf } from '@tieng-loa/protocol/client.ts';

const ROUTE = 'PUT /api/stations/:station/recordings/:recording';
/** A link that moves no byte for this long is taken for dead: slow 4G in a valley pauses for tens of seconds and comes back. */
const STALLED_MS = 90_000;

/** One take on its way. `id` is made once: sending again under it makes no second recording. */
export interface Upload {
  id: string;
  station: string;
  language: string;
  name: string;
  file: File;
  abort: AbortController;
}

/** @returns the recording as the hub keeps it. Rejects with ApiProblem; `code: 'unreachable'` where the link broke. */
export function sendFile(
  upload: Upload,
  headers: Record<string, string>,
  onProgress: (sentBytes: number) => void,
): Promise<AnswerOf<typeof ROUTE>> {
  const { id, station, language, name, file, abort } = upload;
  const query = { language, name, fileName: file.name.slice(-255) };
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const broken = () => reject(new ApiProblem('unreachable', {}, 0, 'The hub cannot be reached.'));
    let stalled = setTimeout(() => request.abort(), STALLED_MS);
    const stop = () => request.abort();
    const warn = (leaving: BeforeUnloadEvent) => leaving.preventDefault();
    request.upload.onprogress = ({ loaded }) => {
      clearTimeout(stalled);
      stalled = setTimeout(stop, STALLED_MS);
      onProgress(loaded);
    };
    request.onload = () => answer(request, resolve, reject);
    request.onerror = broken;
    request.onabort = broken;
    request.onloadend = () => {
      clearTimeout(stalled);
      window.removeEventListener('beforeunload', warn);
      abort.signal.removeEventListener('abort', stop);
    };
    window.addEventListener('beforeunload', warn);
    abort.signal.addEventListener('abort', stop);
    request.open('PUT', pathOf(ROUTE, { station, recording: id }, query));
    for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
}

function answer(
  request: XMLHttpRequest,
  resolve: (recording: AnswerOf<typeof ROUTE>) => void,
  reject: (problem: ApiProblem) => void,
): void {
  let said: unknown;
  try {
    said = JSON.parse(request.responseText);
  } catch {
    said = { code: 'broken', facts: { reference: '' }, message: request.statusText };
  }
  if (request.status >= 200 && request.status < 300) {
    resolve(said as AnswerOf<typeof ROUTE>);
    return;
  }
  const { code, facts, message } = said as ApiProblem;
  reject(new ApiProblem(code, facts, request.status, message));
}
