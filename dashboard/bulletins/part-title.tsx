/** The head of a tongue's column: its name, and the places that hear it. */
import type { ReactNode } from 'react';
import { useFormat, useWords } from '../words/index.tsx';
import css from './bulletins.module.css';
import { NO_LANGUAGE, useZones } from './languages.tsx';

/** More places than this are a number: a list of sixty names says nothing. */
const NAMED = 3;

export function PartTitle({ language, children }: { language: string; children?: ReactNode }) {
  const words = useWords();
  const { languageName, list, formatNumber } = useFormat();
  const hearing = useZones().filter(({ languages }) => languages.includes(language));
  const places = hearing.length > NAMED ? words.schedule.places(formatNumber(hearing.length)) : list(hearing.map(({ name }) => name));
  return (
    <header>
      <div className={css.columnHead}>
        <h2 className={css.columnTitle}>
          {language === NO_LANGUAGE ? words.bulletins.partWordless : words.bulletins.part(languageName(language))}
        </h2>
        {children}
      </div>
      {hearing.length > 0 && <p className={css.dim}>{words.bulletins.hears(places)}</p>}
    </header>
  );
}
