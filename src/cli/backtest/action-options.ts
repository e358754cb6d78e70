import type { Command } from 'commander';
import type { BacktestOptions } from '#backtest/backtest-options.ts';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { say } from '#link/language.ts';
import { readDividendsCsv, readSplitsCsv } from '#store/csv/payments-csv.ts';

export interface ActionOptions {
  readonly dividends?: string;
  readonly splits?: string;
}

/** `--dividends` and `--splits`. */
export function addActionOptions(command: Command): Command {
  return command
    .option(
      '--dividends <csv>',
      say('배당: code,ex_date,pay_date,dividend', 'dividends: code,ex_date,pay_date,dividend'),
    )
    .option(
      '--splits <csv>',
      say('수정하지 않은 봉의 분할: code,date,before,after', 'splits of raw bars: code,date,before,after'),
    );
}

/**
 * What happened to the symbols of a run; other rows of the files are of no matter.
 *
 * @throws {FixConfiguration} the codes of `readDividendsCsv` and `readSplitsCsv`
 */
export function actionsOf(
  { dividends, splits }: ActionOptions,
  symbols: readonly string[],
): Pick<BacktestOptions, 'dividends' | 'splits'> {
  const isOurs = ({ symbol }: { readonly symbol: string }): boolean => symbols.includes(symbol);
  return {
    ...(dividends === undefined
      ? {}
      : {
          dividends: readDividendsCsv(dividends)
            .filter((row) => isOurs(row))
            .map(({ symbol, exDate, payDate, perShare }) => ({
              instrument: instrumentId(symbol),
              exDate,
              payDate,
              perShare: won(perShare),
            })),
        }),
    ...(splits === undefined
      ? {}
      : {
          splits: readSplitsCsv(splits)
            .filter((row) => isOurs(row))
            .map(({ symbol, date, from, to }) => ({ instrument: instrumentId(symbol), date, from, to })),
        }),
  };
}
