import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import { readStrategyFolder } from '../src/cli/strategy/strategy-folder.ts';
import { backtestOf } from './support/hand-made-backtest.ts';
import { realBarsMissing, realSeries } from './support/real-series.ts';

const root = join(import.meta.dirname, '..');
/** What README.md shows was decided by these lines and no others; whoever changes them changes every strategy's past. */
const decisions = '12e4a65cc9fe66e0295a974d385a96786fddab513c7cab62b0fc9ccf1e956a72';

test('the backtest that both first pages show comes out as they say', { skip: realBarsMissing }, () => {
  const { config } = readStrategyFolder(join(root, 'examples', 'tutorial'));
  const strategy = tutorialStrategy({
    name: 'tutorial',
    config,
    instruments: [instrumentId('005930')],
    interval: '1d',
  });

  const { result } = backtestOf(strategy, [realSeries('005930')], { from: 20_100_104, to: 20_231_222 });

  assert.equal(result.decisionLogSha256, decisions);
  const { finalValue, totalReturn, roundTrips, fees, tax, deniedOrders } = result.metrics;
  assert.equal(deniedOrders, 0);
  const shown = [finalValue, fees, tax].map((value) => value.toLocaleString('en-US'));
  shown.push(String(roundTrips), `−${Math.abs(totalReturn * 100).toFixed(2)}%`);
  for (const file of ['README.md', 'README.ko.md']) {
    const page = readFileSync(join(root, file), 'utf8');
    for (const number of shown) assert.ok(page.includes(number), `${file} does not show ${number}`);
  }
});
