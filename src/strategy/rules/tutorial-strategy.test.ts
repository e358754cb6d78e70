import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Bar } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft, StrategyContext, StrategyPosition } from '../strategy.ts';
import type { TradingConfig } from '../trading-config.ts';
import { tutorialStrategy } from './tutorial-strategy.ts';

const samsung = instrumentId('005930');
const hynix = instrumentId('000660');

describe('tutorialStrategy()', () => {
  test('buys on a golden cross at 2 % through the close, with all that one order may cost', () => {
    const desk = new Desk();

    desk.show([100, 90, 80, 70, 70, 90]);

    assert.equal(desk.drafts.length, 1);
    const [draft] = desk.drafts;
    // Averages of 2 and 3 bars: 70 and 73.3 before, 80 and 76.7 now. 90 × 1.02 = 91.8, in whole won 91.
    assert.equal(draft?.side, 'buy');
    assert.equal(draft?.price, 91);
    // A fifth of 10,000,000 is more than one order may cost and be sold again 5 % higher: 952,380 / 91.
    assert.equal(draft?.quantity, 10_465);
    assert.match(draft?.reason ?? '', /^골든크로스: .* RSI .*\. 한 번 주문 한도에 맞춰 줄였어요\.$/);
    assert.deepEqual(desk.codes(), ['enter:golden-cross']);
  });

  test('does not buy a golden cross that is overbought already', () => {
    const desk = new Desk({ rsiOverbought: 60 });

    desk.show([100, 90, 80, 70, 70, 90]);

    assert.equal(desk.drafts.length, 0);
  });

  test('buys a rebound below the lower band while oversold', () => {
    // Three bars and 1.2 deviations: a fall that speeds up leaves the band.
    const desk = new Desk({ bbStd: 1.2 });

    desk.show([1_000, 1_000, 1_000, 900]);

    assert.equal(desk.drafts.length, 1);
    assert.match(desk.drafts[0]?.reason ?? '', /^과매도 반등: 종가 900원이 밴드 하단 .*원보다 낮아요\. RSI 0\./);
    assert.deepEqual(desk.codes(), ['enter:rebound']);
  });

  test('decides nothing during warm-up, and nothing on a bar without volume', () => {
    const desk = new Desk();

    desk.show([100, 90, 80, 70, 70], { isWarmUp: true });
    desk.show([90], { isWarmUp: true });
    assert.equal(desk.drafts.length, 0);

    const halted = new Desk();
    halted.show([100, 90, 80, 70, 70]);
    halted.show([90], { volume: 0 });
    assert.equal(halted.drafts.length, 0);
  });

  test('sells all at the stop, at the limit and not before it', () => {
    const desk = new Desk();
    desk.hold(samsung, 7, 10_000);

    desk.show([9_701]);
    assert.equal(desk.drafts.length, 0);
    desk.show([9_700]);

    assert.equal(desk.drafts.length, 1);
    assert.equal(desk.drafts[0]?.side, 'sell');
    assert.equal(desk.drafts[0]?.quantity, 7);
    assert.equal(desk.drafts[0]?.reason, '손절: 종가 9,700원, 평균 10,000원 (-3%).');
  });

  test('sells a holding that outgrew the largest order in parts', () => {
    const desk = new Desk();
    desk.hold(samsung, 150, 10_000);

    desk.show([9_700]);

    // 1,000,000 / 9,506 is 105 of the 150 shares.
    assert.equal(desk.drafts[0]?.quantity, 105);
    assert.match(desk.drafts[0]?.reason ?? '', /150주 가운데 105주만 먼저 팔아요\.$/);
  });

  test('takes its profit at 5 %', () => {
    const desk = new Desk();
    desk.hold(samsung, 7, 10_000);

    desk.show([10_499]);
    assert.equal(desk.drafts.length, 0);
    desk.show([10_500]);

    assert.equal(desk.drafts[0]?.reason, '익절: 종가 10,500원, 평균 10,000원 (+5%).');
  });

  test('sells on a dead cross', () => {
    const desk = new Desk({ stopLoss: 0.9, takeProfit: 9 });
    desk.show([100, 110, 120, 130], { isWarmUp: true });
    desk.hold(samsung, 7, 100);

    desk.show([100]);

    assert.match(desk.drafts[0]?.reason ?? '', /^데드크로스: 2봉 평균 115원이 3봉 평균 116.7원 아래로/);
    assert.deepEqual(desk.codes(), ['exit:dead-cross']);
  });

  test('sells what is overbought above the upper band', () => {
    const desk = new Desk({ stopLoss: 0.9, takeProfit: 9, bbStd: 1.2 });
    desk.show([100, 100, 101], { isWarmUp: true });
    desk.hold(samsung, 7, 100);

    desk.show([130]);

    assert.match(desk.drafts[0]?.reason ?? '', /^과열: 종가 130원이 밴드 상단 .* RSI 100\.$/);
  });

  test('keeps its wish to leave until it is flat, although the reason is gone', () => {
    const desk = new Desk();
    desk.hold(samsung, 7, 10_000);
    desk.show([9_700]);

    desk.close(1, 'expired');
    desk.show([9_900]);

    assert.equal(desk.drafts.length, 2);
    assert.equal(desk.drafts[1]?.price, 9_702);
    assert.equal(desk.drafts[1]?.reason, desk.drafts[0]?.reason);
    desk.close(2, 'filled');
    desk.flatten(samsung);
    desk.show([9_900]);
    assert.equal(desk.drafts.length, 2);
  });

  test('waits while its order may still fill, and withdraws it once the price has run away', () => {
    const desk = new Desk();
    desk.hold(samsung, 7, 10_000);
    desk.show([9_700]);

    desk.show([9_600]);
    assert.deepEqual([desk.drafts.length, desk.cancelled], [1, []]);
    // The limit of 9,506 lies above 9,400: nobody will pay it.
    desk.show([9_400]);
    assert.deepEqual([desk.drafts.length, desk.cancelled], [1, ['request-1']]);
    desk.close(1, 'cancelled');
    desk.show([9_400]);

    assert.equal(desk.drafts[1]?.price, 9_212);
  });

  test('leaves an order alone whose fate is not known', () => {
    const desk = new Desk();
    desk.hold(samsung, 7, 10_000);
    desk.show([9_700]);
    desk.close(1, 'unknown');

    desk.show([9_000]);

    assert.deepEqual([desk.drafts.length, desk.cancelled], [1, []]);
  });

  test('takes up a sale from before a restart', () => {
    const desk = new Desk();
    desk.hold(samsung, 7, 10_000);
    desk.open.add(samsung);
    desk.strategy.onOrder?.(desk, { ...news, requestId: 'old-1', side: 'sell', state: 'acked' });

    desk.show([10_000]);
    assert.deepEqual(desk.cancelled, ['old-1']);
    desk.open.delete(samsung);
    desk.strategy.onOrder?.(desk, { ...news, requestId: 'old-1', side: 'sell', state: 'cancelled' });
    desk.show([10_000]);

    assert.match(desk.drafts[0]?.reason ?? '', /다시 시작하기 전에/);
  });

  test('counts entries on their way against the maximum of positions', () => {
    const desk = new Desk({ maxPosition: 1 });
    for (const close of [100, 90, 80, 70, 70]) desk.showEach(close);

    desk.showEach(90);

    assert.equal(desk.drafts.length, 1);
    assert.deepEqual(desk.codes(), ['enter:golden-cross', 'skip:max-position']);
  });

  test('asks for no more entries on a day whose limit is used up, sells all the same, and begins anew the next day', () => {
    const desk = new Desk();
    for (const close of [100, 90, 80, 70, 70]) desk.showEach(close);
    desk.strategy.onOrder?.(desk, {
      ...news,
      requestId: 'x',
      side: 'buy',
      state: 'denied',
      code: 'day-value-strategy',
    });
    desk.hold(hynix, 5, 100);

    desk.showEach(90);

    assert.deepEqual(
      desk.drafts.map(({ instrument, side }) => [instrument, side]),
      [[hynix, 'sell']],
    );
    desk.date += 1;
    desk.show([70, 70, 70, 100]);
    assert.equal(desk.drafts.at(-1)?.side, 'buy');
    assert.ok(desk.codes().includes('skip:day-limit'));
  });

  test('tries again on the same day after a denial that may pass', () => {
    const desk = new Desk();
    desk.strategy.onOrder?.(desk, { ...news, requestId: 'x', side: 'buy', state: 'denied', code: 'open-value' });

    desk.show([100, 90, 80, 70, 70, 90]);

    assert.equal(desk.drafts.length, 1);
  });

  test('buys nothing when not even one share is affordable, and says so', () => {
    const desk = new Desk();
    desk.cash = won(80);

    desk.show([100, 90, 80, 70, 70, 90]);

    assert.equal(desk.drafts.length, 0);
    assert.deepEqual(desk.codes(), ['skip:no-budget']);
  });

  test('keeps a thousandth of the cash back for fees', () => {
    const desk = new Desk();
    desk.cash = won(91_000);

    desk.show([100, 90, 80, 70, 70, 90]);

    // 91,000 × 999 / 1000 = 90,909, which buys 999 shares at 91 and not 1,000.
    assert.equal(desk.drafts[0]?.quantity, 999);
  });

  test('needs no more warm-up than its slowest indicator', () => {
    assert.equal(new Desk().strategy.warmUpBars, 4);
    assert.equal(new Desk({ maLong: 20, rsiPeriod: 14, bbPeriod: 20 }).strategy.warmUpBars, 21);
  });
});

