import { expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { personAt, words } from '../support/page.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

test('with the hub gone a reload shows the last known day with its age, and nothing of it is left after signing out', async () => {
  await using opened = new AsyncDisposableStack();
  const world = await openWorld();
  opened.defer(() => world.close());
  await world.zone({ name: 'Bản Huổi Khương', languages: ['hmn', 'vi'] });
  const chromium = await openChromium();
  opened.defer(() => chromium.close());
  const { page } = await chromium.page({ width: 360, height: 740 });
  const person = personAt(page);
  const { session, shell } = words;

  await page.goto(world.hub.url);
  await person.fill(session.signIn.login, 'mai');
  await person.fill(session.signIn.password, PASSWORD);
  await person.press(session.signIn.action);
  await person.sees(/^Hôm nay, /);
  const kept = () => page.evaluate(() => localStorage.getItem('tl.kept'));
  await expect.poll(kept, { timeout: 15_000 }).toContain('Bản Huổi Khương');
  expect(await kept()).not.toMatch(/"csrf":"[^"]/);
  await page.evaluate(() => navigator.serviceWorker.ready);

  await page.context().setOffline(true);
  await page.reload();
  await person.sees(/Không liên lạc được với máy chủ. Đang xem tình trạng lúc \d\d:\d\d/);
  await person.sees(/^Hôm nay, /);
  // a view that was never opened on this device opens all the same
  await person.go(shell.nav.players);
  await page.getByRole('heading', { name: words.players.title, exact: true }).waitFor();

  await page.context().setOffline(false);
  await page.getByText(/Không liên lạc được/).waitFor({ state: 'detached' });
  await person.press(shell.nav.more);
  await person.press(/^Đăng xuất/);
  await page.getByRole('heading', { name: session.signIn.title }).waitFor();
  expect(await kept()).toBeNull();
});
