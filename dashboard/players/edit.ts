/** Changing a player: the hub takes it whole, so that two changes at once cannot mix. */
import type { Player } from '@tieng-loa/protocol/views.ts';
import { useSend } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';

type Editable = Pick<Player, 'name' | 'kind' | 'zones' | 'volume' | 'loudestVolume' | 'amplifierLeadMs'>;

export function usePlayerEdit(player: Player) {
  const station = useStation();
  const { send, sending, problem, clear } = useSend('PUT /api/stations/:station/players/:player');
  const edit = (change: Partial<Editable>) => {
    const { name, kind, zones, volume, loudestVolume, amplifierLeadMs } = player;
    return send({
      params: { station: station.id, player: player.id },
      body: { name, kind, zones, volume, loudestVolume, amplifierLeadMs, ...change },
    });
  };
  return { edit, sending, problem, clear };
}
