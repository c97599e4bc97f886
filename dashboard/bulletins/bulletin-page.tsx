/** One bulletin: written where it is a draft, heard and approved where it waits, shown otherwise. */
import type { Bulletin } from '@tieng-loa/protocol/views.ts';
import { useEffect, useState } from 'react';
import { useSearch } from 'wouter';
import { useAnswer } from '../api/hub.ts';
import { useMe, useStation } from '../session/me.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page, ProblemNote } from '../ui/page.tsx';
import { useWords } from '../words/index.tsx';
import { CLASS_ORDER } from './class-choice.tsx';
import { BulletinEditor } from './editor.tsx';
import { BulletinReading } from './reading.tsx';

export function BulletinPage({ params }: { params: Record<string, string | undefined> }) {
  const id = params.id ?? '';
  // another bulletin is another form
  return <OneBulletin key={id} id={id} />;
}

function OneBulletin({ id }: { id: string }) {
  const words = useWords().bulletins;
  // what was begun may name its class: `?moi=emergency`
  const begun = new URLSearchParams(useSearch()).get('moi');
  const isNew = begun !== null;
  const answer = useAnswer('GET /api/bulletins/:bulletin', { params: { bulletin: id } }, { enabled: !isNew });
  const [editing, setEditing] = useState(false);
  const bulletin = answer.data?.id === id ? answer.data : null;
  const mayEdit = useMayEdit(bulletin);
  const state = bulletin?.state;
  const writes = mayEdit && (isNew || editing || state === 'draft');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view of the bulletin is read from its beginning
  useEffect(() => void window.scrollTo({ top: 0 }), [state, writes]);
  const back = { to: '/ban-tin', label: words.back };
  if (!isNew && !bulletin) {
    return (
      <Page title={words.title} back={back}>
        {answer.error ? <ProblemNote problem={answer.error} retry={() => void answer.refetch()} /> : <Loading />}
      </Page>
    );
  }
  return (
    <Page title={bulletin === null ? words.make : writes ? words.write : bulletin.title} back={back}>
      {writes ? (
        <BulletinEditor
          id={id}
          bulletin={bulletin}
          begunAs={CLASS_ORDER.find((one) => one === begun) ?? 'routine'}
          onDone={() => setEditing(false)}
        />
      ) : (
        bulletin && <BulletinReading bulletin={bulletin} {...(mayEdit ? { onEdit: () => setEditing(true) } : {})} />
      )}
    </Page>
  );
}

/** As the hub has it: editors change any bulletin, a contributor the drafts of their own. */
function useMayEdit(bulletin: Bulletin | null): boolean {
  const station = useStation();
  const me = useMe();
  if (!station.may('record')) return false;
  return bulletin === null || station.may('compose') || (bulletin.by.id === me.person.id && bulletin.state === 'draft');
}
