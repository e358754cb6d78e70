import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { dateNumber } from '#domain/trading-date.ts';
import type { BacktestJob } from '#link/runner-api.ts';
import { isTradingDay } from '#markets/calendar.ts';
import { openBarStore } from '#store/bar-store.ts';
import { parseTradingConfig, type TradingConfig } from '#strategy/trading-config.ts';
import { BacktestJobs } from './backtest-jobs.ts';
import type { BacktestWork } from './backtest-work.ts';

describe('BacktestJobs', () => {
  let folder = '';
  let storeFile = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'snow-'));
    storeFile = join(folder, 'bars.sqlite');
    const store = openBarStore(storeFile);
    store.importSeries([{ series: waves(), name: '삼성전자' }], { source: 'test' });
    store.close();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('runs a backtest in a thread, tells its progress, and keeps result and report', async () => {
    const { jobs, ended } = start();

    const { jobId } = jobs.start(work(storeFile));
    const last = await ended(jobId);

    assert.deepEqual(last, { jobId, state: 'done', progress: 1, error: '', isSynthetic: false });
    const { result, html } = jobs.result(jobId);
    assert.ok(result.trades.length > 0);
    assert.match(html, /^<!doctype html>/i);
  });

  test('gives the same result twice', async () => {
    const { jobs, ended } = start();
    const [first, second] = [jobs.start(work(storeFile)), jobs.start(work(storeFile))];

    await Promise.all([ended(first.jobId), ended(second.jobId)]);

    assert.deepEqual(jobs.result(first.jobId), jobs.result(second.jobId));
  });

  test('fails with one sentence when there are no bars', async () => {
    const { jobs, ended } = start();

    const { jobId } = jobs.start({ ...work(storeFile), symbols: ['000660'] });
    const last = await ended(jobId);

    assert.equal(last.state, 'failed');
    assert.match(last.error, /^No daily bars of 000660 are stored/);
    assert.throws(() => jobs.result(jobId), { code: 'runner.backtest-unfinished' });
  });

  test('refuses a third at once, and makes room when one is cancelled', async () => {
    const { jobs } = start();
    const [first] = [jobs.start(work(storeFile)), jobs.start(work(storeFile))];

    assert.throws(() => jobs.start(work(storeFile)), { code: 'runner.backtests-busy' });
    const cancelled = await jobs.cancel(first.jobId);

    assert.equal(cancelled.state, 'cancelled');
    jobs.start(work(storeFile));
    await jobs.close();
  });

  test('knows no other job', () => {
    const { jobs } = start();

    assert.throws(() => jobs.view('backtest-9'), { code: 'runner.unknown-backtest' });
  });
});

function start() {
  const listeners = new Set<(job: BacktestJob) => void>();
  const jobs = new BacktestJobs((job) => listeners.forEach((listener) => listener(job)));
  const ended = (jobId: string): Promise<BacktestJob> =>
    new Promise((resolve) => {
      listeners.add((job) => {
        if (job.jobId === jobId && job.state !== 'running') resolve(job);
      });
    });
  return { jobs, ended };
}

function work(storeFile: string): BacktestWork {
  const span = { from: 20_240_201, to: 20_241_129 };
  const subject = { kind: 'tutorial', config: config() } as const;
  const who = { strategy: 'tutorial', subject, symbols: ['005930'], names: {} };
  return { ...who, ...span, cash: 10_000_000, storeFiles: [storeFile], isSynthetic: false, language: 'en' };
}

function config(): TradingConfig {
  const averages = { ma_short: 3, ma_long: 8, rsi_period: 5, rsi_oversold: 30, rsi_overbought: 95 };
  const rest = { bb_period: 8, bb_std: 2, stop_loss: 0.05, take_profit: 0.1, max_position: 5, position_size: 0.2 };
  const parsed = parseTradingConfig({ ...averages, ...rest });
  assert.ok(!Array.isArray(parsed));
  return parsed;
}

/** Daily bars of 2024 that rise and fall by an eighth every forty days. */
function waves(): BarSeries {
  const days: Temporal.PlainDate[] = [];
  for (let day = Temporal.PlainDate.from('2024-01-02'); day.year === 2024; day = day.add({ days: 1 })) {
    if (isTradingDay(day)) days.push(day);
  }
  const close = Float64Array.from(days, (_, at) => 70_000 + Math.round(Math.sin(at / 6.4) * 88) * 100);
  return {
    instrument: instrumentId('005930'),
    interval: '1d',
    date: Int32Array.from(days, dateNumber),
    startsAtMs: Float64Array.from(days, (day) => day.toZonedDateTime('Asia/Seoul').epochMilliseconds),
    open: close.slice(),
    high: close.map((price) => price + 500),
    low: close.map((price) => price - 500),
    close,
    volume: new Float64Array(days.length).fill(1_000_000),
  };
}
