import { dayText } from '#backtest/report/report-numbers.ts';
import type { DaySpan } from '#backtest/validation/trial.ts';
import type { BarSeries } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';
import { firstDay, lastDay } from '../bars/research-bars.ts';
import { dayOf } from './research-options.ts';

/**
 * The days of a run: `--from` and `--to`, or all that the bars have.
 *
 * @throws {FixConfiguration} `cli.option`; `backtest.range` when they are the wrong way round, `backtest.no-bars` when all
 *   bars lie before or after them
 */
export function spanOf(
  options: { readonly from?: string; readonly to?: string },
  series: readonly BarSeries[],
): DaySpan {
  const [first, last] = [firstDay(series), lastDay(series)];
  const [from, to] = [dayOf('--from', options.from), dayOf('--to', options.to)];
  if (from !== null && to !== null && from > to) throw reversed(from, to);
  if (from !== null && from > last) {
    throw beside(
      `--from ${dayText(from, true)}: 봉은 ${dayText(last, true)}까지예요`,
      `no bar from ${dayText(from, true)} on: the bars end on ${dayText(last, true)}`,
    );
  }
  if (to !== null && to < first) {
    throw beside(
      `--to ${dayText(to, true)}: 봉은 ${dayText(first, true)}부터예요`,
      `no bar until ${dayText(to, true)}: the bars begin on ${dayText(first, true)}`,
    );
  }
  return { from: from ?? first, to: to ?? last };
}

function reversed(from: number, to: number): FixConfiguration {
  const [begin, end] = [dayText(from, true), dayText(to, true)];
  return new FixConfiguration(
    'backtest.range',
    say(
      `기간이 거꾸로예요: --from ${begin}, --to ${end}.`,
      `Cannot run from ${begin} to ${end}: wanted the end not before the beginning.`,
    ),
  );
}

function beside(korean: string, english: string): FixConfiguration {
  return new FixConfiguration(
    'backtest.no-bars',
    say(
      `이 기간에는 봉이 없어요. ${korean}. 기간을 바꾸거나 봉을 더 가져와 주세요.`,
      `Cannot run: ${english}. Change the range, or bring in more bars.`,
    ),
  );
}
