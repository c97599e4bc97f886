/** What a player said last: what it holds, the plan it follows, its clock, what it refused. */
import type { Player } from '@tieng-loa/protocol/views.ts';
import type { ReactNode } from 'react';
import { useNow } from '../api/hub.ts';
import type { Format } from '../words/format.ts';
import { useFormat, useWords } from '../words/index.tsx';
import type { Words } from '../words/vi.ts';
import css from './players.module.css';

type Status = NonNullable<Player['status']>;

export function PlayerFacts({ player }: { player: Player }) {
  const words = useWords();
  const format = useFormat();
  const now = useNow();
  const detail = words.players.detail;
  const { status } = player;
  const rows: [label: string, text: ReactNode][] = [];
  const since = player.since === null ? '' : ` ${detail.since(format.formatMoment(player.since, now))}`;
  rows.push([detail.state, words.shell.states[player.state] + since]);
  if (status) rows.push(...statusRows(status, player, now, words.players, format));
  if (player.certificateUntil !== null) rows.push([detail.certificate, detail.until(format.formatDay(player.certificateUntil))]);
  return (
    <>
      {!status && <p className={css.hint}>{detail.noWord}</p>}
      <dl className={css.facts}>
        {rows.map(([label, text]) => (
          <Row key={label} label={label} text={text} />
        ))}
      </dl>
    </>
  );
}

const Row = ({ label, text }: { label: string; text: ReactNode }) => (
  <>
    <dt>{label}</dt>
    <dd>{text}</dd>
  </>
);

function statusRows(status: Status, player: Player, now: number, words: Words['players'], format: Format): [string, ReactNode][] {
  const { detail } = words;
  const { holds, clock } = status;
  const held = [
    detail.files(holds.renderings, format.formatBytes(holds.sizeBytes)),
    status.lacksCount === 0 ? detail.lacksNothing : detail.lacks(status.lacksCount),
    status.lacksCount > 0 && status.bytesPerSecond ? detail.speed(format.formatBytes(status.bytesPerSecond)) : null,
    detail.free(format.formatBytes(holds.freeBytes)),
  ];
  const rows: [string, ReactNode][] = [
    [detail.holds, held.filter(Boolean).join(' · ')],
    [detail.plan, planText(status, player, now, words, format)],
    [
      detail.clock,
      [detail.clocks[clock.state], clock.errorMs === null ? null : detail.clockError(spanOf(clock.errorMs, format))]
        .filter(Boolean)
        .join(' · '),
    ],
    [detail.speaker, detail.speakers[status.speaker]],
  ];
  if (status.refusals.length > 0) rows.push([detail.refusals, refusalsText(status, now, words, format)]);
  rows.push(
    [detail.unreported, format.formatNumber(status.unreported)],
    [detail.uptime, format.formatSpan(status.uptimeMs)],
    [detail.software, `${status.software} · ${detail.lastWord(format.formatMoment(status.at, now))}`],
  );
  return rows;
}

const spanOf = (ms: number, format: Format): string => (ms < 1000 ? `${format.formatNumber(ms)} ms` : format.formatSpan(ms));

function planText({ plan: held }: Status, { plan }: Player, now: number, { detail }: Words['players'], format: Format): string {
  if (!held) return detail.planNone;
  const followed = !plan || plan.followed ? detail.planFollowed(held.revision) : detail.planBehind(held.revision, plan.revision);
  return `${followed} · ${detail.planUntil(format.formatMoment(held.hardExpiresAt, now))}`;
}

function refusalsText({ refusals }: Status, now: number, words: Words['players'], format: Format): ReactNode {
  return refusals
    .toSorted((a, b) => b.at - a.at)
    .map(({ refusal, document, at }) => (
      <div key={`${at}.${document}.${refusal}`}>
        {format.formatMoment(at, now)}: {words.documents[document]} — {words.refusals[refusal]}
      </div>
    ));
}
