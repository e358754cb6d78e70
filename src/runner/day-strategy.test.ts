import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { handSeries } from '#backtest/hand-bars.ts';
import type { BarSeries } from '#domain/bar.ts';
import { homeLayout } from '#link/home-layout.ts';
import { readRecipeSettings } from '#strategy/recipes/recipe.ts';
import { recipeById } from '#strategy/recipes/recipes.ts';
import { GatewayStandIn } from '../../tests/support/gateway-stand-in.ts';
import { backtestOf } from '../../tests/support/hand-made-backtest.ts';
import { startRunner, type Runner } from './runner.ts';

const kodex = '069500';
const settings = { parts: 10, budget: 1_000_000 };
/** The last session before the stand-in's 17 November 2026, 10:00, is the 16th; the bar of the 17th is not over. */
const series = handSeries(kodex, 20_261_109, [10_000, 10_100, 10_050, 10_000, 10_000, 9_900, 9_950]);
const recipeYaml = `strategies:
  - { name: mine, kind: recipe, recipe: averaging, symbols: ['${kodex}'], settings: { parts: 10, budget: 1000000 } }\n`;
const codeYaml = `strategies:
  - { name: mine, kind: code, interval: 1d, file: mine.ts, symbols: ['${kodex}'] }\n`;
const codeFile = `import { defineStrategy } from '#strategy/define-strategy.ts';
import { indicator } from '#strategy/indicator-use.ts';
import { Rebalancer } from '#strategy/rebalancer.ts';
const sma = indicator('sma', { period: 3 });
const rebalancer = new Rebalancer();
export const strategy = defineStrategy({
  name: 'mine', instruments: ['${kodex}'], interval: '1d', indicators: [sma],
  onClose(context, date) {
    context.log('KRX:${kodex}', 'note:seen ' + date + ' ' + context.indicator(sma, 'KRX:${kodex}') + ' ' + context.bars('KRX:${kodex}', 500).length);
    rebalancer.aim(new Map([['KRX:${kodex}', 0.05]]));
    rebalancer.work(context);
  },
});\n`;

describe('a strategy of day bars in the runner', () => {
  let gateway: GatewayStandIn;
  let runner: Runner | null = null;

  beforeEach(async () => {
    gateway = new GatewayStandIn();
    await gateway.open();
    gateway.bars.set(kodex, rowsOf(series));
  });
  afterEach(async () => {
    await runner?.close();
    await gateway.close();
    gateway.remove();
    runner = null;
  });

  async function start(yaml: string): Promise<void> {
    const config = join(gateway.home, 'config', 'snowball.yaml');
    mkdirSync(join(gateway.home, 'config'), { recursive: true });
    writeFileSync(join(gateway.home, 'mine.ts'), codeFile);
    writeFileSync(config, yaml);
    runner = await startRunner(gateway.boot({ config, dayDelayMs: 0 }));
  }

  function decisionLog(): readonly string[] {
    const file = join(homeLayout(gateway.home).runner, 'decisions', 'mine-20261116.log');
    return readFileSync(file, 'utf8').trimEnd().split('\n');
  }

  test('acts on the session before this one, writes the log that a backtest writes, and does not act again after a restart', async () => {
    await start(recipeYaml);
    await gateway.until(() => gateway.orders.length > 0);
    await runner?.close();
    const log = decisionLog();

    await start(recipeYaml);
    await gateway.subscribed();
    await gateway.subscribed();

    const [order] = gateway.orders;
    // A part of 100,000 at 10,095, 2 % through the close of 9,900.
    assert.deepEqual([order?.side, order?.quantity, gateway.submitted.length], ['buy', 9, 1]);
    const recipe = recipeById('averaging')!;
    const read = readRecipeSettings(recipe, settings);
    assert.ok(read.kind === 'settings');
    const strategy = recipe.build({ name: 'mine', symbols: [kodex] }, read.values, read.texts);
    const backtest = backtestOf(strategy, [series], { from: 20_261_116, to: 20_261_116 });
    assert.deepEqual(log, backtest.decisionLog);
  });

  test('a strategy file of day bars sees closed days alone, and its indicators and helpers, in the sandbox', async () => {
    await start(codeYaml);
    await gateway.until(() => gateway.orders.length > 0);

    const [note, order] = decisionLog();
    // The mean of 10,000, 10,000 and 9,900; six closed days.
    assert.match(note ?? '', /note:seen 20261116 9966\.66666666666\d* 6$/);
    assert.match(order ?? '', /submit buy 49 @ 10095/);
  });

  test('does not decide on a day whose bar is missing', async () => {
    gateway.bars.set(
      kodex,
      rowsOf(series).filter((bar) => bar.date !== 20_261_116),
    );

    await start(recipeYaml);
    await gateway.subscribed();

    assert.deepEqual(gateway.orders, []);
  });
});

function rowsOf({ date, startsAtMs, open, high, low, close, volume }: BarSeries) {
  return [...date].map((day, row) => ({
    date: day,
    startsAtMs: startsAtMs[row]!,
    open: open[row]!,
    high: high[row]!,
    low: low[row]!,
    close: close[row]!,
    volume: volume[row]!,
  }));
}
