/** Binds the rows of programmes to what is done. */
import type { Handlers } from '../http/handler.ts';
import { type ProgrammeRoom, removeProgramme, writeProgramme } from './commands.ts';
import { listProgrammes } from './queries.ts';

type Rows =
  | 'GET /api/stations/:station/programmes'
  | 'PUT /api/stations/:station/programmes/:programme'
  | 'DELETE /api/programmes/:programme';

export const programmeHandlers = (room: ProgrammeRoom): Pick<Handlers, Rows> => ({
  'GET /api/stations/:station/programmes': ({ station }) => listProgrammes(room.database, station),
  'PUT /api/stations/:station/programmes/:programme': ({ params, body, actor, station }) =>
    writeProgramme(room, { station, id: params.programme, by: actor.id, written: body }),
  'DELETE /api/programmes/:programme': async ({ params, actor }) => {
    await removeProgramme(room, params.programme, actor.id);
    return {};
  },
});
