/** What this person began and never saved: it is in no list of the hub, so it stands on top of ours. */
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useStation } from '../session/me.tsx';
import { useKeptDrafts } from '../ui/draft.ts';
import { useUndo } from '../ui/undo.tsx';
import { useWords } from '../words/index.tsx';
import css from './bulletins.module.css';

interface Begun {
  touched: boolean;
  revision: number;
  title: string;
}
interface UnsavedProps<T extends Begun> {
  /** with what the names of the drafts begin; a station has its own */
  beginning: string;
  /** what the hub has meanwhile is in its list */
  saved: readonly { id: string }[];
  untitled: string;
  to(id: string): string;
  only?: (draft: T) => boolean;
}

/** The names of the drafts of a station: the same for the form and for the list. */
export const bulletinDrafts = (station: string): string => `bulletin.2.${station}.`;
export const programmeDrafts = (station: string): string => `programme.2.${station}.`;

export function Unsaved<T extends Begun>({ beginning, saved, untitled, to, only }: UnsavedProps<T>) {
  const words = useWords().bulletins;
  const undo = useUndo();
  const { drafts, forget, keep } = useKeptDrafts<T>(beginning);
  const begun = drafts.filter(
    ({ rest, draft }) => draft.touched && draft.revision === 0 && !saved.some(({ id }) => id === rest) && (only?.(draft) ?? true),
  );
  if (begun.length === 0) return null;
  return (
    <ul className={css.unsaved}>
      {begun.map((one) => {
        const title = one.draft.title.trim() || untitled;
        const drop = () => {
          forget(one.rest);
          undo.offer({ text: words.dropped(title), undo: () => keep(one) });
        };
        return (
          <li key={one.rest} className={css.note}>
            <p>{words.unsavedNamed(title)}</p>
            <span className={css.buttons}>
              <Link to={to(one.rest)} className={css.unsavedLink} aria-label={words.goOnNamed(title)}>
                {words.goOn}
              </Link>
              <Button variant="subtle" aria-label={words.dropNamed(title)} onClick={drop}>
                {words.drop}
              </Button>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** The bulletins that were begun here. */
export function UnsavedBulletins({ saved, only }: Pick<UnsavedProps<Begun & { class: string }>, 'saved' | 'only'>) {
  const station = useStation();
  const untitled = useWords().bulletins.untitled;
  const to = (id: string) => `/ban-tin/${id}?moi`;
  return <Unsaved beginning={bulletinDrafts(station.id)} saved={saved} untitled={untitled} to={to} {...(only ? { only } : {})} />;
}
