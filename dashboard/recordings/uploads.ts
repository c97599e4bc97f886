/** What is on its way to the hub: it goes on while other pages are looked at, waits while there is no network, and is kept when it fails. */

import { skipToken, useMutation, useMutationState, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApiProblem } from '@tieng-loa/protocol/client.ts';
import type { Recording } from '@tieng-loa/protocol/views.ts';
import { renew, useHub } from '../api/hub.ts';
import { sendFile, type Upload } from './upload.ts';

const KEY = ['upload'];
const progressKey = (id: string) => ['upload', id];
/** Sent again by itself this often before the person is asked. */
const TRIES = 3;
const PAUSE_MS = 4_000;
/** Refusals that another try may mend by itself. */
const PASSING: readonly ApiProblem['code'][] = ['unreachable', 'upload-cut', 'busy'];

export interface UnderWay {
  upload: Upload;
  state: 'sending' | 'offline' | 'failed';
  /** tries that broke off; it is sent again by itself */
  failures: number;
  problem: ApiProblem | null;
}

export interface Uploads {
  /** not yet at the hub, oldest first */
  list: readonly UnderWay[];
  send(upload: Omit<Upload, 'abort'>): void;
  again(upload: Upload): void;
  /** stops it and forgets the file */
  forget(upload: Upload): void;
}

/** @returns the uploads of this page, whichever view began them. */
export function useUploads(): Uploads {
  const store = useQueryClient();
  const hub = useHub();
  const { mutate } = useMutation<Recording, ApiProblem, Upload>({
    mutationKey: KEY,
    // without network it waits, and begins by itself when the network is back
    networkMode: 'online',
    gcTime: Number.POSITIVE_INFINITY,
    mutationFn: (upload) => {
      const progress = (sentBytes: number) => void store.setQueryData(progressKey(upload.id), sentBytes);
      progress(0);
      return sendFile(upload, hub.headers(), progress).finally(() => progress(0));
    },
    retry: (failures, problem) => failures < TRIES && PASSING.includes(problem.code),
    retryDelay: (failures) => PAUSE_MS * 2 ** failures,
    onSuccess: (recording, { id }) => {
      store.setQueryData(['GET /api/recordings/:recording', { recording: id }, {}], recording);
      renew(store, 'recordings');
    },
    // the hub has it: the page need not hold the file any longer
    onSettled: (recording, _, { id }) => void (recording && setTimeout(() => forgetWhere(id))),
  });
  const forgetWhere = (id: string) => {
    const cache = store.getMutationCache();
    for (const one of cache.findAll({ mutationKey: KEY })) if ((one.state.variables as Upload).id === id) cache.remove(one);
    store.removeQueries({ queryKey: progressKey(id) });
  };
  const list = useMutationState<UnderWay | null>({
    filters: { mutationKey: KEY },
    select: ({ state }) =>
      state.status === 'success' || state.status === 'idle'
        ? null
        : {
            upload: state.variables as Upload,
            state: state.status === 'error' ? 'failed' : state.isPaused ? 'offline' : 'sending',
            failures: state.failureCount,
            problem: state.error as ApiProblem | null,
          },
  });
  return {
    list: list.filter((one) => one !== null),
    send: (upload) => mutate({ ...upload, abort: new AbortController() }),
    again: (upload) => {
      forgetWhere(upload.id);
      mutate({ ...upload, abort: new AbortController() });
    },
    forget: (upload) => {
      forgetWhere(upload.id);
      upload.abort.abort();
    },
  };
}

/** @returns how many bytes of the upload have gone out. */
export function useSentBytes(upload: Upload): number {
  const { data } = useQuery<number>({ queryKey: progressKey(upload.id), queryFn: skipToken, gcTime: Number.POSITIVE_INFINITY });
  return data ?? 0;
}

/** @returns a name to begin with: the file's own, without its ending. */
export const nameOfFile = (file: File): string =>
  file.name
    .replace(/\.[^.]+$/, '')
    .replace(/[_-]+/g, ' ')
    .trim()
    .slice(0, 200) || file.name.slice(0, 200);
