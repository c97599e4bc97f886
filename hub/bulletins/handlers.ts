/** Binds the rows of bulletins to what is done. */
import type { Actor, Handlers } from '../http/handler.ts';
import {
  approveBulletin,
  type BulletinRoom,
  removeBulletin,
  returnBulletin,
  submitBulletin,
  withdrawBulletin,
  writeBulletin,
} from './commands.ts';
import { listBulletins, oneBulletin } from './queries.ts';
import type { Changer } from './state.ts';

type Rows =
  | 'GET /api/stations/:station/bulletins'
  | 'GET /api/bulletins/:bulletin'
  | 'PUT /api/stations/:station/bulletins/:bulletin'
  | 'POST /api/bulletins/:bulletin/submit'
  | 'POST /api/bulletins/:bulletin/approve'
  | 'POST /api/bulletins/:bulletin/return'
  | 'POST /api/bulletins/:bulletin/withdraw'
  | 'DELETE /api/bulletins/:bulletin';

const changer = (actor: Actor, station: string): Changer => ({ id: actor.id, composes: actor.may('compose', station) });

export const bulletinHandlers = (room: BulletinRoom): Pick<Handlers, Rows> => ({
  'GET /api/stations/:station/bulletins': ({ station }) => listBulletins(room.database, station),
  'GET /api/bulletins/:bulletin': ({ params }) => oneBulletin(room.database, params.bulletin),
  'PUT /api/stations/:station/bulletins/:bulletin': ({ params, body, actor, station }) =>
    writeBulletin(room, { station, id: params.bulletin, changer: changer(actor, station), written: body }),
  'POST /api/bulletins/:bulletin/submit': ({ params, actor, station }) => submitBulletin(room, params.bulletin, changer(actor, station)),
  'POST /api/bulletins/:bulletin/approve': ({ params, body, actor }) => approveBulletin(room, params.bulletin, actor, body.revision),
  'POST /api/bulletins/:bulletin/return': ({ params, body, actor }) => returnBulletin(room, params.bulletin, actor.id, body.note),
  'POST /api/bulletins/:bulletin/withdraw': ({ params, body, actor }) => withdrawBulletin(room, params.bulletin, actor.id, body.note),
  'DELETE /api/bulletins/:bulletin': async ({ params, actor, station }) => {
    await removeBulletin(room, params.bulletin, changer(actor, station));
    return {};
  },
});
