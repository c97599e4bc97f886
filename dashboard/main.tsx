/** Where the page begins: opens the line to the hub, learns the tongue, draws. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { answerStore, openHubLine } from './api/hub.ts';
import { App } from './app.tsx';
import { chosenTongue } from './words/index.tsx';
import './ui/mantine.css';
import './ui/font.css';
import './ui/theme.css';

const first = await chosenTongue();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App hub={openHubLine()} store={answerStore()} first={first} />
  </StrictMode>,
);
