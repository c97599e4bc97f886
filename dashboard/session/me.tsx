/** Who is signed in and in which station they work now. */

import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Me, Verb } from '@tieng-loa/protocol/people.ts';
import { createContext, Fragment, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { meKey, useAnswer, useHub } from '../api/hub.ts';
import { forgetKept, restoreKept } from '../api/kept.ts';
import { DraftOwner } from '../ui/draft.ts';
import { Loading } from '../ui/loading.tsx';
import { Empty, Page, ProblemNote } from '../ui/page.tsx';
import { useWords } from '../words/index.tsx';
import { SignIn } from './sign-in.tsx';
import { useSignOut } from './sign-out.ts';

export interface StationInHand {
  id: string;
  name: string;
  may(verb: Verb): boolean;
}
interface Session {
  me: Me;
  station: StationInHand;
  choose(station: string): void;
}
const SessionContext = createContext<Session | null>(null);
const KEPT_AS = 'tl.station';
/** A hub that says nothing for this long is shown as it was last known. */
const PATIENCE_MS = 4000;
/** How often a page that opened without the hub asks who is signed in. */
const ASK_AGAIN_MS = 5000;

/** Shows the sign-in until somebody is signed in, then what stands inside. */
export function SessionGate({ children }: { children: ReactNode }) {
  const hub = useHub();
  const words = useWords().shell;
  const [silent, setSilent] = useState(false);
  const asked = useAnswer(meKey[0], {}, silent ? { everyMs: ASK_AGAIN_MS } : {});
  useKeptWhileSilent(asked.data === undefined, asked.failureReason?.code, setSilent);
  const [chosen, setChosen] = useState(() => localStorage.getItem(KEPT_AS));
  const signedOut = asked.error?.code === 'not-signed-in';
  const me = signedOut ? undefined : asked.data;
  // before the first change can be pressed: effects of children run earlier
  hub.tell({ csrf: me?.csrf ?? null });
  useEffect(() => {
    if (chosen !== null) localStorage.setItem(KEPT_AS, chosen);
  }, [chosen]);
  const session = useMemo<Session | null>(() => {
    const found = me?.stations.find(({ id }) => id === chosen) ?? me?.stations[0];
    if (!me || !found) return null;
    return { me, station: { id: found.id, name: found.name, may: (verb) => found.may.includes(verb) }, choose: setChosen };
  }, [me, chosen]);

  if (signedOut) return <SignIn />;
  if (session) {
    return (
      <SessionContext.Provider value={session}>
        <DraftOwner.Provider value={session.me.person.id}>
          {/* another station begins anew: nothing of the one before stands for it while its answers come */}
          <Fragment key={session.station.id}>{children}</Fragment>
        </DraftOwner.Provider>
      </SessionContext.Provider>
    );
  }
  if (me) return <Nowhere />;
  if (asked.error) {
    return (
      <Page title={words.title}>
        <ProblemNote problem={asked.error} retry={() => void asked.refetch()} />
      </Page>
    );
  }
  return <Loading />;
}

/** Signed in, and without a role anywhere. */
function Nowhere() {
  const words = useWords().shell;
  const signOut = useSignOut();
  return (
    <Empty
      title={words.noStation.title}
      text={words.noStation.text}
      action={
        <Button variant="default" onClick={signOut}>
          {words.signOut}
        </Button>
      }
    />
  );
}

/** Where the hub is silent, the page opens with what was kept; where it says that nobody is signed in, that is forgotten. */
function useKeptWhileSilent(unknown: boolean, said: string | undefined, tell: (silent: boolean) => void): void {
  const store = useQueryClient();
  const { clock } = useHub();
  const refused = said === 'not-signed-in';
  const unreachable = said === 'unreachable';
  useEffect(() => {
    tell(unreachable);
    if (refused) forgetKept();
    if (!unknown || refused) return;
    const timer = setTimeout(() => restoreKept(store, clock.now()), unreachable ? 0 : PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [unknown, refused, unreachable, store, clock, tell]);
}

function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('this stands outside SessionGate');
  return session;
}
export const useMe = (): Me => useSession().me;
/** @returns the station in hand, and what may be done there. */
export const useStation = (): StationInHand => useSession().station;
/** @returns the switch between the stations of somebody who works in several. */
export const useStationChoice = (): ((station: string) => void) => useSession().choose;
