import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { ServerUnderTest } from './server-process.ts';

/** A browser of one person, already inside, that remembers every complaint. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly passphrase: string;
  /** Console errors, page errors and refusals of the Content-Security-Policy. */
  readonly complaints: string[];
}

export interface VisitOptions {
  readonly locale?: string;
}

/** A new browser with nothing in it, on no page yet. */
export async function newVisit(browser: Browser, { locale = 'ko-KR' }: VisitOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ locale, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { context, page, passphrase: '', complaints };
}

/** Comes in by the one-time URL and sets the drawn words as the passphrase. */
export async function enter(browser: Browser, server: ServerUnderTest, options: VisitOptions = {}): Promise<Visit> {
  const visit = await newVisit(browser, options);
  const { page } = visit;
  await page.goto(server.url);
  await page.locator('ol li').nth(5).waitFor();
  const passphrase = (await page.locator('ol li').allTextContents()).join(' ');
  await page.fill('#again', passphrase);
  await page.check('input[type=checkbox]');
  await page.click('button[type=submit]');
  await page.locator('nav').first().waitFor();
  return { ...visit, passphrase };
}

/** Opens a page inside the app and waits until no panel is busy and the font is there. */
export async function open(page: Page, origin: string, path: string): Promise<void> {
  await page.goto(origin + path);
  await page.locator('main h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  await page.evaluate(() => document.fonts.ready);
}
