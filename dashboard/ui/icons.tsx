/** The few pictures of the page, drawn in the colour of the text. A word always stands beside them. */
import type { ReactNode } from 'react';

const drawn = {
  today: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v5l3.5 2" />
    </>
  ),
  schedule: <path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4" />,
  bulletin: <path d="M5 4h14v16H5zM8.5 8.5h7M8.5 12h7M8.5 15.5h4" />,
  player: <path d="M3 9.5v5h3.5L13 19V5L6.5 9.5zM16.5 9a4.5 4.5 0 0 1 0 6M19 6a9 9 0 0 1 0 12" />,
  ledger: <path d="M6 3.5h13v17H6a2 2 0 0 1 0-4h13M6 16.5V3.5M9.5 8h6" />,
  settings: (
    <>
      <path d="M4 7h9M19 7h1M4 17h1M11 17h9" />
      <circle cx="16" cy="7" r="2.5" />
      <circle cx="8" cy="17" r="2.5" />
    </>
  ),
  more: <path d="M4 7h16M4 12h16M4 17h16" />,
  alarm: <path d="M12 3l9.5 17h-19zM12 9.5v5M12 17.3v.100" />,
  back: <path d="M14.5 6l-6 6 6 6" />,
  next: <path d="M9.5 6l6 6-6 6" />,
  up: <path d="M6 14.5l6-6 6 6" />,
  down: <path d="M6 9.5l6 6 6-6" />,
  stop: <rect x="6" y="6" width="12" height="12" rx="1" fill="currentColor" />,
  add: <path d="M12 5v14M5 12h14" />,
  cross: <path d="M6 6l12 12M18 6L6 18" />,
} satisfies Record<string, ReactNode>;
export type IconName = keyof typeof drawn;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      width="24"
      height="24"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {drawn[name]}
    </svg>
  );
}
