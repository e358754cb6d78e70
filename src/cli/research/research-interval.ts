import type { BarInterval } from '#domain/bar.ts';
import { say } from '#link/language.ts';
import { intervalOf } from '../backtest/run-bars.ts';
import { wrongOption } from './research-options.ts';
import type { ResearchStrategy } from './research-strategy.ts';

/**
 * What a search or a validation decides on: rules take either interval, recipes know days, code what it declares.
 *
 * @param text `--interval` as written; the strategy's own when left out
 * @throws {FixConfiguration} `cli.option`
 */
export function researchInterval({ subject, interval }: ResearchStrategy, text: string | undefined): BarInterval {
  const asked = intervalOf(text) ?? interval;
  if (asked === interval || subject.kind === 'program' || subject.kind === 'tutorial') return asked;
  throw wrongOption(
    '--interval',
    asked,
    say(`이 전략이 쓰는 ${interval}`, `what this strategy decides on, ${interval}`),
  );
}
