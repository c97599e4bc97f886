/** Scheduling a programme: what, where, in which class, when; said back as one sentence before it is sent. */

import { Button, NativeSelect } from '@mantine/core';
import type { Programme, Zone } from '@tieng-loa/protocol/views.ts';
import { Link, useSearch } from 'wouter';
import { useAnswer, useNow } from '../api/hub.ts';
import { CLASS_ORDER, ClassChoice } from '../bulletins/class-choice.tsx';
import { useStation } from '../session/me.tsx';
import { Loading } from '../ui/loading.tsx';
import { Empty, Page, ProblemNote } from '../ui/page.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { startsIn } from './calendar.ts';
import { chosenZones, type ScheduleDraft, whenOf } from './draft.ts';
import { type ScheduleForm, useScheduleForm } from './form.ts';
import { PlaceChoice } from './place-choice.tsx';
import { byName } from './places.ts';
import { quietAt } from './quiet.ts';
import css from './schedule.module.css';
import { useSentence } from './sentence.ts';
import { WhenChoice } from './when-choice.tsx';

/** As far as a plan reaches; the sentence names the first few starts within it. */
const AHEAD_MS = 45 * 86_400_000;
const NAMED_STARTS = 4;

export function ScheduleFormPage() {
  const words = useWords().schedule;
  const station = useStation();
  const wanted = new URLSearchParams(useSearch()).get('chuong-trinh') ?? '';
  const programmes = useAnswer('GET /api/stations/:station/programmes', { params: { station: station.id } });
  const zones = useAnswer('GET /api/stations/:station/zones', { params: { station: station.id } });
  const ready = programmes.data && zones.data;
  const problem = ready ? null : (programmes.error ?? zones.error);
  const back = { to: '/lich', label: words.back };
  if (!station.may('schedule')) {
    return (
      <Page title={words.formTitle} back={back}>
        <Empty title={words.notAllowed} />
      </Page>
    );
  }
  return (
    <Page title={words.formTitle} back={back}>
      <ProblemNote problem={problem} />
      {!ready && !problem && <Loading />}
      {ready && programmes.data.length === 0 && (
        <Empty title={words.noProgramme} action={<Link to="/ban-tin">{words.toProgrammes}</Link>} />
      )}
      {ready && programmes.data.length > 0 && <Form key={wanted} wanted={wanted} programmes={programmes.data} zones={zones.data} />}
    </Page>
  );
}

function Form({ wanted, programmes, zones }: { wanted: string; programmes: readonly Programme[]; zones: readonly Zone[] }) {
  const words = useWords();
  const said = words.schedule;
  const form = useScheduleForm(wanted, zones);
  const { draft, change, refused } = form;
  const programme = programmes.find(({ id }) => id === draft.programme) ?? null;
  const highest = programme?.class ?? 'emergency';
  return (
    <form className={css.form} onSubmit={form.onSubmit}>
      <div>
        <NativeSelect
          label={said.what}
          data={[{ value: '', label: said.chooseProgramme }, ...programmes.map(({ id, title }) => ({ value: id, label: title }))]}
          value={draft.programme}
          error={form.open.programme ? said.needProgramme : refused('what')}
          onChange={(event) => change({ programme: event.currentTarget.value })}
        />
        <ProgrammeFacts programme={programme} now={draft.kind === 'now'} />
      </div>
      <PlaceChoice
        zones={zones}
        draft={draft}
        change={change}
        error={form.open.places ? said.needPlaces : refused('where')}
        missing={form.problem?.code === 'missing-language'}
      />
      <WhenChoice draft={draft} change={change} error={form.open.when ? said.needWhen : refused('when')} />
      <ClassChoice
        label={said.inWhichClass}
        value={draft.class}
        choices={CLASS_ORDER.slice(0, CLASS_ORDER.indexOf(highest) + 1)}
        barred={said.classOnlyUpTo(words.shell.classes[highest].toLowerCase())}
        error={refused('class')}
        onChange={(chosen) => change({ class: chosen })}
      />
      <Foot form={form} programme={programme} zones={zones} />
    </form>
  );
}

function ProgrammeFacts({ programme, now }: { programme: Programme | null; now: boolean }) {
  const words = useWords();
  const { formatDuration } = useFormat();
  if (!programme) return null;
  return (
    <p className={css.facts}>
      <span className={css.dim}>{formatDuration(programme.durationMs)}</span>
      {programme.approved ? (
        <StateMark state="approved" />
      ) : (
        <StateMark state="waiting">{now ? words.schedule.notApprovedNow : words.schedule.notApprovedYet}</StateMark>
      )}
    </p>
  );
}

/** The rule as a sentence with its next starts, and the button. */
function Foot({ form, programme, zones }: { form: ScheduleForm; programme: Programme | null; zones: readonly Zone[] }) {
  const words = useWords().schedule;
  const { formatMoment } = useFormat();
  const sentence = useSentence();
  const now = useNow();
  const { draft } = form;
  const when = whenOf(draft);
  const chosen = chosenZones(draft, zones);
  const places = chosen.map(({ id }) => id);
  const starts = when ? startsIn(when, now, now + AHEAD_MS) : [];
  const next = starts.slice(0, NAMED_STARTS);
  return (
    <div className={css.foot}>
      {programme && when && places.length > 0 && (
        <output className={css.saying}>
          <strong>{sentence(programme.title, when, places, draft.class)}</strong>
          <Quiet zones={chosen} draft={draft} starts={when.kind === 'now' ? [now] : starts} />
          {when.kind === 'weekly' && next.length > 0 && <span>{words.sayNext(next.map((at) => formatMoment(at, 0)))}</span>}
        </output>
      )}
      {form.elsewhere && <ProblemNote problem={form.problem} />}
      <Button type="submit" size="lg" loading={form.sending} {...(draft.class === 'emergency' ? { color: 'red' } : {})}>
        {draft.kind === 'now' ? words.submitNow : words.submit}
      </Button>
    </div>
  );
}

/** The places that would stay silent: better read here than in the ledger. */
function Quiet({ zones, draft, starts }: { zones: readonly Zone[]; draft: ScheduleDraft; starts: readonly number[] }) {
  const words = useWords().schedule;
  const { formatNumber, list } = useFormat();
  const quiet = quietAt(zones, starts);
  if (draft.class === 'emergency' || quiet.zones.length === 0) return null;
  const names = list(quiet.zones.toSorted(byName).map(({ name }) => name));
  const count = formatNumber(quiet.zones.length);
  return (
    <StateMark state="late">
      {draft.kind === 'now' ? words.quietNow(count, names) : words.quietThen(count, list(quiet.times), names)}
    </StateMark>
  );
}
