import type { ExplainedBar } from '#backtest/explain.ts';
import type { BarInterval } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { plainDate, seoulInstant } from '#domain/trading-date.ts';
import { say } from '#link/language.ts';
import { dayOf, wrongOption } from '../research/research-options.ts';

/**
 * The bar that `--why` asks about: `005930@2020-03-19`, or `005930@2020-03-19T09:05` among minute bars.
 *
 * @param symbols those of the run
 * @throws {FixConfiguration} `cli.option`
 */
export function whyBarOf(text: string, symbols: readonly string[], interval: BarInterval): ExplainedBar {
  const wanted =
    interval === '1d'
      ? say('005930@2020-03-19 꼴', 'a stock and a day such as 005930@2020-03-19')
      : say('005930@2020-03-19T09:05 꼴', 'a stock and a minute such as 005930@2020-03-19T09:05');
  const [, symbol, day, clock] = /^([0-9][0-9A-Z]{5})@([\d./-]{8,10})(?:[T ](\d{2}:\d{2}))?$/.exec(text) ?? [];
  if (symbol === undefined || (interval === '1m') !== (clock !== undefined)) throw wrongOption('--why', text, wanted);
  if (!symbols.includes(symbol)) {
    throw wrongOption(
      '--why',
      text,
      say(`이 검증의 종목 ${symbols.join(',')}`, `one of the stocks ${symbols.join(',')}`),
    );
  }
  const date = dayOf('--why', day) ?? 0;
  const instrument = instrumentId(symbol);
  if (clock === undefined) return { instrument, date };
  try {
    const startsAt = seoulInstant(plainDate(date), Temporal.PlainTime.from(clock));
    return { instrument, startsAtMs: startsAt.epochMilliseconds };
  } catch (cause) {
    throw wrongOption('--why', text, wanted, cause);
  }
}
