import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { BacktestResult, BacktestTrade } from '../result.ts';
import { renderReport } from './html.ts';
import type { ReportOptions } from './report-input.ts';
import { reportScript, reportScriptHash } from './report-script.ts';

function dayOf(index: number): number {
  const date = new Date(Date.UTC(2003, 0, 6) + Math.floor(index * 1.45) * 86_400_000);
  return Number(date.toISOString().slice(0, 10).replaceAll('-', ''));
}

function aResult(days: number, trades: BacktestResult['trades'] = []): BacktestResult {
  const equity = Array.from({ length: days }, (_, index) => ({
    date: dayOf(index),
    value: 10_000_000 + ((index * 7919) % 500_000),
  }));
  return {
    strategy: '<b>mine</b>',
    symbols: ['005930'],
    from: dayOf(0),
    to: dayOf(days - 1),
    initialCash: 10_000_000,
    metrics: {
      finalValue: equity.at(-1)!.value,
      totalReturn: 0.0123,
      annualReturn: null,
      maximumDrawdown: -0.05,
      sharpe: null,
      volatility: 0.1,
      roundTrips: trades.length / 2,
      winRate: null,
      profitFactor: null,
      exposure: 0.5,
      turnover: 1,
      fees: 10,
      tax: 20,
      benchmarkReturn: 3.72,
      deniedOrders: 1,
    },
    equity,
    trades,
    orders: [
      {
        symbol: '005930',
        side: 'buy',
        date: dayOf(0),
        price: 20_000,
        quantity: 60,
        state: 'denied',
        reason: '</script><i>why</i>',
        denials: [{ code: 'order-value', actual: 1_200_000, limit: 1_000_000 }],
      },
    ],
    benchmark: equity,
    decisionLogSha256: 'abc',
  };
}

/** One round trip for each profit, each over two of the report's days. */
function tripsOf(profits: readonly number[]): readonly BacktestTrade[] {
  return profits.flatMap((profit, index) => {
    const plain = { symbol: '005930', price: 10_000, quantity: 10, fee: 70, tax: 0, reason: '골든크로스: 5봉' };
    return [
      { ...plain, side: 'buy' as const, date: dayOf(index * 2), profit: 0 },
      { ...plain, side: 'sell' as const, date: dayOf(index * 2 + 1), profit, reason: '익절: 종가' },
    ];
  });
}

