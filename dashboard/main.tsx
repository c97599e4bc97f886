/** Where the page begins: opens the line to the hub, learns the tongue, draws, and keeps itself and the last known state. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { answerStore, openHubLine } from './api/hub.ts';
import { keepAnswers } from './api/kept.ts';
import { App } from './app.tsx';
import { keepShell } from './offline/register.ts';
import { chosenTongue } from './words/index.tsx';
import './ui/mantine.css';
import './ui/font.css';
import './ui/theme.css';

const store = answerStore();
keepAnswers(store);
void keepShell();
const first = await chosenTongue();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App hub={openHubLine()} store={store} first={first} />
  </StrictMode>,
);
