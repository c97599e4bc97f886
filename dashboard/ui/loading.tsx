/** What stands while something is on its way: quiet, and only after a moment; where the hub is silent, it says that instead. */
import { useUnreachable } from '../api/hub.ts';
import { useWords } from '../words/index.tsx';
import css from './loading.module.css';

export function Loading() {
  const words = useWords().shell;
  const unreachable = useUnreachable();
  return (
    <div className={css.loading} role="status">
      {unreachable ? words.unseen : words.loading}
    </div>
  );
}
