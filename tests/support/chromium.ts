/** A Chromium without a window, with its own empty profile, that reaches nothing but loopback. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

export interface Chromium {
  /** a page of its own context. What the page logs as an error is collected in `faults`. */
  page(size: { width: number; height: number }, options?: { colorScheme?: 'light' | 'dark' }): Promise<{ page: Page; faults: string[] }>;
  close(): Promise<void>;
}

/** Starts it. */
export async function openChromium(): Promise<Chromium> {
  const executablePath = PATHS.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('Chromium is not installed: apt-get install chromium');
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  });
  return {
    async page(viewport, { colorScheme = 'light' } = {}) {
      const context = await browser.newContext({
        viewport,
        colorScheme,
        locale: 'vi-VN',
        timezoneId: 'Asia/Ho_Chi_Minh',
        hasTouch: viewport.width < 600,
        isMobile: viewport.width < 600,
      });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        // a refused request is told by the page itself; wavesurfer's own style is refused and adopted as a sheet (waveform.tsx)
        const known = /^(Failed to load resource|Applying inline style)/.test(message.text());
        if (message.type() === 'error' && !known) faults.push(message.text());
      });
      return { page, faults };
    },
    close: () => browser.close(),
  };
}
