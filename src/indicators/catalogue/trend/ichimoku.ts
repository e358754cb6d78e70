import { defineIndicator } from '../../definition.ts';
import { whole } from '../../params.ts';
import { RollingExtreme } from '../../steps/rolling-extreme.ts';
import { Window } from '../../steps/window.ts';

/** The second leading line is delayed by 26 bars whatever the periods, as in the reference. */
const senkouBDelay = 26;

/** 일목균형표. The leading lines are what stands at today's bar on a chart; `chikou` is the close of `kijun` bars ago. */
export const ichimoku = defineIndicator({
  id: 'ichimoku',
  name: { ko: '일목균형표', en: 'Ichimoku cloud' },
  params: { tenkan: whole(9, 1, 100), kijun: whole(26, 1, 200), senkou_b: whole(52, 1, 300) },
  outputs: ['tenkan', 'kijun', 'senkou_a', 'senkou_b', 'chikou'],
  inputs: ['high', 'low', 'close'],
  readyAt: ({ tenkan, kijun, senkou_b }) => Math.max(senkou_b + senkouBDelay, Math.max(tenkan, kijun) + kijun),
  start: ({ tenkan, kijun, senkou_b }) => {
    const [quick, base, wide] = [new MiddleOfRange(tenkan), new MiddleOfRange(kijun), new MiddleOfRange(senkou_b)];
    const [leadA, leadB, closes] = [new Window(kijun + 1), new Window(senkouBDelay + 1), new Window(kijun + 1)];
    return (bar, output) => {
      const [conversion, baseline] = [quick.next(bar), base.next(bar)];
      leadA.push((conversion + baseline) / 2);
      leadB.push(wide.next(bar));
      closes.push(bar.close);
      output[0] = conversion;
      output[1] = baseline;
      output[2] = leadA.at(kijun);
      output[3] = leadB.at(senkouBDelay);
      output[4] = closes.at(kijun);
    };
  },
});

class MiddleOfRange {
  readonly #highest: RollingExtreme;
  readonly #lowest: RollingExtreme;

  constructor(period: number) {
    this.#highest = new RollingExtreme('highest', period);
    this.#lowest = new RollingExtreme('lowest', period);
  }

  next({ high, low }: { readonly high: number; readonly low: number }): number {
    return (this.#highest.next(high) + this.#lowest.next(low)) / 2;
  }
}