const news = { instrument: samsung, filled: quantity(0), code: null };
const fast: TradingConfig = {
  maShort: 2,
  maLong: 3,
  rsiPeriod: 2,
  rsiOversold: 30,
  rsiOverbought: 99,
  bbPeriod: 3,
  bbStd: 5,
  stopLoss: 0.03,
  takeProfit: 0.05,
  maxPosition: 5,
  positionSize: 0.2,
};

/** A context whose orders wait until the test says what became of them, and the strategy under test. */
class Desk implements StrategyContext {
  readonly strategy;
  readonly drafts: OrderDraft[] = [];
  readonly cancelled: string[] = [];
  readonly open = new Set<string>();
  readonly nowMs = 0;
  readonly equity = won(10_000_000);
  readonly orderValueMax = won(1_000_000);
  cash = won(10_000_000);
  date = 20_261_117;
  readonly #held = new Map<string, StrategyPosition>();
  readonly #lines: string[] = [];
  #minute = 0;

  constructor(change: Partial<TradingConfig> = {}) {
    const config = { ...fast, ...change };
    this.strategy = tutorialStrategy({ name: 'tutorial', config, instruments: [samsung, hynix], interval: '1m' });
  }

  show(closes: readonly number[], options: { readonly isWarmUp?: boolean; readonly volume?: number } = {}): void {
    for (const close of closes) {
      const bar = this.#bar(close, options.volume ?? 1);
      this.strategy.onBar(this, samsung, bar, options.isWarmUp ?? false);
    }
  }

