/** Loa: the places as people know them, each with its players; one line and one next step for each. */

import { Button, Checkbox, TextInput } from '@mantine/core';
import type { Player, Zone } from '@tieng-loa/protocol/views.ts';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAnswer, useNow } from '../api/hub.ts';
import { useStation } from '../session/me.tsx';
import { Icon } from '../ui/icons.tsx';
import { Loading } from '../ui/loading.tsx';
import { Empty, Page, ProblemNote } from '../ui/page.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { AddPlayer } from './add-player.tsx';
import { healthOf, isIll } from './health.ts';
import css from './players.module.css';
import { useSilent } from './silent.ts';
import { ZoneWards } from './zone-wards.tsx';

/** From this many players on, looking for one needs a search. */
const SEARCHABLE = 12;

export function PlayersPage() {
  const words = useWords().players;
  const station = useStation();
  const params = { station: station.id };
  const zones = useAnswer('GET /api/stations/:station/zones', { params });
  const players = useAnswer('GET /api/stations/:station/players', { params });
  const [adding, setAdding] = useState(false);
  if (!zones.data || !players.data) {
    const problem = zones.error ?? players.error;
    return <Page title={words.title}>{problem ? <ProblemNote problem={problem} /> : <Loading />}</Page>;
  }
  if (zones.data.length === 0) {
    return (
      <Page title={words.title}>
        <Empty
          title={words.noZones.title}
          text={words.noZones.text}
          action={
            station.may('administer') && (
              <Button component={Link} to="/cai-dat">
                {words.noZones.action}
              </Button>
            )
          }
        />
      </Page>
    );
  }
  const add = station.may('operate') && !adding && (
    <Button leftSection={<Icon name="add" />} onClick={() => setAdding(true)}>
      {words.add}
    </Button>
  );
  const standing = players.data.filter(({ state }) => state !== 'revoked');
  const empty = standing.length === 0;
  return (
    <Page title={words.title} action={!empty && add} lead={!empty && <Lead players={standing} />}>
      {adding && <AddPlayer zones={zones.data} players={players.data} close={() => setAdding(false)} />}
      {empty && !adding && <Empty title={words.none.title} text={words.none.text} action={add} />}
      {!empty && <Places zones={zones.data} players={standing} />}
    </Page>
  );
}

function Lead({ players }: { players: readonly Player[] }) {
  const words = useWords().players;
  const format = useFormat();
  const now = useNow();
  const silent = useSilent();
  const here = players.filter(({ state }) => state === 'here').length;
  const ill = players.filter((player) => isIll(healthOf(player, now, { words, format }, silent))).length;
  return (
    <>
      {words.lead(here, players.length)} {ill > 0 && <strong className={css.ill}>{words.leadIll(ill)}</strong>}
    </>
  );
}

/** Marks and case do not matter to somebody who types on a phone. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();

function Places({ zones, players }: { zones: readonly Zone[]; players: readonly Player[] }) {
  const words = useWords().players;
  const format = useFormat();
  const now = useNow();
  const silent = useSilent();
  const [search, setSearch] = useState('');
  const [onlyIll, setOnlyIll] = useState(false);
  const ill = players.filter((player) => isIll(healthOf(player, now, { words, format }, silent)));
  const wanted = folded(search.trim());
  const zoneName = new Map(zones.map(({ id, name }) => [id, name]));
  const shown = (onlyIll && ill.length > 0 ? ill : players).filter(
    ({ name, zones: at }) => folded(name).includes(wanted) || at.some((id) => folded(zoneName.get(id) ?? '').includes(wanted)),
  );
  const narrowed = wanted !== '' || onlyIll;
  const homeless = shown.filter(({ zones: at }) => !at.some((id) => zoneName.has(id)));
  return (
    <>
      {players.length > SEARCHABLE && (
        <div className={css.narrow}>
          <TextInput
            type="search"
            aria-label={words.search}
            placeholder={words.search}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          {ill.length > 0 && (
            <Checkbox label={words.onlyIll(ill.length)} checked={onlyIll} onChange={(event) => setOnlyIll(event.currentTarget.checked)} />
          )}
        </div>
      )}
      <div className={css.zones}>
        {zones
          .toSorted((a, b) => a.name.localeCompare(b.name, 'vi', { numeric: true }))
          .map((zone) => ({ zone, wards: shown.filter(({ zones: at }) => at.includes(zone.id)) }))
          .filter(({ wards }) => !narrowed || wards.length > 0)
          .map(({ zone, wards }) => (
            <ZoneWards key={zone.id} name={zone.name} languages={zone.languages} players={wards} />
          ))}
        {homeless.length > 0 && <ZoneWards name={words.elsewhere} languages={[]} players={homeless} />}
      </div>
    </>
  );
}
