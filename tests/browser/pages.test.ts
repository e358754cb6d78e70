import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.ts';
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
          // Legacy mode: our pages hold no frames, and it opens no second page for each look.
          // Between the schemes only colours differ, so the dark one is looked at for contrast alone.
          const axe = new AxeBuilder({ page }).setLegacyMode();
          if (colorScheme === 'light') axe.withTags(standards);
          else axe.withRules('color-contrast');
          const { violations } = await axe.analyze();
          const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
          assert.deepEqual(found, [], `${path} at ${width} in ${colorScheme}`);
        }
      }
      for (const width of [360, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wide <= 0, `${path} is ${wide} px too wide at ${width}`);
      }
    });
  }

  it('no page broke the Content-Security-Policy or wrote an error to the console', () => {
    assert.deepEqual(visit.complaints, []);
  });
});