/** Prices that walk by some percent a day, as large as real ones. */
function aSeries(symbol: string, days: number): BarSeries {
  let [state, close] = [Number(symbol), 70_000];
  const next = (): number => {
    state = (state * 48_271 + 1) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
  const rows = Array.from({ length: days }, () => {
    const open = Math.round(close * (1 + next() * 0.02));
    close = Math.max(1_000, Math.round(close * (1 + next() * 0.05)));
    return {
      open,
      close,
      high: Math.round(Math.max(open, close) * 1.01),
      low: Math.round(Math.min(open, close) * 0.99),
    };
  });
  return {
    instrument: instrumentId(symbol),
    interval: '1d',
    date: Int32Array.from(rows, (_, row) => dayOf(row)),
    startsAtMs: Float64Array.from(rows, (_, row) => row),
    open: Float64Array.from(rows, (row) => row.open),
    high: Float64Array.from(rows, (row) => row.high),
    low: Float64Array.from(rows, (row) => row.low),
    close: Float64Array.from(rows, (row) => row.close),
    volume: new Float64Array(days).fill(1_000),
  };
}

const options: ReportOptions = { language: 'ko', names: new Map([['005930', '삼성 & 전자']]) };

test('renderReport() runs one constant script under its own policy, and nothing comes from outside', () => {
  const html = renderReport(aResult(300, tripsOf([1_000])), options);
  const withoutScript = html.replace(reportScript, '');

  assert.doesNotMatch(withoutScript, /\sstyle=|https?:\/\/|url\(|\son\w+=|@import|<link|<img|\ssrc=/);
  assert.equal(html.match(/<script/g)?.length, 2, 'the data and the script');
  assert.match(
    html,
    new RegExp(`default-src 'none'; style-src 'unsafe-inline'; script-src '${RegExp.escape(reportScriptHash)}'`),
  );
  assert.equal(`sha256-${createHash('sha256').update(reportScript).digest('base64')}`, reportScriptHash);
  assert.doesNotMatch(
    reportScript,
    /innerHTML|insertAdjacent|fetch|XMLHttp|WebSocket|eval|Function\(|import|localStorage|cookie/,
  );
});

test('renderReport() escapes what it is given, in markup and in the data beside it', () => {
  const html = renderReport(aResult(300), options);
  const data: unknown = JSON.parse(/id="report-data">(.*?)<\/script>/s.exec(html)?.[1] ?? '');

  assert.match(html, /&lt;b&gt;mine&lt;\/b&gt; · 삼성 &amp; 전자/);
  assert.match(JSON.stringify(data), /<\/script><i>why/, 'the sentence is whole, and did not end the element');
  assert.doesNotMatch(html.replace(reportScript, ''), /NaN|undefined|Infinity/);
});

test('renderReport() shows the headline, the yardstick and every refused order with both numbers', () => {
  const korean = renderReport(aResult(300), options);
  const english = renderReport(aResult(300), { ...options, language: 'en' });

  assert.match(korean, /\+1\.23%/);
  assert.match(korean, /들고 있었다면 \+372\.00%예요/);
  assert.match(korean, /한 번 주문 금액.*1,200,000.*1,000,000/);
  assert.match(
    korean,
    /<td>매수<\/td><td>한 번 주문 금액<\/td><td class="n">1,200,000<\/td><td class="n">1,000,000<\/td>/,
  );
  assert.match(english, /<html lang="en">/);
  assert.match(english, /Order value.*1,200,000.*1,000,000/);
});

test('renderReport() leaves out a number of the guard that is not known, and shows a dash for it in the table', () => {
  const result = aResult(300);
  const orders = result.orders.map((order) => ({
    ...order,
    denials: [{ code: 'price-limit' as const, actual: NaN, limit: NaN }],
  }));

  const html = renderReport({ ...result, orders }, options);

  assert.match(html, /<li>상·하한가 1건<\/li>/);
  assert.match(html, /<td>상·하한가<\/td><td class="n">–<\/td><td class="n">–<\/td>/);
  assert.doesNotMatch(html.replace(reportScript, ''), /NaN/);
});

test('renderReport() counts per day, per trade and costs of a result that lacks the groups', () => {
  const html = renderReport(aResult(300, tripsOf([3_000, -1_000])), { ...options, language: 'en' });

  assert.match(html, /<dt>Win ÷ loss<\/dt><dd>3\.00<\/dd>/);
  assert.match(html, /<dt>Average loss<\/dt><dd>−1,000 won<\/dd>/);
  assert.match(html, /<dt>Slippage<\/dt><dd>not counted<\/dd>/);
  assert.match(html, /<dt>All<\/dt><dd>30 won<\/dd>/);
  assert.match(html, /<dt>Beta<\/dt><dd>1\.00<\/dd>/);
});

test('renderReport() draws candles, marks and synthetic prices only when it was given bars', () => {
  const result = aResult(300, tripsOf([1_000, 2_000]));
  const withBars = renderReport(result, { ...options, series: [aSeries('005930', 300)], isSynthetic: true });

  assert.match(withBars, /시세와 거래/);
  assert.match(withBars, /class="k-wick k-up"/);
  assert.equal(withBars.match(/가상 시세/g)?.length, 4, 'on each chart over time');
  assert.doesNotMatch(renderReport(result, options), /시세와 거래|가상 시세/);
});

test('renderReport() shows the tests of an optimum that were run, and nothing of those that were not', () => {
  const folds = [
    { from: 20150102, to: 20151230, inSampleAnnual: 0.12, outOfSampleAnnual: -0.034, outOfSampleReturn: -0.03 },
  ];
  const some = renderReport(aResult(300), { ...options, validation: { trials: 96, overfitProbability: 0.27 } });
  const all = renderReport(aResult(300), {
    ...options,
    validation: {
      trials: 96,
      overfitProbability: 0.61,
      belowMiddle: 0.74,
      neighbours: { profitable: 22, all: 25 },
      folds,
      histories: { runs: 1_000, returns: [-0.2, -0.1, 0, 0.1, 0.2], drawdowns: [-0.5, -0.4, -0.3, -0.2, -0.1] },
    },
  });

  assert.match(some, /aria-label="과최적화 확률 27%, 보통"/);
  assert.match(some, /96가지 조합 가운데 고른 결과예요\. 운이 섞였을 가능성은 보통이에요\./);
  assert.doesNotMatch(some, /처음 보는 기간에서|다시 뽑은 역사/);
  assert.match(all, /운이 섞였을 가능성은 높아요\./);
  assert.match(all, /<dt>안 본 반쪽에서 중간 아래 \(PBO\)<\/dt><dd>74%<\/dd>/);
  assert.doesNotMatch(some, /PBO/);
  assert.match(all, /25칸 중 22칸/);
  assert.match(all, /15\.01\.02–15\.12\.30<\/th><td class="n up">\+12\.0%<\/td><td class="n down">−3\.4%/);
  assert.match(all, /나쁜 5%<\/th><td class="n down">−20\.0%<\/td><td class="n down">−50\.0%/);
});

test('renderReport() of 20 years, five symbols with studies and 2,000 round trips stays below 1.5 MB', () => {
  const symbols = ['005930', '000660', '005380', '035420', '069500'];
  const days = 4_930;
  const series = symbols.map((symbol) => aSeries(symbol, days));
  const profits = Array.from({ length: 2_000 }, (_, index) => ((index * 7_919) % 9_000) - 4_500);
  const result = { ...aResult(days, tripsOf(profits)), symbols };
  const studies = series.map((one, index) => ({
    symbol: symbols[index]!,
    columns: Array.from({ length: 5 }, (_, column) => ({ name: `${column}`, isPrice: column < 4, values: one.low })),
    checks: [],
  }));
  const decisionLog = series.flatMap((_, index) =>
    Array.from({ length: 700 }, (_day, day) => {
      const at = new Date(Date.UTC(2003, 0, 5, 15) + day * 7 * 86_400_000).toISOString();
      return `${at} ${symbols[index]} note enter:golden-cross 골든크로스: 5봉 평균 ${day}원이 20봉 평균 ${index}원 위로 올라왔어요.`;
    }),
  );

  const html = renderReport(result, { ...options, series, studies, decisionLog });

  assert.ok(Buffer.byteLength(html) < 1_500_000, `${Buffer.byteLength(html)} bytes`);
});

test('renderReport() of twenty symbols holds the bars of those that trade most, and stays below 1.5 MB', () => {
  const symbols = Array.from({ length: 20 }, (_, index) => String(100_000 + index));
  const series = symbols.map((symbol) => aSeries(symbol, 2_400));
  const trades = tripsOf([1, 2, 3]).map((trade) => ({ ...trade, symbol: '100019' }));

  const html = renderReport({ ...aResult(2_400, trades), symbols }, { ...options, series });

  assert.ok(Buffer.byteLength(html) < 1_500_000, `${Buffer.byteLength(html)} bytes`);
  assert.match(html, /"code":"100019","name":"100019","gaps"/);
  assert.match(html, /"code":"100018","name":"100018"\}/, 'left out whole');
});

test('renderReport() of a single day without a trade says so instead of breaking', () => {
  const html = renderReport(aResult(1), options);

  assert.match(html, /사고판 적이 없어요/);
  assert.doesNotMatch(html.replace(reportScript, ''), /NaN/);
});
