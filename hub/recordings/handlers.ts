/** Answers the rows of the table that are about recordings. */
import type { Files } from '../files.ts';
import type { Handlers } from '../http/handler.ts';
import type { Database } from '../store/database.ts';
import type { RecordingLibrary } from './library.ts';
import { listRecordings, oneRecording, peaksOf, readyRecording } from './queries.ts';

export interface RecordingHandlersDeps {
  database: Database;
  files: Files;
  library: RecordingLibrary;
}
type Rows =
  | 'GET /api/stations/:station/recordings'
  | 'PUT /api/stations/:station/recordings/:recording'
  | 'GET /api/recordings/:recording'
  | 'GET /api/recordings/:recording/audio'
  | 'GET /api/recordings/:recording/peaks'
  | 'DELETE /api/recordings/:recording';

export const recordingHandlers = ({ database, files, library }: RecordingHandlersDeps): Pick<Handlers, Rows> => ({
  'GET /api/stations/:station/recordings': ({ params, query }) => listRecordings(database, params.station, query.language),
  'PUT /api/stations/:station/recordings/:recording': ({ params, query, upload, actor }) =>
    library.take({ id: params.recording, station: params.station, person: actor.id, ...query, upload }),
  'GET /api/recordings/:recording': ({ params }) => oneRecording(database, params.recording),
  'GET /api/recordings/:recording/audio': async ({ params }) => {
    const { rendering, name } = await readyRecording(database, params.recording);
    return { path: files.rendering(rendering), contentType: 'audio/ogg', fileName: `${name}.opus` };
  },
  'GET /api/recordings/:recording/peaks': ({ params }) => peaksOf(database, params.recording),
  'DELETE /api/recordings/:recording': async ({ params, actor }) => {
    await library.remove(params.recording, actor.id);
    return {};
  },
});
