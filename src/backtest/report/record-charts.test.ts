import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { BacktestResult, BacktestTrade } from '../result.ts';
import { growthScale } from './growth-scale.ts';
import { renderReport } from './html.ts';
import { investedShares } from './invested-shares.ts';
import { reasonIn } from './reason-in.ts';
import { changeText, figureText, wholeText } from './report-numbers.ts';
import { timeMarks } from './time-marks.ts';

const days = [20200102, 20200103, 20200106, 20200107];

function aTrade(side: 'buy' | 'sell', date: number, quantity: number, symbol = '005930'): BacktestTrade {
  const profit = side === 'sell' ? quantity * 100 : 0;
  return { symbol, side, date, quantity, price: 10_000, fee: 10, tax: 0, reason: 'rule: why', profit };
}

function aResult(trades: readonly BacktestTrade[], values = [100, 100, 110, 99]): BacktestResult {
  const equity = days.map((date, place) => ({ date, value: (values[place] ?? 0) * 10_000 }));
  const numbers = { maximumDrawdown: -0.1, exposure: 0.5, turnover: 1, fees: 20, tax: 0, deniedOrders: 0 };
  const unknown = { annualReturn: null, sharpe: null, volatility: null, winRate: null, profitFactor: null };
  return {
    strategy: 'mine',
    symbols: ['005930', '000660'],
    from: days[0]!,
    to: days.at(-1)!,
    initialCash: 1_000_000,
    metrics: {
      ...numbers,
      ...unknown,
      finalValue: 990_000,
      totalReturn: -0.01,
      roundTrips: trades.filter(({ side }) => side === 'sell').length,
      benchmarkReturn: 1.5,
    },
    equity,
    trades,
    orders: [],
    benchmark: equity,
    decisionLogSha256: 'abc',
  };
}

function aSeries(closes: readonly number[]): BarSeries {
  const close = Float64Array.from(closes);
  return {
    instrument: instrumentId('005930'),
    interval: '1d',
    date: Int32Array.from(days),
    startsAtMs: Float64Array.from(days, (_, row) => row),
    open: close,
    high: close,
    low: close,
    close,
    volume: new Float64Array(days.length).fill(1),
  };
}

test('growthScale() is plain for ordinary growth and logarithmic from tenfold on, where doublings have equal heights', () => {
  const plain = growthScale({ low: -0.1, high: 0.5 }, 0, 100);
  const log = growthScale({ low: 0, high: 63 }, 0, 100);

  assert.equal(plain.isLog, false);
  assert.deepEqual(plain.marks, [0.2, 0.4]);
  assert.equal(log.isLog, true);
  assert.deepEqual(log.marks, [1, 10]);
  assert.ok(Math.abs(log.y(0) - log.y(1) - (log.y(1) - log.y(3))) < 1e-9);
  assert.equal(growthScale({ low: -1, high: 100 }, 0, 100).isLog, false, 'what lost everything has no logarithm');
});

test('investedShares() values what is held at each close, and what has no bars at its last trade', () => {
  const trades = [aTrade('buy', 20200103, 20), aTrade('buy', 20200103, 10, '000660'), aTrade('sell', 20200107, 20)];

  const shares = investedShares(aResult(trades), [aSeries([10_000, 11_000, 12_000, 9_000])]);

  assert.deepEqual(shares, [
    0,
    (20 * 11_000 + 100_000) / 1_000_000,
    (240_000 + 100_000) / 1_100_000,
    100_000 / 990_000,
  ]);
});

test('renderReport() adds the falls, each stock and the parts of the costs, and compares each year with holding', () => {
  const trades = [aTrade('buy', 20200102, 5), aTrade('sell', 20200106, 5)];
  const html = renderReport(aResult(trades), { language: 'en', names: new Map([['005930', 'Samsung']]) });

  assert.match(html, /<td>20\.01\.06<\/td><td>20\.01\.07<\/td><td>not yet<\/td><td class="n">−10\.00%<\/td>/);
  assert.match(
    html,
    /<td class="name">Samsung<\/td><td class="n">1<\/td><td class="n">100%<\/td><td class="n up">\+500<\/td>/,
  );
  assert.match(html, /aria-label="Shares of the costs\. Fees 100%, tax 0%, slippage 0%\."/);
  assert.match(html, /<td class="hm-held">−1\.0%<\/td>/);
  assert.match(html, /Simply holding the same stocks in equal parts would have made \+150\.00%\./);
});

test('renderReport() of a run without any trade says what to do, and shows no table of zeros', () => {
  const html = renderReport(aResult([]), { language: 'ko', names: new Map() });
  const denied = renderReport(
    { ...aResult([]), metrics: { ...aResult([]).metrics, deniedOrders: 1_234 } },
    { language: 'ko', names: new Map() },
  );

  assert.match(html, /조건을 채운 날이 없었어요\. 기간을 늘리거나 조건을 넓혀 보세요\./);
  assert.match(denied, /주문 1,234건을 모두 막았어요\. 막힌 이유를 보고/);
  assert.doesNotMatch(html, /달마다|시기별 지표|깊었던 낙폭|거래마다|주식 비중/);
});

test('changeText(), wholeText() and figureText() group thousands, nothing behind the point, and sign no zero', () => {
  assert.equal(changeText(64.437), '+6,443.70%');
  assert.equal(changeText(-12.345678, 4), '−1,234.5678%');
  assert.equal(wholeText(-1_234_567), '−1,234,567');
  assert.equal(figureText(-0.001), '0.00');
  assert.equal(figureText(-1_234.5, 1), '−1,234.5');
});

test('reasonIn() says the reasons of the house in English with their numbers, and leaves the words of others alone', () => {
  const golden = '골든크로스: 5봉 평균 59,800원이 20봉 평균 59,050원 위로 올라왔어요. RSI 56.7.';

  assert.equal(reasonIn(golden, 'ko'), golden);
  assert.equal(
    reasonIn(golden, 'en'),
    'Golden cross: the 5-bar average 59,800 rose above the 20-bar average 59,050. RSI 56.7.',
  );
  assert.equal(
    reasonIn('손절: 종가 97원, 평균 100원 (−3.00%).', 'en'),
    'Stop loss: close 97, average 100 won (−3.00%).',
  );
  assert.equal(reasonIn('로그 가격비의 z값 -2.08: 짝보다 싸요.', 'en'), '로그 가격비의 z값 -2.08: 짝보다 싸요.');
});

test('timeMarks() marks years of a long record, months of a shorter one, and days of a few', () => {
  const at = { stride: 10, top: 0, bottom: 100, marksMax: 8 };
  const words = (dates: readonly number[]): readonly string[] =>
    [...timeMarks(dates, at).matchAll(/>([\d.]+)<\/text>/g)].map(([, text = '']) => text);

  assert.deepEqual(words([20181228, 20190102, 20191230, 20200102]), ['2019', '2020']);
  assert.deepEqual(words([20231229, 20240102, 20240131, 20240201]), ['2024.01', '2024.02']);
  assert.deepEqual(words([20240103, 20240104, 20240105]), ['01.03', '01.04']);
});
