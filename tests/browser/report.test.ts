import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { runBacktest } from '#backtest/engine.ts';
import { renderReport } from '#backtest/report/html.ts';
import type { ReportValidation } from '#backtest/report/report-input.ts';
import { tutorialStudies } from '#backtest/report/tutorial-studies.ts';
import type { BacktestResult } from '#backtest/result.ts';
import { judgePromotion } from '#backtest/validation/promotion-gate.ts';
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
import { axeViolations } from './axe-look.ts';
import { launchChromium } from './chromium.ts';
import { assertFits } from './fits.ts';
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

/** All that the tests of an optimum can have found. */
const validation: ReportValidation = {
  trials: 96,
  overfitProbability: 0.27,
  deflatedSharpe: 0.48,
  efficiency: 0.31,
  neighbours: { profitable: 6, all: 8 },
  gate: judgePromotion({
    'overfit-probability': 0.27,
    'deflated-sharpe': 0.48,
    'round-trips': 89,
    'neighbour-stability': null,
    'worst-neighbour': 0.1,
    'walk-forward-folds': 9,
    'walk-forward-efficiency': 0.31,
    'winning-folds': 0.6,
  }),
  halves: [0, 1, 4, 9, 12, 8, 3, 1],
  heatMap: {
    x: { name: 'ma_short', values: Array.from({ length: 18 }, (_, place) => place + 3) },
    y: { name: 'ma_long', values: [20, 40, 60] },
    scores: [20, 40, 60].map((long) => Array.from({ length: 18 }, (_, place) => (place - long / 8) / 10)),
    optimum: { x: 17, y: 0 },
  },
  folds: Array.from({ length: 9 }, (_, year) => ({
    from: 20140102 + year * 10_000,
    to: 20141230 + year * 10_000,
    inSampleAnnual: 0.12,
    outOfSampleAnnual: (year - 4) / 50,
    outOfSampleReturn: (year - 4) / 50,
  })),
  histories: {
    runs: 2_000,
    returns: [-0.2, -0.1, 0, 0.1, 0.2],
    drawdowns: [-0.5, -0.4, -0.3, -0.2, -0.1],
    bands: [0, 252, 504, 756].map((step) => ({
      step,
      values: [0.8, 0.95, 1, 1.05, 1.3].map((end) => 1 + ((end - 1) * step) / 756),
    })),
  },
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
    validation,
  });
}

/** A run in which no day met the conditions. */
function emptyReport(): string {
  const all = backtestResult();
  const metrics = { ...all.metrics, totalReturn: 0, roundTrips: 0, winRate: null, deniedOrders: 0 };
  const result = { ...all, metrics, trades: [], orders: [] };
  return renderReport(result, { language: 'ko', names: new Map(), series: [seriesOf('005930', all)], decisionLog: [] });
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
