/** What stands while something is on its way: quiet, and only after a moment. */
import { useWords } from '../words/index.tsx';
import css from './loading.module.css';

export function Loading() {
  const words = useWords().shell;
  return (
    <div className={css.loading} role="status">
      {words.loading}
    </div>
  );
}
