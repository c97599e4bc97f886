/** Every page by its address; each is loaded when it is first opened, Hôm nay with the shell. */
import { type ComponentType, lazy } from 'react';
import { Redirect } from 'wouter';
import { TodayPage } from './today/page.tsx';

type Opened = ComponentType<{ params: Record<string, string | undefined> }>;
/** A page that is loaded when it is opened. */
const later = (load: () => Promise<Opened>): Opened => lazy(async () => ({ default: await load() }));

export const pages: readonly { path: string; page: Opened }[] = [
  { path: '/', page: TodayPage },
  { path: '/dang-nhap', page: () => <Redirect to="/" replace /> },
  { path: '/lich', page: later(async () => (await import('./schedule/page.tsx')).SchedulePage) },
  { path: '/lich/moi', page: later(async () => (await import('./schedule/form-page.tsx')).ScheduleFormPage) },
  { path: '/ban-tin', page: later(async () => (await import('./bulletins/page.tsx')).BulletinsPage) },
  { path: '/ban-tin/:id', page: later(async () => (await import('./bulletins/bulletin-page.tsx')).BulletinPage) },
  { path: '/ghi-am', page: later(async () => (await import('./recordings/page.tsx')).RecordingsPage) },
  { path: '/chuong-trinh', page: later(async () => (await import('./programmes/list-page.tsx')).ProgrammesPage) },
  { path: '/chuong-trinh/:id', page: later(async () => (await import('./programmes/page.tsx')).ProgrammePage) },
  { path: '/phat-ngay', page: later(async () => (await import('./emergency/page.tsx')).EmergencyPage) },
  { path: '/loa', page: later(async () => (await import('./players/page.tsx')).PlayersPage) },
  { path: '/loa/:id', page: later(async () => (await import('./players/player-page.tsx')).PlayerPage) },
  { path: '/nhat-ky', page: later(async () => (await import('./ledger/page.tsx')).LedgerPage) },
  { path: '/cai-dat', page: later(async () => (await import('./settings/page.tsx')).SettingsPage) },
];
