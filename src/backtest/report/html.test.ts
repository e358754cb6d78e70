import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BacktestResult } from '../result.ts';
import { renderReport } from './html.ts';

function aResult(days: number, trades: BacktestResult['trades'] = []): BacktestResult {
  const equity = Array.from({ length: days }, (_, index) => {
    const date = new Date(Date.UTC(2010, 0, 4 + Math.floor(index * 1.45)));
    return {
      date: Number(date.toISOString().slice(0, 10).replaceAll('-', '')),
      value: 10_000_000 + ((index * 7919) % 500_000),
    };
  });
  return {
    strategy: '<b>mine</b>',
    symbols: ['005930'],
    from: 20100104,
    to: 20231222,
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
        date: 20100104,
        price: 20_000,
        quantity: 60,
        state: 'denied',
        reason: 'why',
        denials: [{ code: 'order-value', actual: 1_200_000, limit: 1_000_000 }],
      },
    ],
    benchmark: equity,
    decisionLogSha256: 'abc',
  };
}

const options = { language: 'ko', names: new Map([['005930', '삼성 & 전자']]) } as const;

test('renderReport() needs no script, no style attribute and nothing from outside, and escapes what it is given', () => {
  const html = renderReport(aResult(300), options);

  assert.doesNotMatch(html, /<script|\sstyle=|https?:\/\/|url\(|\son\w+=|@import/);
  assert.match(html, /&lt;b&gt;mine&lt;\/b&gt; · 삼성 &amp; 전자/);
  assert.doesNotMatch(html, /NaN|undefined|Infinity/);
});

test('renderReport() shows the headline, the yardstick and refusals with both numbers', () => {
  const korean = renderReport(aResult(300), options);
  const english = renderReport(aResult(300), { ...options, language: 'en' });

  assert.match(korean, /\+1\.23%/);
  assert.match(korean, /들고 있었다면 \+372\.00%예요/);
  assert.match(korean, /한 번 주문 금액.*1,200,000.*1,000,000/);
  assert.match(english, /<html lang="en">/);
  assert.match(english, /Order value.*1,200,000.*1,000,000/);
});

test('renderReport() of 14 years and 600 round trips stays below 300 KB', () => {
  const trades = Array.from({ length: 1200 }, (_, index) => ({
    symbol: '005930',
    side: index % 2 === 0 ? ('buy' as const) : ('sell' as const),
    date: 20200102,
    price: 50_000,
    quantity: 10,
    fee: 70,
    tax: 0,
    reason: '골든크로스: 5봉 평균이 20봉 평균 위로 올라왔어요.',
    profit: index % 2 === 0 ? 0 : 1_234,
  }));

  const html = renderReport(aResult(3_450, trades), options);

  assert.ok(Buffer.byteLength(html) < 300_000, `${Buffer.byteLength(html)} bytes`);
});

test('renderReport() of a single day without a trade says so instead of breaking', () => {
  const html = renderReport(aResult(1), options);

  assert.match(html, /사고판 적이 없어요/);
  assert.doesNotMatch(html, /NaN/);
});
