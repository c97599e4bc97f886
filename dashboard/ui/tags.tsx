/** Languages as small tags, in the order in which they are heard. */
import { useFormat, useWords } from '../words/index.tsx';
import css from './tags.module.css';

export function Tags({ languages }: { languages: readonly string[] }) {
  const words = useWords().shell;
  const { languageName } = useFormat();
  if (languages.length === 0) return null;
  return (
    <ul className={css.tags} aria-label={words.languages}>
      {languages.map((tag) => (
        <li key={tag} className={css.tag}>
          {languageName(tag)}
        </li>
      ))}
    </ul>
  );
}
