import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { handSeries } from '#backtest/hand-bars.ts';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { homeLayout } from '#link/home-layout.ts';
import { readKisYaml } from '#strategy/rules/kis-yaml/read-kis-yaml.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { ruleStrategy } from '#strategy/rules/rule-strategy.ts';
import { GatewayStandIn } from '../../../tests/support/gateway-stand-in.ts';
import { backtestOf } from '../../../tests/support/hand-made-backtest.ts';
import { startRunner, type Runner } from '../runner.ts';

const kodex = '069500';
const file = `
version: "1.0"
metadata: { name: "사흘 평균" }
strategy:
  id: three_days
  indicators: [{ id: sma, alias: average, params: { period: 3 } }]
  entry: { logic: AND, conditions: [{ indicator: close, operator: less_than, compare_to: average }] }
  exit: { logic: OR, conditions: [{ indicator: close, operator: greater_than, compare_to: average }] }
risk: { stop_loss: { enabled: true, percent: 5 } }
x_snowball: { universe: ["${kodex}"], sizing: { equity_percent: 5, positions_max: 1 } }
`;
/** The session before the stand-in's 17 November 2026 closes below the mean of its last three. */
const series = handSeries(kodex, 20_261_109, [10_000, 10_100, 10_050, 10_000, 10_000, 9_900, 9_950]);

describe('a .kis.yaml strategy in the runner', () => {
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

  async function start(text: string): Promise<void> {
    const config = join(gateway.home, 'config', 'snowball.yaml');
    mkdirSync(join(gateway.home, 'config'), { recursive: true });
    writeFileSync(join(gateway.home, 'mine.kis.yaml'), text);
    writeFileSync(config, 'strategies:\n  - { name: mine, kind: kis-yaml, file: mine.kis.yaml, interval: 1d }\n');
    runner = await startRunner(gateway.boot({ config }));
  }

  test('orders what its rules say, for the reason they give, with the log that a backtest writes', async () => {
    await start(file);
    await gateway.until(() => gateway.orders.length > 0);
    await runner?.close();

    const log = readFileSync(join(homeLayout(gateway.home).runner, 'decisions', 'mine-20261116.log'), 'utf8');
    const read = readKisYaml(file);
    assert.ok(read.kind === 'program');
    const resolved = resolveProgram(read.program);
    assert.ok(resolved.kind === 'rules');
    const { program } = read;
    const instruments = [instrumentId(kodex)];
    const strategy = ruleStrategy({ name: 'mine', rules: resolved.rules, program, instruments, interval: '1d' });
    const backtest = backtestOf(strategy, [series], { from: 20_261_116, to: 20_261_116 });
    assert.deepEqual(log.trimEnd().split('\n'), backtest.decisionLog);
    assert.match(log, /enter:rule 매수 조건: 종가 9,900이 3일 평균 9,966\.7보다 낮아요\./);
    assert.equal(gateway.orders[0]?.side, 'buy');
  });

  test('is refused with its line when the file cannot be read, and when it names no instrument', async () => {
    await assert.rejects(start(file.replace('less_than', 'between')), {
      code: 'runner.config',
      message: /mine\.kis\.yaml:7/,
    });
    await assert.rejects(start(file.replace(`universe: ["${kodex}"], `, '')), { code: 'runner.config' });
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
