/** Languages as small tags, in the order in which they are heard; spans, so that they may stand within a button. */
import { useFormat } from '../words/index.tsx';
import css from './tags.module.css';

export function Tags({ languages }: { languages: readonly string[] }) {
  const { languageName } = useFormat();
  if (languages.length === 0) return null;
  return (
    <span className={css.tags}>
      {languages.map((tag) => (
        <span key={tag} className={css.tag}>
          {languageName(tag)}{' '}
        </span>
      ))}
    </span>
  );
}