  /** The same bar of both instruments. */
  showEach(close: number): void {
    const bar = this.#bar(close, 1);
    for (const instrument of [samsung, hynix]) this.strategy.onBar(this, instrument, bar, false);
  }

  hold(instrument: string, shares: number, averagePrice: number): void {
    this.#held.set(instrument, { quantity: quantity(shares), averagePrice });
  }

  flatten(instrument: string): void {
    this.#held.delete(instrument);
  }

  /** Tells the strategy what became of its n-th order; `unknown` keeps it open. */
  close(n: number, state: 'expired' | 'filled' | 'cancelled' | 'unknown'): void {
    const draft = this.drafts[n - 1];
    assert.ok(draft);
    if (state !== 'unknown') this.open.delete(draft.instrument);
    this.strategy.onOrder?.(this, { ...news, requestId: `request-${n}`, side: draft.side, state });
  }

  /** The machine codes that were logged. */
  codes(): readonly string[] {
    return this.#lines.map((line) => line.split(' ')[0] ?? '');
  }

  get positionCount(): number {
    return this.#held.size;
  }

  position(instrument: string): StrategyPosition | null {
    return this.#held.get(instrument) ?? null;
  }

  hasOpenOrder(instrument: string): boolean {
    return this.open.has(instrument);
  }

  limitPrice(_instrument: string, side: 'buy' | 'sell', lastPrice: number, distanceBps: number) {
    const wanted = (lastPrice * (10_000 + (side === 'buy' ? distanceBps : -distanceBps))) / 10_000;
    return won(side === 'buy' ? Math.floor(wanted) : Math.ceil(wanted));
  }

  submit(draft: OrderDraft): string {
    this.drafts.push(draft);
    this.open.add(draft.instrument);
    return `request-${this.drafts.length}`;
  }

  cancel(requestId: string): void {
    this.cancelled.push(requestId);
  }

  log(_instrument: string, message: string): void {
    this.#lines.push(message);
  }

  #bar(close: number, volume: number): Bar {
    const price = won(close);
    this.#minute += 1;
    return {
      startsAtMs: this.#minute * 60_000,
      date: this.date,
      open: price,
      high: price,
      low: price,
      close: price,
      volume,
    };
  }
}
