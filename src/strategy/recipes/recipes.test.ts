import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Strategy } from '#strategy/strategy.ts';
import { handSeries, waveBars, type HandBar } from '#backtest/hand-bars.ts';
import { backtestOf, orderLines } from '../../../tests/support/hand-made-backtest.ts';
import { recipeById, recipes } from './recipes.ts';
import { readRecipeSettings } from './recipe.ts';

const kodex = '069500';
const kosdaq = '229200';

function strategyOf(id: string, symbols: readonly string[], given: Readonly<Record<string, unknown>> = {}): Strategy {
  const recipe = recipeById(id)!;
  const read = readRecipeSettings(recipe, given);
  assert.ok(read.kind === 'settings', read.kind === 'problem' ? read.problem.en : '');
  return recipe.build({ name: id, symbols }, read.values, read.texts);
}

/** Orders of a recipe over one symbol's closes from 2 January 2023 on; the first bar only warms up. */
function ordersOver(id: string, bars: readonly HandBar[], given: Readonly<Record<string, unknown>> = {}) {
  const series = handSeries(kodex, 20_230_102, bars);
  return orderLines(backtestOf(strategyOf(id, [kodex], given), [series], { from: 20_230_103 }));
}

describe('recipes', () => {
  for (const recipe of recipes) {
    test(`${recipe.id} can be built of its defaults, says its risks in both languages, and gives the same log twice`, () => {
      const closes = Array.from({ length: 90 }, (_, day) => 20_000 + Math.round(2_000 * Math.sin(day / 7)) + day * 20);
      const series = recipe.symbols.map((symbol) => handSeries(symbol, 20_230_102, closes));
      const run = () => backtestOf(strategyOf(recipe.id, recipe.symbols), series).result.decisionLogSha256;

      assert.equal(run(), run());
      for (const text of [recipe.description, recipe.risks]) assert.ok(text.ko.length > 40 && text.en.length > 40);
      assert.match(recipe.id, /^[a-z][a-z0-9-]{0,31}$/);
    });
  }

  for (const recipe of recipes) {
    test(`${recipe.id} decides the same whatever bars come later`, () => {
      const log = (bars: number) => {
        const series = recipe.symbols.map((symbol, index) =>
          handSeries(symbol, 20_220_103, waveBars(bars, index * 20)),
        );
        return backtestOf(strategyOf(recipe.id, recipe.symbols), series).decisionLog;
      };
      const [short, long] = [log(330), log(380)];

      assert.ok(short.length > 0);
      assert.deepEqual(long.slice(0, short.length), short);
    });
  }

  test('readRecipeSettings() refuses what is unknown, out of range or unreadable', () => {
    const refusal = (id: string, given: Readonly<Record<string, unknown>>) => {
      const read = readRecipeSettings(recipeById(id)!, given);
      return read.kind === 'problem' ? read.problem.en : 'taken';
    };

    assert.match(refusal('averaging', { parts: 1 }), /"parts" is "1", wanted a whole number from 2 to 200/);
    assert.match(refusal('averaging', { pats: 10 }), /wanted one of parts, budget/);
    assert.match(refusal('averaging', { budget: NaN }), /"budget"/);
    assert.match(refusal('condition-list', { entry: 5 }), /a text of at most 4096/);
    assert.match(refusal('condition-list', { entry: 'rsi(14) <' }), /entry, character/);
    assert.match(refusal('condition-list', { exit: 'nosuch(3) > 1' }), /exit/);
    assert.equal(refusal('condition-list', { entry: 'rsi(14) < 30' }), 'taken');
  });
});

describe('averaging', () => {
  const plan = { parts: 4, budget: 400_000, take_profit: 0.1, chase: 0.05 };

  test('buys a part at or below the average, half of one up to 5 % above, none beyond, and sells at the target', () => {
    // Bought at 10,000 (part: 100,000), 9,000 below the average of 10,000; 9,700 is within 5 % of 9,488, 10,000 is not.
    const orders = ordersOver(
      'averaging',
      [
        10_000,
        10_000,
        [10_000, 10_000, 9_000, 9_000],
        [9_000, 9_700, 9_000, 9_700],
        [9_700, 10_200, 9_700, 10_000],
        [10_000, 10_500, 10_000, 10_500],
        10_500,
      ],
      plan,
    );

    assert.deepEqual(orders, [
      '0103 buy 9 @ 10200',
      '0104 buy 10 @ 9180',
      '0105 buy 5 @ 9890',
      '0109 sell 24 @ 10290',
      '0110 buy 9 @ 10710',
    ]);
  });

  test('stops buying when its budget is spent and says so once', () => {
    const closes = [10_000, 10_000, 9_900, 9_800, 9_700, 9_600, 9_500, 9_400];
    const series = handSeries(kodex, 20_230_102, closes);
    const { result, decisionLog } = backtestOf(
      strategyOf('averaging', [kodex], { ...plan, parts: 2, budget: 100_000 }),
      [series],
      { from: 20_230_103 },
    );

    const spent = result.trades.reduce((sum, trade) => sum + trade.price * trade.quantity, 0);
    assert.ok(spent <= 100_000 && spent > 80_000, `spent ${spent}`);
    assert.equal(decisionLog.filter((line) => line.includes('skip:no-budget')).length, 1);
  });
});

