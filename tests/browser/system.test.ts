import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { KisSimulator } from '#brokers/kis/simulator/start.ts';
import { regularHours, trialStart, VirtualClock } from '#testbed/virtual-clock.ts';
import { axeViolations } from './axe-look.ts';
import { launchChromium } from './chromium.ts';
import { startServerUnderTest, type ServerUnderTest } from './server-process.ts';
import { enter, open, type Visit } from './visit.ts';
import { aSimulator } from '#brokers/kis/simulator/fixtures/wire-test-kit.ts';

describe('the page 시스템', () => {
  let browser: Browser;
  let simulator: KisSimulator;
  let server: ServerUnderTest;
  let visit: Visit;

  before(async () => {
    simulator = await aSimulator({
      session: 'clock',
      clock: new VirtualClock({
        start: trialStart(Temporal.PlainDate.from('2026-11-20')),
        hoursOf: regularHours,
        speed: 10,
        file: null,
      }),
    });
    const starting = startServerUnderTest({ console: simulator.hosts.console });
    [browser, server] = await Promise.all([launchChromium(), starting]);
    visit = await enter(browser, server);
  });
  after(async () => {
    await browser.close();
    await server.close();
    await simulator.close();
  });

  const known = async (path: string): Promise<unknown> => (await fetch(`${simulator.hosts.console}${path}`)).json();

  it('switches a fault on in words, shows how often it may strike, and ends it', async () => {
    const { page } = visit;
    await open(page, server.origin, '/system');

    await page.selectOption('#drill-fault', 'accept-then-hang');
    await page.fill('#drill-tr', 'VTTC0012U');
    await page.fill('#drill-count', '5');
    await page.getByRole('button', { name: '고장 켜기' }).click();
    await page.locator('tbody').getByText('accept-then-hang').waitFor();
    const text = await page.locator('tbody tr').first().innerText();
    const [active] = (await known('/faults')) as Record<string, unknown>[];
    await page.getByRole('button', { name: '모두 끄기' }).click();
    await page.getByText('켜진 고장이 없어요.').waitFor();

    assert.match(text, /처리하고 답하지 않아요\.[\s\S]*VTTC0012U[\s\S]*100%[\s\S]*0 \/ 5번/);
    assert.deepEqual([active?.['trId'], active?.['count']], ['VTTC0012U', 5]);
    assert.deepEqual(await known('/faults'), []);
  });

  it('stops, steps and speeds market time', async () => {
    const { page } = visit;
    const clock = async () => (await known('/clock')) as { now: string; speed: number; paused: boolean };
    await open(page, server.origin, '/system');

    await page.getByRole('button', { name: '멈추기' }).click();
    await page.getByRole('button', { name: '다시 가기' }).waitFor();
    const before = await clock();
    await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/api/drill/clock')),
      page.getByRole('button', { name: '1시간' }).click(),
    ]);
    await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/api/drill/clock')),
      page.getByRole('button', { name: '60', exact: true }).click(),
    ]);
    const after = await clock();

    assert.deepEqual([before.paused, after.paused, after.speed], [true, true, 60]);
    assert.equal(Date.parse(after.now) - Date.parse(before.now), 3_600_000);
  });

  it('passes axe in light and dark at 1440 and 390 with a fault on, and never scrolls sideways', async () => {
    const { page } = visit;
    await fetch(`${simulator.hosts.console}/faults`, { method: 'POST', body: '{"fault":"zero-price"}' });
    await open(page, server.origin, '/system');
    await page.getByText('가격이 0이에요.').last().waitFor();

    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const violations = await axeViolations(page);
        const folder = process.env['SNOWBALL_SHOTS'];
        if (folder) await page.screenshot({ path: `${folder}/system-${width}-${colorScheme}.png`, fullPage: true });
        assert.deepEqual(violations, []);
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wide <= 0, `${wide} px too wide at ${width}`);
    }
    assert.deepEqual(visit.complaints, []);
  });
});
