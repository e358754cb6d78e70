import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { BacktestResult } from '#backtest/result.ts';
import { backtestResultView, type BacktestResultView } from '#server/backtest-result-view.ts';
import { backtestResult } from '../browser/stand-in-backtest.ts';

it('backtestResultView() reads a BacktestResult as it crosses as JSON, and loses nothing', () => {
  // Assignable in the compiler: a field that is added to one and not to the other fails here.
  const result: BacktestResult = backtestResult();
  const view: BacktestResultView = result;
  const crossed: unknown = JSON.parse(JSON.stringify(view));

  assert.deepEqual(backtestResultView.parse(crossed), crossed);
});