describe('ladder', () => {
  test('buys a rung at each fall, sells one at each rise above the average, and begins again after a fall', () => {
    const plan = { rungs: 2, budget: 200_000, drop: 0.05, rise: 0.05 };
    // The first rung at once; -5 % the second; +5.3 % and above the average of 9,737 one out; +5 % the last; -5.7 % anew.
    const closes = [10_000, 10_000, 9_500, 9_500, 10_000, 10_500, 10_500, 10_300, 9_900, 9_900];

    assert.deepEqual(ordersOver('ladder', closes, plan), [
      '0103 buy 9 @ 10200',
      '0104 buy 10 @ 9690',
      '0106 sell 9 @ 9800',
      '0109 sell 10 @ 10290',
      '0112 buy 9 @ 10095',
    ]);
  });
});

describe('volatility-breakout', () => {
  test('buys at the opening after a close past open + k × range, and sells at the opening after', () => {
    const plan = { k: 0.5, trend: 2, weight: 0.05 };
    // Yesterday's range 400: the trigger of 10,000 is 10,200.
    const bars: readonly HandBar[] = [
      10_000,
      [10_000, 10_200, 9_800, 10_000],
      [10_000, 10_190, 10_000, 10_190],
      [10_000, 10_200, 9_900, 10_000],
      [10_000, 10_250, 9_900, 10_150],
      [10_300, 10_400, 10_200, 10_300],
      10_100,
    ];

    const series = handSeries(kodex, 20_230_102, bars);
    const { result } = backtestOf(strategyOf('volatility-breakout', [kodex], plan), [series], { from: 20_230_104 });

    assert.deepEqual(
      result.trades.map(({ date, side, price, quantity }) => [date, side, price, quantity]),
      [
        [20_230_109, 'buy', 10_300, 48],
        [20_230_110, 'sell', 10_100, 48],
      ],
    );
  });
});

describe('dual-momentum', () => {
  const flat = (close: number, days: number): number[] => Array.from({ length: days }, () => close);
  const plan = { lookback: 15, hurdle: 0, top: 1, exposure: 0.08 };

  test('holds the symbol with the best return from the month end on, and cash when none has risen', () => {
    // January 2023 has 20 sessions, February 20, March 22. At the end of January kodex leads, of February kosdaq, of March none.
    const lead = [...flat(10_000, 19), 11_000, ...flat(11_000, 20), ...flat(10_000, 24)];
    const other = [...flat(10_000, 20), ...flat(10_000, 18), 10_500, 10_500, ...flat(9_000, 24)];
    const series = [handSeries(kodex, 20_230_102, lead), handSeries(kosdaq, 20_230_102, other)];

    const orders = orderLines(
      backtestOf(strategyOf('dual-momentum', [kodex, kosdaq], plan), series, { from: 20_230_110 }),
    );

    // 72 shares are 8 %; at the limit of the day the money for 71 is sure. The fall of 2 March leaves the first sale behind.
    assert.deepEqual(orders, [
      '0131 069500 buy 71 @ 11220',
      '0201 069500 buy 1 @ 11220',
      '0228 069500 sell 72 @ 10780',
      '0302 069500 sell 72 @ 9800',
      '0303 229200 buy 86 @ 9180',
      '0306 229200 buy 2 @ 9180',
      '0331 229200 sell 88 @ 8820',
    ]);
  });
});

describe('condition-list', () => {
  test('buys what the expression finds, the most traded first, and sells by its exit, its stop or its age', () => {
    const plan = {
      positions: 1,
      weight: 0.05,
      hold_days: 3,
      entry: 'close > 10000',
      exit: 'close > 99999',
      stop_loss: 0.05,
    };
    const series = [
      handSeries(kodex, 20_230_102, [10_000, 10_100, 10_100, 10_100, 10_100, 10_100, 10_000]),
      handSeries(kosdaq, 20_230_102, [10_000, 10_200, 10_200, 10_200, 10_200, 9_600, 9_600]),
    ];

    const orders = orderLines(
      backtestOf(strategyOf('condition-list', [kodex, kosdaq], plan), series, { from: 20_230_103 }),
    );

    // Of age at 0106; the fall to 9,600 left that limit behind, and the stop asks again.
    assert.deepEqual(orders, [
      '0103 229200 buy 48 @ 10400',
      '0106 229200 sell 48 @ 10000',
      '0109 229200 sell 48 @ 9410',
    ]);
  });
});
