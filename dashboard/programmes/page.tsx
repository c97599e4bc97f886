/** One programme: its running order, how long it is, and on to the schedule. */

import { Button, TextInput } from '@mantine/core';
import type { Programme } from '@tieng-loa/protocol/views.ts';
import { useLocation, useSearch } from 'wouter';
import { useAnswer } from '../api/hub.ts';
import content from '../bulletins/bulletins.module.css';
import { Newer } from '../bulletins/newer.tsx';
import { useStation } from '../session/me.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page, ProblemNote, Section } from '../ui/page.tsx';
import { StateMark } from '../ui/state-mark.tsx';
import { useFormat, useWords } from '../words/index.tsx';
import { AddLine } from './add-line.tsx';
import { useBulletinsById } from './bulletins-by-id.ts';
import { type ProgrammeForm, useProgrammeForm } from './form.ts';
import { lengthMs } from './order.ts';
import { RunningOrder } from './running-order.tsx';

export function ProgrammePage({ params }: { params: Record<string, string | undefined> }) {
  const id = params.id ?? '';
  return <OneProgramme key={id} id={id} />;
}

function OneProgramme({ id }: { id: string }) {
  const words = useWords().programmes;
  const station = useStation();
  const isNew = new URLSearchParams(useSearch()).has('moi');
  const answer = useAnswer('GET /api/stations/:station/programmes', { params: { station: station.id } });
  const programme = answer.data?.find((one) => one.id === id) ?? null;
  const back = { to: '/chuong-trinh', label: words.back };
  if (!programme && !isNew) {
    return (
      <Page title={words.title} back={back}>
        {answer.data ? <ProblemNote problem={{ code: 'not-found', facts: {} }} /> : <Loading />}
        <ProblemNote problem={answer.error} retry={() => void answer.refetch()} />
      </Page>
    );
  }
  return (
    <Page title={programme?.title ?? words.make} back={back}>
      <ProgrammeEditor id={id} programme={programme} />
    </Page>
  );
}

function ProgrammeEditor({ id, programme }: { id: string; programme: Programme | null }) {
  const words = useWords();
  const station = useStation();
  const form = useProgrammeForm(id, programme);
  const mayEdit = station.may('compose');
  const scheduled = useAnswer('GET /api/stations/:station/broadcasts', { params: { station: station.id } }).data?.some(
    (one) => one.programme === id && (one.state === 'scheduled' || one.state === 'waiting'),
  );
  return (
    <form onSubmit={form.onSubmit}>
      {programme && (
        <StateMark state={programme.approved ? 'approved' : 'waiting'}>
          {programme.approved ? words.programmes.approved : words.programmes.notApproved}
        </StateMark>
      )}
      {!mayEdit && <p className={content.note}>{words.programmes.notYours}</p>}
      {mayEdit && scheduled && form.draft.touched && <p className={content.note}>{words.programmes.scheduledWarning}</p>}
      {mayEdit && (
        <TextInput
          mt="md"
          label={words.programmes.fieldTitle}
          placeholder={words.programmes.titleExample}
          maxLength={200}
          value={form.draft.title}
          error={form.faults.title ? words.programmes.needTitle : undefined}
          onChange={(event) => form.change({ title: event.currentTarget.value })}
        />
      )}
      <Section title={words.programmes.order}>
        <RunningOrder lines={form.draft.lines} readOnly={!mayEdit} onChange={(lines) => form.change({ lines })} />
        {form.faults.lines && (
          <p role="alert" className={content.note}>
            {words.programmes.needItems}
          </p>
        )}
        {mayEdit && <AddLine lines={form.draft.lines} onChange={(lines) => form.change({ lines })} />}
      </Section>
      <Foot form={form} programme={programme} mayEdit={mayEdit} />
    </form>
  );
}

function Foot({ form, programme, mayEdit }: { form: ProgrammeForm; programme: Programme | null; mayEdit: boolean }) {
  const words = useWords().programmes;
  const { formatDuration, formatNumber } = useFormat();
  const station = useStation();
  const [, go] = useLocation();
  const bulletins = useBulletinsById();
  const { draft } = form;
  const ms =
    programme && !draft.touched ? formatDuration(programme.durationMs) : words.about(formatDuration(lengthMs(draft.lines, bulletins)));
  const newer = programme !== null && draft.touched && programme.revision !== draft.revision;
  return (
    <>
      <ProblemNote problem={form.problem} />
      {newer && <Newer title={programme.title} updatedAt={programme.updatedAt} onKeep={form.keepMine} onTake={form.drop} />}
      <div className={content.foot}>
        <strong>
          {words.total}: {words.totalOf(ms, formatNumber(draft.lines.length))}
        </strong>
        {station.may('schedule') && (
          <Button loading={form.sending} onClick={form.schedule}>
            {draft.touched ? words.scheduleAfterSave : words.schedule}
          </Button>
        )}
        {mayEdit && (
          <Button type="submit" variant="default" loading={form.sending}>
            {words.save}
          </Button>
        )}
        {mayEdit && draft.touched && (
          <Button
            variant="subtle"
            onClick={() => {
              form.drop();
              if (!programme) go('/chuong-trinh');
            }}
          >
            {words.discard}
          </Button>
        )}
        <span className={content.dim} role="status">
          {draft.touched ? words.unsaved : form.saved ? words.saved : ''}
        </span>
      </div>
      {mayEdit && programme && (
        <Button variant="subtle" color="red" onClick={form.remove}>
          {words.remove}
        </Button>
      )}
    </>
  );
}
