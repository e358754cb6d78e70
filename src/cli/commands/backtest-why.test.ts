import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { BarExplanation } from '#backtest/explain.ts';
import type { BacktestResult } from '#backtest/result.ts';
import { plainDate } from '#domain/trading-date.ts';
import { aFile, backtest, minuteBars, resultOf } from '../../../tests/support/backtest-command.ts';

describe('snowball backtest --why', () => {
  let [result, bought, day]: [BacktestResult, BacktestResult['orders'][number], string] = [null!, null!, ''];
  before(async () => {
    process.env['SNOWBALL_LANGUAGE'] = 'en';
    result = await resultOf();
    bought = result.orders.find(({ side, state }) => side === 'buy' && state === 'filled')!;
    day = String(plainDate(bought.date));
  });

  test('--why of a day with an order tells why it bought: conditions with signs and values, the order, its fate', async () => {
    const told = await backtest('--why', `005930@${day}`);

    assert.match(told, /^Why it bought · 삼성전자\(005930\) · \d{4}\.\d{2}\.\d{2}\n/);
    assert.match(told, /✓ the 5-day average crosses above the 20-day average {2}\([\d,]+ · [\d,]+\)/);
    assert.match(told, /✕ the 5-day average crosses below/);
    assert.match(told, /Asked to buy \d+ at [\d,]+ won or less\.\nIt filled on the next trading day\./);
  });

  test('--why of a quiet day tells why it did not buy, in Korean too', async () => {
    process.env['SNOWBALL_LANGUAGE'] = 'ko';
    const quiet = result.equity.find(({ date }) => date > (result.tradableFrom ?? 0) && date < bought.date)!;

    const told = await backtest('--why', `005930@${plainDate(quiet.date).toString()}`);

    assert.match(told, /^왜 안 샀나 · /);
    assert.match(told, /✕ 5일 평균이 20일 평균을 위로 뚫으면/);
    assert.match(told, /살 이유를 찾지 못한 봉이에요/);
  });

  test('--why --json gives the bar, the values, the conditions, the log and the orders', async () => {
    const told = JSON.parse(await backtest('--why', `005930@${day}`, '--json', '-')) as BarExplanation;

    assert.equal(told.bar?.date, bought.date);
    assert.deepEqual(
      told.checks.map(({ side, holds }) => [side, holds]),
      [
        ['buy', true],
        ['sell', false],
      ],
    );
    assert.deepEqual(told.orders, [bought]);
    assert.ok(told.lines.length > 0 && told.values.length > 0);
  });

  test('--why of an order that the guard refused says the rule and both numbers', async () => {
    const minutes = aFile('denied-005930.csv', minuteBars());
    // Of the first day of minute bars no base price is known, so that nothing passes.
    const denied = (await resultOf('--bars', minutes, '--interval', '1m')).orders.find(
      ({ denials }) => denials.length > 0,
    )!;
    const at = Temporal.Instant.fromEpochMilliseconds(denied.barStartsAtMs!).toZonedDateTimeISO('Asia/Seoul');

    const told = await backtest('--bars', minutes, '--interval', '1m', '--why', `005930@${at.toString().slice(0, 16)}`);

    assert.match(told, /^Why it did not buy · /);
    assert.match(told, /The safety check refused it\. .+: [\d,−]+, limit [\d,]+\./);
  });
});
