/** What stands around every page: the bar below on a phone, the rail at the left on a PC, and Phát ngay always in reach. */
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { Link, useLocation, useRoute } from 'wouter';
import { useStation } from '../session/me.tsx';
import { useWords } from '../words/index.tsx';
import type { Words } from '../words/vi.ts';
import { Icon, type IconName } from './icons.tsx';
import { LiveLine } from './live-line.tsx';
import { MoreMenu } from './more-menu.tsx';
import css from './shell.module.css';

interface Place {
  to: string;
  /** addresses below it, and those that belong to it */
  also: readonly string[];
  name: keyof Words['shell']['nav'];
  longName?: keyof Words['shell']['nav'];
  icon: IconName;
  /** on a phone it stands behind “Thêm” */
  second: boolean;
  administrators?: true;
}
const places: readonly Place[] = [
  { to: '/', also: [], name: 'today', icon: 'today', second: false },
  { to: '/lich', also: [], name: 'schedule', longName: 'scheduleLong', icon: 'schedule', second: false },
  { to: '/ban-tin', also: ['/ghi-am', '/chuong-trinh'], name: 'bulletins', icon: 'bulletin', second: false },
  { to: '/loa', also: [], name: 'players', icon: 'player', second: false },
  { to: '/nhat-ky', also: [], name: 'ledger', icon: 'ledger', second: true },
  { to: '/cai-dat', also: [], name: 'settings', icon: 'settings', second: true },
];

const leadsTo = (place: Place, location: string): boolean =>
  [place.to, ...place.also].some((path) => location === path || (path !== '/' && location.startsWith(`${path}/`)));

export function Shell({ children }: { children: ReactNode }) {
  const words = useWords().shell;
  const station = useStation();
  const [location] = useLocation();
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  const more = openedAt === location;
  const main = useRef<HTMLElement>(null);
  useArrival(location, main);
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#content">
        {words.skip}
      </a>
      <header className={css.top}>
        <Link to="/" className={css.name}>
          <span>{station.name}</span>
        </Link>
        <EmergencyLink />
      </header>
      <nav className={css.nav} aria-label={words.nav.label}>
        {places.map((place) => (
          <Link
            key={place.to}
            to={place.to}
            className={css.link}
            data-second={place.second || undefined}
            aria-current={leadsTo(place, location) ? 'page' : undefined}
          >
            <Icon name={place.icon} />
            <span>
              {place.longName ? (
                <>
                  <span className={css.short}>{words.nav[place.name]}</span>
                  <span className={css.long}>{words.nav[place.longName]}</span>
                </>
              ) : (
                words.nav[place.name]
              )}
            </span>
          </Link>
        ))}
        <button
          type="button"
          className={css.link}
          data-more
          aria-expanded={more}
          data-within={places.some((place) => place.second && leadsTo(place, location)) || undefined}
          aria-controls="more"
          onClick={() => setOpenedAt(more ? null : location)}
        >
          <Icon name="more" />
          <span>{words.nav.more}</span>
        </button>
      </nav>
      <MoreMenu open={more} close={() => setOpenedAt(null)}>
        {places
          .filter(({ second }) => second)
          .map(({ to, name, icon }) => (
            <Link key={to} to={to} className={css.sheetLink}>
              <Icon name={icon} />
              {words.nav[name]}
            </Link>
          ))}
      </MoreMenu>
      <main ref={main} id="content" className={css.main} tabIndex={-1}>
        <LiveLine />
        {children}
      </main>
    </div>
  );
}

/** A page that is opened begins at its top and is read from there; one that is gone back to stands where it stood. */
function useArrival(location: string, main: RefObject<HTMLElement | null>): void {
  const before = useRef(location);
  const goneBack = useRef(false);
  useEffect(() => {
    const note = () => {
      goneBack.current = true;
    };
    addEventListener('popstate', note);
    return () => removeEventListener('popstate', note);
  }, []);
  useEffect(() => {
    if (before.current === location) return;
    before.current = location;
    if (!goneBack.current) scrollTo(0, 0);
    goneBack.current = false;
    main.current?.focus({ preventScroll: true });
  }, [location, main]);
}

/** Red, in every view; to those who may put something on the air. */
function EmergencyLink() {
  const words = useWords().shell.nav;
  const station = useStation();
  const [here] = useRoute('/phat-ngay');
  if (!station.may('schedule')) return null;
  return (
    <Link to="/phat-ngay" className={css.emergency} aria-current={here ? 'page' : undefined}>
      <Icon name="alarm" />
      {words.emergency}
    </Link>
  );
}
