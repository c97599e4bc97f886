/** What holds the page together: the hub, the words, the look, and the pages by their addresses. */
import { createTheme, MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { type Hub, HubProvider } from './api/hub.ts';
import { pages } from './pages.tsx';
import { LinkPage } from './session/link-page.tsx';
import { SessionGate } from './session/me.tsx';
import { Failure } from './ui/failure.tsx';
import { Loading } from './ui/loading.tsx';
import { NotFound } from './ui/not-found.tsx';
import { Shell } from './ui/shell.tsx';
import { UndoProvider } from './ui/undo.tsx';
import { type chosenTongue, TongueProvider } from './words/index.tsx';

const theme = createTheme({ primaryColor: 'blue', respectReducedMotion: true, cursorType: 'pointer' });

interface AppProps {
  hub: Hub;
  store: QueryClient;
  first: Awaited<ReturnType<typeof chosenTongue>>;
}

export function App({ hub, store, first }: AppProps) {
  return (
    <HubProvider value={hub}>
      <QueryClientProvider client={store}>
        <TongueProvider first={first}>
          {/* no style elements: the page's policy allows style files only; ui/theme.css sets the variables */}
          <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
            <Failure>
              <UndoProvider>
                <Suspense fallback={<Loading />}>
                  <Switch>
                    <Route path="/lien-ket/:token">{({ token }) => <LinkPage token={token} />}</Route>
                    <Route>
                      <SessionGate>
                        <Inside />
                      </SessionGate>
                    </Route>
                  </Switch>
                </Suspense>
              </UndoProvider>
            </Failure>
          </MantineProvider>
        </TongueProvider>
      </QueryClientProvider>
    </HubProvider>
  );
}

function Inside() {
  const [location] = useLocation();
  return (
    <Shell>
      <Failure key={location}>
        <Suspense fallback={<Loading />}>
          <Switch>
            {pages.map(({ path, page: Page }) => (
              <Route key={path} path={path} component={Page} />
            ))}
            <Route>
              <NotFound />
            </Route>
          </Switch>
        </Suspense>
      </Failure>
    </Shell>
  );
}
