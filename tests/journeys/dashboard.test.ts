import { expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { personAt, words } from '../support/page.ts';
import { openPlayerProcess } from '../support/player-process.ts';
import { toneWav } from '../support/tones.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const TITLE = 'Cảnh giác lừa đảo qua điện thoại';

test.each([
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
])('at $width × $height a person uploads, hears, writes, has approved, schedules, sees it on air and stops it', async (size) => {
  await using opened = new AsyncDisposableStack();
  const world = await openWorld();
  opened.defer(() => world.close());
  const zone = await world.zone({ name: 'Bản Huổi Khương', languages: ['hmn', 'vi'] });
  const { code } = await world.slot([zone], { name: 'Loa Huổi Khương' });
  const player = await openPlayerProcess({ hub: world.hub.url, code });
  opened.defer(() => player.close());
  await world.untilPlayer('the player is here', player.id, ({ state }) => state === 'here');
  const chromium = await openChromium();
  opened.defer(() => chromium.close());
  const { page, faults } = await chromium.page(size);
  const person = personAt(page);
  const { bulletins, recordings, schedule, session, shell } = words;

  // signs in
  await page.goto(world.hub.url);
  await person.fill(session.signIn.login, 'mai');
  await person.fill(session.signIn.password, PASSWORD);
  await person.press(session.signIn.action);
  await page.getByRole('navigation', { name: shell.nav.label }).waitFor();

  // uploads a recording and hears it with its waveform
  await person.go(shell.nav.bulletins);
  await person.go(bulletins.tabs.recordings);
  await person.give(recordings.pick, [{ name: 'mong.wav', bytes: toneWav(900, 15_000) }]);
  await person.choose(recordings.language, 'Mông');
  await person.press(recordings.upload);
  await person.press(recordings.playNamed('mong'));
  await person.press(recordings.pauseNamed('mong'));
  await page
    .getByRole('slider', { name: recordings.position('mong') })
    .locator('canvas, svg')
    .first()
    .waitFor();

  // one bulletin of a Vietnamese and a Hmong part
  await person.go(bulletins.tabs.bulletins);
  await person.press(bulletins.make);
  await person.fill(bulletins.fieldTitle, TITLE);
  const column = (language: string) =>
    page.locator('section').filter({ has: page.getByRole('heading', { name: bulletins.part(language), exact: true }) });
  await person.fill(bulletins.script, 'Bà con đừng chuyển tiền.', column('Việt'));
  await person.give(bulletins.uploadHere, [{ name: 'viet.wav', bytes: toneWav(500, 15_000) }], column('Việt'));
  const taken = column('Mông').getByLabel(bulletins.pickRecording);
  await taken.selectOption({ index: 1 });
  // both takes are at the hub once they can be heard
  await page
    .getByRole('button', { name: /^Nghe “/ })
    .nth(1)
    .waitFor();
  await person.press(/^(Gửi duyệt|Lưu và gửi duyệt)$/);

  // hears every part and approves
  const heard = page.getByLabel(bulletins.heard(''), { exact: false });
  await heard.first().waitFor();
  for (const box of await heard.all()) await box.click({ force: true });
  await person.press(bulletins.approve);
  await person.press(bulletins.makeProgramme);
  await page.waitForURL(/chuong-trinh/);

  // schedules it for now, in a chosen place
  await page
    .getByRole('link', { name: words.programmes.schedule })
    .or(page.getByRole('button', { name: words.programmes.schedule }))
    .first()
    .click();
  await person.sees(schedule.formTitle);
  await person.tick(/Bản Huổi Khương/);
  await person.tick(schedule.kinds.now);
  await person.press(schedule.submitNow);

  // sees it on air without reloading, and stops it
  await page.goto(world.hub.url);
  await person.sees(/Đang phát/, 30_000);
  const [broadcast] = await world.owner.call('GET /api/stations/:station/broadcasts', { params: { station: world.station } });
  await world.untilAirings('it is on air', broadcast!.id, ([airing]) => airing?.state === 'on-air');
  await person.sees(TITLE);
  await person.press(/^Dừng/);
  const [stopped] = await world.untilAirings('it is stopped', broadcast!.id, ([airing]) => airing?.state === 'stopped');
  expect(stopped).toMatchObject({ result: 'stopped', reason: 'stopped' });
  await person.sees(/[Đđ]ã dừng/);

  // nothing is wider than the screen, and the page complained of nothing
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  expect(faults).toEqual([]);
});
