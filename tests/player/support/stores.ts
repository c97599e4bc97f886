/** A player's database without a player around it. */
import type { Ballast } from '@tieng-loa/player/ballast.ts';
import { noLog } from '@tieng-loa/player/log.ts';
import { openStore, type Store } from '@tieng-loa/player/store.ts';

const noBallast: Pick<Ballast, 'withRoom'> = { withRoom: (act) => act() };

export const storeAt = (path: string, ballast = noBallast): Store => openStore({ path, durable: true, ballast, log: noLog });
