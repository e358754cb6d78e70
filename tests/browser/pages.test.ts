import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { axeViolations } from './axe-look.ts';
import { launchChromium } from './chromium.ts';
import { assertFits } from './fits.ts';
import { startServerUnderTest, type ServerUnderTest } from './server-process.ts';
import { enter, open, type Visit } from './visit.ts';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Each page, and words that only its data can have brought. */
const pages: readonly (readonly [path: string, words: string])[] = [
  ['/', '10,084,297'],
  ['/s', 'SK하이닉스'],
  ['/s/005930', '73,200'],
  ['/orders', '498,000'],
  ['/lab', '무엇을 검증할까요'],
  ['/safety', '217,600'],
  ['/all', '화면 설정'],
  ['/vault', '아직 준비 중이에요'],
];

describe('pages', () => {
  let browser: Browser;
  let server: ServerUnderTest;
  let visit: Visit;

  before(async () => {
    [browser, server] = await Promise.all([launchChromium(), startServerUnderTest()]);
    visit = await enter(browser, server);
  });

  after(async () => {
    await browser.close();
    await server.close();
  });

  for (const [path, words] of pages) {
    it(`${path} shows its data, passes axe in light and dark at 1440 and 390, and never scrolls sideways`, async () => {
      const { page } = visit;

      await open(page, server.origin, path);

      await page.locator('main').getByText(words).first().waitFor({ timeout: 5_000 });
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          // Between the schemes only colours differ, so the dark one is looked at for contrast alone.
          const found = await axeViolations(
            page,
            colorScheme === 'light' ? { tags: standards } : { rules: ['color-contrast'] },
          );
          assert.deepEqual(found, [], `${path} at ${width} in ${colorScheme}`);
        }
      }
      for (const width of [360, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        await assertFits(page, `${path} at ${width}`);
      }
    });
  }

  it('/lab fits a phone while it runs, when it failed, without data and with a result, and says each in words', async () => {
    const { page } = visit;
    await page.setViewportSize({ width: 390, height: 900 });
    const job = { jobId: 'made', error: '', isSynthetic: true };
    let answer: object | null = { ...job, state: 'running', progress: 0.42 };
    await page.route('**/api/backtests/*', (route) =>
      answer === null ? route.continue() : route.fulfill({ json: answer }),
    );
    const start = page.locator('main form button[type=submit]');

    await open(page, server.origin, '/lab');
    await start.click();
    await page.getByText('돌리고 있어요. 42%').first().waitFor();
    await assertFits(page, 'running');
    answer = { ...job, state: 'failed', progress: 0.42, error: '이 기간에는 봉이 없어요.' };
    await page.getByRole('alert').getByText('이 기간에는 봉이 없어요.').waitFor();
    await assertFits(page, 'failed');
    answer = null;
    await start.click();
    await page.locator('main svg[role=img]').first().waitFor({ timeout: 15_000 });
    await assertFits(page, 'done');
    assert.deepEqual(await axeViolations(page, { tags: standards }), []);
    await page.route('**/api/datasets', (route) => route.fulfill({ json: [] }));
    await open(page, server.origin, '/lab');
    await page.getByText('snowball data import').waitFor();
    await assertFits(page, 'without data');
  });

  it('no page broke the Content-Security-Policy or wrote an error to the console', () => {
    assert.deepEqual(visit.complaints, []);
  });
});
