/** The dashboard as a person uses it: finds what is on it by the words that stand there, never by how it is built. */
import type { Locator, Page } from 'playwright-core';
import { vi } from '../../dashboard/words/vi.ts';

export const words = vi;

/** What a test says to the page; each waits until the thing is there. */
export interface Person {
  page: Page;
  fill(label: string, text: string, within?: Locator): Promise<void>;
  choose(label: string, option: string): Promise<void>;
  press(name: string | RegExp, within?: Locator): Promise<void>;
  tick(name: string | RegExp): Promise<void>;
  go(name: string): Promise<void>;
  /** picks files where a press on this button asks for them */
  give(button: string, files: { name: string; bytes: Uint8Array }[], within?: Locator): Promise<void>;
  sees(text: string | RegExp, withinMs?: number): Promise<Locator>;
}

/** How long a page may take to show what is expected of it; the machine may be busy. */
const PATIENCE_MS = 20_000;

export function personAt(page: Page): Person {
  page.setDefaultTimeout(PATIENCE_MS);
  const place = (within: Locator | undefined): Page | Locator => within ?? page;
  return {
    page,
    fill: (label, text, within) => place(within).getByLabel(label, { exact: true }).fill(text),
    choose: async (label, option) => void (await page.getByLabel(label, { exact: true }).selectOption({ label: option })),
    press: (name, within) => place(within).getByRole('button', { name, exact: true }).first().click(),
    // what is drawn over the box takes the press, as a finger would find it
    tick: async (name) => {
      const box = page.getByLabel(name).first();
      if (!(await box.isChecked())) await box.click({ force: true });
    },
    go: (name) => page.getByRole('link', { name, exact: true }).first().click(),
    async give(button, files, within) {
      const asked = page.waitForEvent('filechooser');
      await place(within).getByRole('button', { name: button, exact: true }).first().click();
      await (await asked).setFiles(files.map(({ name, bytes }) => ({ name, mimeType: 'audio/wav', buffer: Buffer.from(bytes) })));
    },
    async sees(text, withinMs = PATIENCE_MS) {
      const found = page.getByText(text).first();
      await found.waitFor({ state: 'visible', timeout: withinMs });
      return found;
    },
  };
}
