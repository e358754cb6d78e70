import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { runBacktest } from '#backtest/engine.ts';
import { renderReport } from '#backtest/report/html.ts';
import { tutorialStudies } from '#backtest/report/tutorial-studies.ts';
import type { BacktestResult } from '#backtest/result.ts';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { standard } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import { reportPolicy } from '#server/report-policy.ts';
import { madeMinutes } from '#store/fixtures/made-minutes.ts';
import { presetById } from '#strategy/rules/presets/presets.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { ruleStrategy } from '#strategy/rules/rule-strategy.ts';
import { launchChromium } from './chromium.ts';
import { backtestResult } from './stand-in-backtest.ts';
import { rows } from './stand-in-data.ts';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Closes that rise by 100 won a day from 50,000, so that every price of a day is known. */
function seriesOf(symbol: string, { equity }: BacktestResult): BarSeries {
  const close = Float64Array.from(equity, (_, row) => 50_000 + row * 100);
  return {
    instrument: instrumentId(symbol),
    interval: '1d',
    date: Int32Array.from(equity, (day) => day.date),
    startsAtMs: Float64Array.from(equity, (_, row) => row),
    open: close.map((price) => price - 50),
    high: close.map((price) => price + 200),
    low: close.map((price) => price - 300),
    close,
    volume: new Float64Array(equity.length).fill(1_000),
  };
}

const config = {
  maShort: 5,
  maLong: 20,
  rsiPeriod: 14,
  rsiOversold: 30,
  rsiOverbought: 70,
  bbPeriod: 20,
  bbStd: 2,
  stopLoss: 0.03,
  takeProfit: 0.05,
  maxPosition: 5,
  positionSize: 0.2,
};

function reportIn(language: 'ko' | 'en'): string {
  const all = backtestResult();
  // A dozen trades have every kind of row; axe looks at each cell.
  const plain = { ...all, trades: all.trades.slice(-24) };
  const [day] = plain.equity.slice(100, 101);
  const order = {
    symbol: '005930',
    side: 'buy' as const,
    date: day!.date,
    price: 60_000,
    quantity: 20,
    reason: '골든크로스',
  };
  const denials = [{ code: 'order-value', actual: 1_200_000, limit: 1_000_000 }];
  const result = { ...plain, orders: [{ ...order, state: 'denied', denials }] };
  const series = result.symbols.slice(0, 4).map((symbol) => seriesOf(symbol, result));
  return renderReport(result, {
    language,
    names: new Map(rows.map(([symbol, name]) => [symbol, name])),
    series,
    studies: series.map((one) => tutorialStudies(one, config, language)),
    decisionLog: [],
    validation: { trials: 96, overfitProbability: 0.27, deflatedSharpe: 0.48 },
  });
}

/** A run over made-up minutes of three sessions; on the first no base price is known and every order is refused. */
function minuteReport(): string {
  const series = [madeMinutes('KRX:005930', { days: [20240103, 20240104, 20240105] })];
  const { program } = presetById('golden_cross')!;
  const rules = resolveProgram(program, {});
  assert.ok(rules.kind === 'rules');
  const { result, decisionLog } = runBacktest({
    strategy: ruleStrategy({ name: 'cross', rules: rules.rules, program, instruments: ['KRX:005930'], interval: '1m' }),
    series,
    instruments: [listingOf('005930')!],
    from: 20240103,
    to: 20240105,
    initialCash: won(10_000_000),
    limits: standard,
    sha256: () => '',
  });
  return renderReport(result, { language: 'en', names: new Map([['005930', 'Samsung']]), series, decisionLog });
}

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

  /** Contrast does not depend on the width, and costs most: it is looked at where `schemes` are named. */
  async function check(page: Page, schemes: readonly ('light' | 'dark')[]): Promise<void> {
    for (const colorScheme of [null, ...schemes]) {
      await page.emulateMedia({ colorScheme });
      const axe = new AxeBuilder({ page }).setLegacyMode();
      if (colorScheme === null) axe.withTags(standards).disableRules('color-contrast');
      else axe.withRules('color-contrast');
      const { violations } = await axe.analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      );
      assert.deepEqual(found, [], colorScheme ?? 'either scheme');
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    const outside = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((node) => node.getBoundingClientRect().right > window.innerWidth && node.closest('.scroll-x') === null)
        .map((node) => node.outerHTML.slice(0, 80)),
    );
    assert.ok(wide <= 0, `${wide} px too wide: ${outside.slice(0, 3).join(' | ')}`);
  }

  it('in Korean on a desk passes axe in light and dark, and tells why an order did not go out, with both numbers', async () => {
    const page = await open('/ko', 1440);

    await check(page, ['light', 'dark']);
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

    await check(page, []);
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

  it('of a run over minutes passes axe on a phone, and shows the minutes of any of its days by keys, list and press', async () => {
    const page = await open('/minutes', 390);
    const range = page.locator('#minutes-range');

    await check(page, ['dark']);
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
