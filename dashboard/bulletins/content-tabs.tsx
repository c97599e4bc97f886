/** The three lists of what may be aired, one press from each other. */
import { Link, useLocation } from 'wouter';
import { useWords } from '../words/index.tsx';
import css from './bulletins.module.css';

export function ContentTabs() {
  const words = useWords().bulletins.tabs;
  const [here] = useLocation();
  const tabs = [
    ['/ban-tin', words.bulletins],
    ['/ghi-am', words.recordings],
    ['/chuong-trinh', words.programmes],
  ] as const;
  return (
    <nav className={css.tabs} aria-label={words.name}>
      {tabs.map(([to, name]) => (
        <Link key={to} to={to} className={css.tab} aria-current={here === to ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
