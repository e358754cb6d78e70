import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { reportPolicy } from '#server/report-policy.ts';
import { axeViolations } from './axe-look.ts';
import { launchChromium } from './chromium.ts';
import { assertFits } from './fits.ts';
import { emptyReport, minuteReport, reportIn } from './report-pages.ts';
import { backtestResult } from './stand-in-backtest.ts';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

describe('report', () => {
  let browser: Browser;
  let server: Server;
  let origin = '';
  const requests: string[] = [];
  const complaints: string[] = [];
  const pages: Readonly<Record<string, string>> = {
    '/ko': reportIn('ko'),
    '/en': reportIn('en'),
    '/minutes': minuteReport(),
    '/empty': emptyReport(),
    '/hostile': reportIn('en').replace('</main>', '</main><script>document.title = "run"</script>'),
  };

  before(async () => {
    browser = await launchChromium();
    server = createServer((request, response) => {
      const html = pages[request.url ?? ''] ?? '';
      response.setHeader('content-security-policy', reportPolicy(html));
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(html);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(async () => {
    await browser.close();
    server.close();
  });

  async function open(path: string, width: number): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(origin + path);
    return page;
  }

  /** Between the schemes only colours differ, so that the dark one is looked at for contrast alone. */
  async function check(page: Page, { isDarkToo = false } = {}): Promise<void> {
    await page.emulateMedia({ colorScheme: 'light' });
    assert.deepEqual(await axeViolations(page, { tags: standards }), [], 'light');
    if (isDarkToo) {
      await page.emulateMedia({ colorScheme: 'dark' });
      assert.deepEqual(await axeViolations(page, { rules: ['color-contrast'] }), [], 'dark');
    }
    await assertFits(page, page.url());
  }

  it('in Korean on a desk passes axe in light and dark, and tells why an order did not go out, with both numbers', async () => {
    const page = await open('/ko', 1440);

    await check(page, { isDarkToo: true });
    await page.selectOption('#why select', { label: '삼성전자' });
    const day = String(backtestResult().equity[100]!.date);
    await page.fill('#why-day', `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`);

    const text = await page.locator('#why').innerText();
    assert.match(text, /왜 안 샀나/);
    assert.match(text, /시가 59,950원, 고가 60,200원, 저가 59,700원, 종가 60,000원 \(\+0\.17%\)/);
    assert.match(text, /20주를 60,000원까지 사 달라고 했어요\./);
    assert.match(text, /한 번 주문 금액: 값 1,200,000, 한도 1,000,000/);
    assert.match(text, /✕\s*5봉 평균, 20봉 평균 위로 올라섬\s*59,800 · 59,050, 전날 59,700 대 58,950/);
    await page.close();
  });

  it('in English on a phone passes axe and moves through the candles by keyboard', async () => {
    const page = await open('/en', 390);

    await check(page);
    const range = page.locator('#candles-range');
    await page.locator('#candles').focus();
    await page.keyboard.press('End');
    const [last, count] = [await range.innerText(), await page.locator('#candles svg').count()];
    await page.keyboard.press('ArrowLeft');
    const earlier = await range.innerText();
    await page.keyboard.press('-');

    assert.equal(count, 1, 'one of both sizes is left');
    assert.ok(earlier < last, `${earlier} is before ${last}`);
    assert.ok((await range.innerText()) < earlier, 'the wider window begins earlier');
    await page.close();
  });

  it('fades what goes on to the right on a phone, until its end is reached, it has the focus, or it is printed', async () => {
    const page = await open('/en', 390);
    const months = page.locator('.scroll-x:has(.heat:not(.grid))');
    const fade = (): Promise<string> =>
      months.evaluate((box) => {
        const { maskImage } = getComputedStyle(box);
        return maskImage === 'none' ? 'none' : getComputedStyle(box).getPropertyValue('--more');
      });
    const fadeAfter = async (scrollLeft: number): Promise<string> => {
      await months.evaluate(async (box, left) => {
        box.scrollLeft = left;
        // The timeline follows with the frame after the next.
        for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
      }, scrollLeft);
      return fade();
    };

    assert.deepEqual([await fadeAfter(0), await fadeAfter(9_999), await fadeAfter(0)], ['48px', '0px', '48px']);
    await months.focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await fade(), 'none');
    await months.blur();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await fade(), 'none');
    await page.close();
  });

  it('of a run over minutes passes axe on a phone, and shows the minutes of any of its days by keys, list and press', async () => {
    const page = await open('/minutes', 390);
    const range = page.locator('#minutes-range');

    await check(page, { isDarkToo: true });
    assert.match(await range.innerText(), /^Samsung 2024\.01\.05 09:00–15:30$/);
    await page.locator('#minutes').focus();
    await page.keyboard.press('+');
    await page.keyboard.press('Home');
    assert.match(await range.innerText(), /^Samsung 2024\.01\.05 09:00–12:15$/, 'half of the day');
    await page.keyboard.press('ArrowLeft');
    assert.match(await range.innerText(), /^Samsung 2024\.01\.04 /, 'the day before, at the beginning');
    await page.selectOption('#minutes-day', { index: 2 });
    assert.match(await range.innerText(), /^Samsung 2024\.01\.05 09:00–15:30$/);
    await page.locator('#minutes svg').click({ position: { x: 40, y: 60 } });
    assert.match(
      await page.locator('#minutes-bar').innerText(),
      /^\d\d:\d\d open [\d,]+, high [\d,]+, low [\d,]+, close [\d,]+ won$/,
    );
    assert.match(await page.locator('#why').innerText(), /\d\d:\d\d Bought \d+ at [\d,]+ won\./);
    assert.ok((await page.locator('#minutes .m-buy').count()) > 0);
    await page.close();
  });

  it('says the values of the day that is pointed at on the curve at once, by pointer and keys, and opens its reasons', async () => {
    const page = await open('/ko', 1440);
    const says = page.locator('#equity-day');

    assert.match(await says.innerText(), /차트를 짚거나/);
    const box = (await page.locator('#equity svg').boundingBox())!;
    await page.mouse.move(box.x + 200, box.y + 60);
    const pointed = await says.innerText();
    await page.locator('#equity').focus();
    await page.keyboard.press('End');
    const last = await says.innerText();
    await page.keyboard.press('Enter');

    const line = /^\d{4}\.\d\d\.\d\d 전략 [+−][\d.]+% · 보유 [+−][\d.]+% · 낙폭 (−?[\d.]+%)$/;
    assert.match(pointed, line);
    assert.match(last, line);
    const { equity, initialCash } = backtestResult();
    const total = ((equity.at(-1)!.value / initialCash - 1) * 100).toFixed(2);
    assert.ok(last.includes(`전략 +${total}%`), `${last} has ${total}`);
    assert.equal((await page.inputValue('#why-day')).replaceAll('-', ''), String(equity.at(-1)!.date));
    const frameMs = await page.evaluate(() => {
      const svg = document.querySelector('#equity svg')!;
      const { left, top } = svg.getBoundingClientRect();
      const took = Array.from({ length: 51 }, (_, step) => {
        const from = performance.now();
        svg.dispatchEvent(
          new PointerEvent('pointermove', { bubbles: true, clientX: left + step * 10, clientY: top + 9 }),
        );
        document.body.getBoundingClientRect();
        return performance.now() - from;
      });
      return took.toSorted((one, other) => one - other)[25] ?? Infinity;
    });
    assert.ok(frameMs < 16, `the values of a day take ${frameMs} ms, one frame has 16`);
    await page.close();
  });

  it('fits a phone when nothing was traded, says what to do, and then fits paper', async () => {
    const page = await open('/empty', 390);

    await assertFits(page, 'empty');
    assert.match(await page.locator('main').innerText(), /조건을 채운 날이 없었어요\. 기간을 늘리거나/);
    await page.setViewportSize({ width: 703, height: 990 });
    await page.emulateMedia({ media: 'print' });
    await assertFits(page, 'empty on paper');
    await page.goto(`${origin}/ko`);
    await assertFits(page, 'full on paper');
    assert.equal(await page.locator('#scheme').isVisible(), false);
    assert.equal(await page.locator('.trips td').nth(4).isVisible(), true, 'paper shows every column');
    await page.close();
  });

  it('a row of the trades opens the reasons of its day, and the switch changes the scheme', async () => {
    const page = await open('/en', 1440);
    const background = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.body.parentElement!).backgroundColor);

    const light = await background();
    await page.click('#scheme');
    await page.locator('button[data-why]').nth(3).click();

    assert.notEqual(await background(), light);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'why-title');
    const asked = await page.locator('button[data-why]').nth(3).getAttribute('data-why');
    const shown = await page.inputValue('#why-day');
    assert.equal(Number(shown.replaceAll('-', '')), backtestResult().equity[Number(asked!.split(' ')[1])]!.date);
    await page.selectOption('#why select', { label: 'KODEX 200' });
    assert.match(await page.locator('#candles svg').innerHTML(), /The report holds no bars of this stock\./);
    await page.selectOption('#prices select', { label: 'NAVER' });
    assert.match(await page.locator('#candles svg').innerHTML(), /class="k-up"/);
    await page.close();
  });

  it('asks for nothing but itself, says nothing to the console, and no other script runs in it', async () => {
    const fine = [...complaints];
    const page = await open('/hostile', 1440);

    assert.notEqual(await page.title(), 'run');
    assert.equal(await page.locator('#why').isVisible(), true, 'its own script does run');
    assert.deepEqual(fine, []);
    assert.deepEqual(
      requests.filter((url) => !Object.keys(pages).includes(url.slice(origin.length))),
      [],
    );
    await page.close();
  });
});
